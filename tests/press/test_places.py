"""Each heading and quote has an address of its own within the page."""

import re
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.test import Client

from press.models import PressReleasePage
from site_core.blocks.anchors import LAYOUT_IDS, TAKEN_BEGINNINGS, anchors
from tests.factories import blocks, publish

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def heading(text: str) -> tuple[str, dict[str, str]]:
    return "heading", {"text": text, "level": "h2"}


def quote(speaker: str) -> tuple[str, dict[str, str]]:
    return "quote", {"text": "Ja.", "speaker": speaker, "role": "", "organisation": ""}


def names(*raw: tuple[str, Any]) -> list[str]:
    return anchors(blocks(PressReleasePage(), *raw))


def test_no_two_places_share_a_name_and_none_is_without_one() -> None:
    body = [heading(words) for words in ("Nu", "Nu", "???", "Innehåll", "Привет", "Nu 2", "Citat 1", "id_title")]
    found = names(*body, quote("Anna"), quote("Anna"), quote("?"))
    assert len(set(found)) == len(found)
    assert all(found)
    assert found[:4] == ["nu", "nu-2", "rubrik", "rubrik-innehall"]
    assert not LAYOUT_IDS & set(found)


def test_a_heading_keeps_its_name_when_another_is_added_after_it() -> None:
    before = [heading("Nu"), heading("Nu"), heading("???")]
    assert names(*before, heading("Nu"), heading("Nu 2"), heading("???"))[:3] == names(*before)


@pytest.mark.django_db
def test_such_a_page_is_valid(client: Client, release: PressReleasePage) -> None:
    words = ("Innehåll", "Samma", "Samma", "???", "???", "Nyheter")
    body = [part for text in words for part in (heading(text), ("text", "<p>Så här.</p>"))]
    publish(release, body=blocks(release, *body, quote("Anna"), quote("Anna")))
    page = client.get(release.url).content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert all(ids)
    assert '<h2 id="rubrik-innehall">' in page


def test_the_names_of_the_layout_are_known() -> None:
    """A heading must not take the name of a place that a public template calls by it."""
    public = [path for path in TEMPLATES.rglob("*.html") if "admin" not in str(path.relative_to(TEMPLATES))]
    used = {name for path in public for name in re.findall(r'\sid="([^"{]+)"', path.read_text(encoding="utf-8"))}
    assert {name for name in used if not name.startswith(TAKEN_BEGINNINGS)} <= LAYOUT_IDS
