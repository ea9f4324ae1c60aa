"""Which images and documents something refers to, by Wagtail's own references.

A field or block says itself what it refers to (`extract_references`), so a chooser counts under any name and at any
depth, as does a link in rich text.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Model
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from .library import NameLibrary


class Files(NamedTuple):
    """The numbers of images and of documents."""

    images: frozenset[int] = frozenset()
    documents: frozenset[int] = frozenset()

    @classmethod
    def among(cls, references: Iterable[tuple[type[Model], Any]]) -> "Files":
        """Keep the images and documents among references."""
        images, documents = set(), set()
        for model, key in references:
            if model is get_image_model():
                images.add(_number(key))
            elif model is get_document_model():
                documents.add(_number(key))
        return cls(frozenset(images - {0}), frozenset(documents - {0}))

    @classmethod
    def of(cls, *items: Model) -> "Files":
        return cls.among((type(item), item.pk) for item in items)

    def with_(self, other: "Files") -> "Files":
        return Files(self.images | other.images, self.documents | other.documents)

    def without(self, other: "Files") -> "Files":
        return Files(self.images - other.images, self.documents - other.documents)

    def shared(self, other: "Files") -> "Files":
        return Files(self.images & other.images, self.documents & other.documents)

    def __bool__(self) -> bool:
        return bool(self.images or self.documents)

    def items(self) -> Iterator[Model]:
        """Fetch them: what is gone is left out."""
        yield from get_image_model().objects.filter(pk__in=self.images)
        yield from get_document_model().objects.filter(pk__in=self.documents)


def own_files(item: Model) -> Files:
    """Return what the fields of something refer to; nothing is asked of the database."""
    return Files.among([*_pointed_at(item, file_fields(type(item))), *_told(item)])


def written_files(item: Model) -> Files:
    """Return what an editor has put on something: what its fields refer to, and those of what it owns."""
    files = own_files(item)
    for part in _owned(item):
        files = files.with_(own_files(part))
    return files


def all_files(item: Model) -> Files:
    """Return what something refers to itself, through what it owns, and through what is shown with it.

    A release shows its contacts, and a contact has a photo: that is as far as it goes.
    """
    files = written_files(item)
    for part in (item, *_owned(item)):
        for other in _shown_with(part):
            files = files.with_(own_files(other))
    return files


def files_in(field: Any, value: Any) -> Files:
    """Return what the value of one field refers to."""
    if field in file_fields(field.model):
        return Files.among([(field.related_model, getattr(value, "pk", value))] if value else [])
    return Files.among(references(field, value)) if value and field in telling_fields(field.model) else Files()


def references(field: Any, value: Any) -> list[tuple[type[Model], Any]]:
    """Return what a body or rich text refers to, by model and number, in the order of the text."""
    with NameLibrary().lent():
        if isinstance(field, StreamField):
            # Read anew from what is stored: the value itself may be shown later, with what its blocks refer to.
            value = field.stream_block.to_python(list(value.raw_data))
        return [(model, key) for model, key, _path, _place in field.extract_references(value)]


@cache
def file_fields(model: Any) -> list[Any]:
    """Return the fields of a model that hold an image or a document."""
    kinds = (get_image_model(), get_document_model())
    return [field for field in model._meta.concrete_fields if field.is_relation and field.related_model in kinds]


@cache
def telling_fields(model: type[Model]) -> list[Any]:
    """Return the fields of a model that say themselves what they refer to: bodies and rich text."""
    return [field for field in model._meta.concrete_fields if hasattr(field, "extract_references")]


@cache
def _snippet_fields(model: type[Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.is_relation and _is_snippet(field.related_model)]


def _is_snippet(model: Any) -> bool:
    """Tell whether things of a kind are shown as part of what refers to them; a page is only linked to."""
    return ReferenceIndex.is_indexed(model) and not issubclass(model, Page)


def _pointed_at(item: Model, fields: Iterable[Any]) -> list[tuple[type[Model], Any]]:
    chosen = [(field.related_model, getattr(item, field.attname)) for field in fields]
    return [(model, key) for model, key in chosen if key]


def _told(item: Model) -> list[tuple[type[Model], Any]]:
    told = []
    for field in telling_fields(type(item)):
        if value := field.value_from_object(item):
            told += references(field, value)
    return told


def _owned(item: Model) -> Iterator[Model]:
    if isinstance(item, ClusterableModel):
        for relation in get_all_child_relations(type(item)):
            if ReferenceIndex.model_is_indexable(relation.related_model, allow_child_models=True):
                yield from getattr(item, relation.get_accessor_name()).all()


def _shown_with(item: Model) -> Iterator[Model]:
    by_model = defaultdict(set)
    for model, key in (*_pointed_at(item, _snippet_fields(type(item))), *_told(item)):
        if _is_snippet(model):
            by_model[model].add(key)
    for model, keys in by_model.items():
        yield from model._default_manager.filter(pk__in=keys)


def _number(key: Any) -> int:
    """Read a number that something refers to, 0 for what is none."""
    key = str(key)
    return int(key) if key.isascii() and key.isdigit() else 0
