"""All images and documents that one page shows, fetched together instead of block by block."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

# How rich text, stored as JSON inside a StreamField, names a document.
DOCUMENT_LINK = re.compile(r'<a [^>]*?linktype=\\?"document\\?"[^>]*>')
LINK_ID = re.compile(r'\bid=\\?"(\d+)\\?"')


@dataclass
class MediaLibrary:
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

    def find(self, model: type[Model], keys: Iterable[Any]) -> list[Any]:
        """Return an object, or None, for each key."""
        shelf = self.images if model is get_image_model() else self.documents
        return [shelf.get(int(key)) if key else None for key in keys]

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Let chooser blocks and links in rich text take from this library while the block of code runs."""
        token = _lent.set(self)
        try:
            yield
        finally:
            _lent.reset(token)


_lent: ContextVar[MediaLibrary | None] = ContextVar("lent media library", default=None)


def lent_library() -> MediaLibrary | None:
    return _lent.get()


def media_in(raw: Any) -> tuple[set[int], set[int]]:
    """Find the numbers of images and of documents in the stored form of a StreamField.

    Our blocks keep to one rule: a chooser is called `image` or `document`.
    """
    images: set[int] = set()
    documents: set[int] = set()
    _collect(raw, images, documents)
    for link in DOCUMENT_LINK.findall(json.dumps(raw, default=str)):
        documents |= {int(number) for number in LINK_ID.findall(link)}
    return images, documents


def _collect(value: Any, images: set[int], documents: set[int]) -> None:
    if isinstance(value, dict):
        for name, part in value.items():
            if name == "image" and isinstance(part, int):
                images.add(part)
            elif name == "document" and isinstance(part, int):
                documents.add(part)
            else:
                _collect(part, images, documents)
    elif isinstance(value, list):
        for part in value:
            _collect(part, images, documents)


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
