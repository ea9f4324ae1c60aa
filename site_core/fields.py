"""Model fields of our own."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField as WagtailRichTextField
from wagtail.fields import StreamField

from .rich_text_links import validate_rich_text_links


class BodyField(StreamField):
    """A StreamField whose block definitions stay out of migrations.

    The database column is JSON whatever the blocks are, so a change of blocks needs no migration. The cost, and what
    to do when a block is renamed or removed, is told in docs/adr/0002-streamfield-blocks-stay-out-of-migrations.md.
    """

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


class ReferencedManyToManyField(ParentalManyToManyField):
    """What a page is about, recorded in Wagtail's reference index.

    Wagtail's own index leaves such relations out, so that a topic of twelve releases is shown as used nowhere. The
    index asks a field for `extract_references`, which is how rich text and blocks take part in it.
    """

    def extract_references(self, value: Iterable[Model]) -> Iterator[tuple[type[Model], str, str, str]]:
        for item in value:
            yield self.related_model, str(item.pk), "item", "item"

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        # The database knows no difference.
        name, _path, args, kwargs = super().deconstruct()
        return name, "modelcluster.fields.ParentalManyToManyField", args, kwargs


class RichTextField(WagtailRichTextField):
    """Running text whose links lead somewhere; for migrations, which store no rules, Wagtail's own field."""

    default_validators = [*WagtailRichTextField.default_validators, validate_rich_text_links]

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.fields.RichTextField", args, kwargs
