"""All images and documents that one page shows, fetched together instead of block by block."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

AnyModel = TypeVar("AnyModel", bound=Model)


class Library:
    """What blocks are given the things from that they refer to by number."""

    def holds(self, model: type[Model]) -> bool:
        """Tell whether things of a kind are to be had here, and need not be asked of the database."""
        raise NotImplementedError

    def find(self, model: type[Model], keys: Iterable[Any]) -> list[Any]:
        """Return an object, or None, for each key."""
        raise NotImplementedError

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Let chooser blocks and links in rich text take from this library while the block of code runs."""
        token = _lent.set(self)
        try:
            yield
        finally:
            _lent.reset(token)


@dataclass
class MediaLibrary(Library):
    """Images, with their renditions, and documents by number; what a page refers to but is gone is not in it."""

    images: dict[int, Any] = field(default_factory=dict)
    documents: dict[int, Any] = field(default_factory=dict)

    @classmethod
    def fetch(cls, image_ids: Iterable[int], document_ids: Iterable[int]) -> "MediaLibrary":
        """Fetch everything in one query for the images and one for the documents, or none where there are none."""
        image_ids, document_ids = set(image_ids), set(document_ids)
        return cls(
            images=_images_with_renditions(image_ids) if image_ids else {},
            documents=get_document_model().objects.in_bulk(document_ids) if document_ids else {},
        )

    def holds(self, model: type[Model]) -> bool:
        return model in (get_image_model(), get_document_model())

    def find(self, model: type[Model], keys: Iterable[Any]) -> list[Any]:
        shelf = self.images if model is get_image_model() else self.documents
        # Each place gets one of its own: a block writes its alternative text on the image.
        return [copy(shelf.get(int(key))) if key else None for key in keys]


class NameLibrary(Library):
    """Holds everything, and of each thing its number alone, in an empty object: nothing is fetched."""

    def holds(self, model: type[Model]) -> bool:
        return True

    def find(self, model: type[Model], keys: Iterable[Any]) -> list[Any]:
        return [stand_in(model, key) if key else None for key in keys]


@cache
def _blank(model: type[Model]) -> dict[str, Any]:
    return vars(model())


def stand_in(model: type[AnyModel], key: Any) -> AnyModel:
    """Make an object with a number and no more; Django's own way takes so long that readers would wait for it."""
    item = model.__new__(model)
    vars(item).update(_blank(model), **{str(model._meta.pk.attname): key})
    return item


_lent: ContextVar[Library | None] = ContextVar("lent library", default=None)


def lent_library(model: type[Model]) -> Library | None:
    """Return the library that things of a kind are to be taken from, if one is lent."""
    library = _lent.get()
    return library if library and library.holds(model) else None


def _images_with_renditions(ids: set[int]) -> dict[int, Any]:
    images: dict[int, Any] = {}
    for rendition in get_image_model().get_rendition_model().objects.filter(image_id__in=ids).select_related("image"):
        image = images.setdefault(rendition.image_id, rendition.image)
        rendition.image = image
        image.__dict__.setdefault("prefetched_renditions", []).append(rendition)
    # An image nobody has looked at yet has no rendition to be found by.
    if missing := ids - images.keys():
        images |= get_image_model().objects.in_bulk(missing)
    return images
