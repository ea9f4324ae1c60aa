"""Every field and block that takes an address asks the one rule for addresses."""

from collections.abc import Iterable, Iterator
from types import FunctionType
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.blocks import Block, FieldBlock
from wagtail.blocks import RichTextBlock as WagtailRichTextBlock
from wagtail.blocks import URLBlock as WagtailURLBlock
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.fields import RichTextField, StreamField

from site_core.form_fields import WebAddressField
from site_core.rich_text_links import validate_rich_text_links
from site_core.validators import validate_link, validate_web_address

OURS = ("site_core", "press", "pages", "subscriptions")
RULES = {validate_link, validate_web_address, validate_rich_text_links}
NAMES = {"url", "href", "link", "website", "web_address"}


def blocks_below(block: Block, path: str) -> Iterator[tuple[str, Block]]:
    yield path, block
    children = dict(getattr(block, "child_blocks", {}))
    if child := getattr(block, "child_block", None):
        children["item"] = child
    for name, child in children.items():
        yield from blocks_below(child, f"{path}.{name}")


def asks(validators: Iterable[Any]) -> bool:
    return any(rule in RULES for rule in validators if isinstance(rule, FunctionType))


def takes_an_address(path: str, block: Block) -> bool:
    kinds = (WagtailURLBlock, WagtailRichTextBlock)
    return isinstance(block, kinds) or (isinstance(block, FieldBlock) and path.rpartition(".")[2] in NAMES)


FIELDS = [field for app in OURS for model in apps.get_app_config(app).get_models() for field in model._meta.fields]
BLOCKS = [
    (path, block)
    for field in FIELDS
    if isinstance(field, StreamField)
    for path, block in blocks_below(field.stream_block, str(field))
    if takes_an_address(path, block)
]
PLAIN = [
    field
    for field in FIELDS
    if isinstance(field, models.URLField | RichTextField)
    or (isinstance(field, models.CharField) and field.name in NAMES)
]


@pytest.mark.parametrize(("path", "block"), BLOCKS, ids=[path for path, _block in BLOCKS])
def test_a_block_that_takes_addresses_asks(path: str, block: FieldBlock) -> None:
    assert asks(block.field.validators)


@pytest.mark.parametrize("field", PLAIN, ids=str)
def test_a_field_that_takes_addresses_asks(field: models.Field) -> None:
    assert asks(field.validators) or asks(formfield_for_dbfield(field).validators)


def test_the_form_of_redirects_asks() -> None:
    assert isinstance(RedirectForm.base_fields["redirect_link"], WebAddressField)


def test_there_is_something_to_ask() -> None:
    assert len(BLOCKS) > 10
    assert PLAIN
