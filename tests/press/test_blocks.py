"""What the editor is stopped from doing, with a message that helps."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.blocks.stream_block import StreamBlockValidationError

from press.models import PressReleasePage
from tests.factories import add_user, blocks

pytestmark = pytest.mark.django_db


def clean(*raw: tuple[str, Any]) -> Any:
    body = PressReleasePage._meta.get_field("body").stream_block
    return body.clean(blocks(PressReleasePage(), *raw))


def heading(level: str) -> tuple[str, dict[str, str]]:
    return ("heading", {"text": "Rubrik", "level": level})


@pytest.mark.parametrize("levels", [["h2"], ["h2", "h3", "h3", "h2", "h3"]])
def test_headings_in_order_are_taken(levels: list[str]) -> None:
    assert len(clean(*(heading(level) for level in levels))) == len(levels)


def test_a_skipped_level_is_pointed_out_at_its_block() -> None:
    with pytest.raises(StreamBlockValidationError) as refused:
        clean(("text", "<p>Text</p>"), heading("h3"), heading("h2"))
    assert list(refused.value.block_errors) == [1]
    assert "behöver en huvudrubrik" in refused.value.block_errors[1].message


def test_a_table_needs_a_caption() -> None:
    table = {"columns": [{"type": "text", "heading": "Antal"}], "rows": [{"values": ["49"]}]}
    with pytest.raises(StreamBlockValidationError) as refused:
        clean(("table", {**table, "caption": ""}))
    assert "vad tabellen visar" in str(refused.value.block_errors[0].as_json_data())
    clean(("table", {**table, "caption": "Siffror"}))


def test_pasted_quotation_marks_are_not_doubled() -> None:
    quote = {"text": "”Det här är bra.” ", "speaker": "Anna", "role": "", "organisation": ""}
    assert clean(("quote", quote))[0].value["text"] == "Det här är bra."


def test_a_call_to_action_leads_somewhere() -> None:
    with pytest.raises(ValidationError):
        clean(("call_to_action", {"page": None, "url": "", "label": "Anmäl dig", "note": ""}))


def test_every_block_shows_what_it_looks_like(client: Client) -> None:
    client.force_login(add_user("Redaktörer"))
    body = PressReleasePage._meta.get_field("body").stream_block
    for name, block in body.child_blocks.items():
        response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert response.status_code == 200, name
        assert "css/components.css" in response.content.decode(), name


def test_every_block_explains_itself_and_can_be_previewed() -> None:
    body = PressReleasePage._meta.get_field("body").stream_block
    for name, block in body.child_blocks.items():
        assert block.get_description(), name
        assert block.meta.group, name
        assert block.meta.icon != "placeholder", name
        assert block.is_previewable, name
