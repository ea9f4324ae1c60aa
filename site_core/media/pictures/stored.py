"""Cleans pictures that are already stored, at the addresses they have."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.images.models import ImageFileMixin
from wagtail.utils.file import hash_filelike

from site_core.models import SiteImage, SiteRendition

from .cleaning import clean_picture

BATCH = 100


@dataclass
class CleanedPicture:
    """What was found in one picture: in its original, and in what was made of it."""

    image: SiteImage
    removed: set[str] = field(default_factory=set)
    changed: bool = False
    renditions: int = 0
    failure: str = ""


def clean_stored(*, dry_run: bool) -> Iterator[CleanedPicture]:
    """Clean every picture in turn, and tell of each that had something to be taken out or that can't be read.

    Doing it twice does nothing the second time, and a run that was broken off is taken up where it ended. What was
    made of a picture is looked at by itself: it may be older than the picture's own cleaning.
    """
    for image in SiteImage.objects.order_by("pk").iterator(chunk_size=BATCH):
        result = CleanedPicture(image)
        try:
            _clean_original(result, dry_run=dry_run)
            _make_renditions_anew(result, dry_run=dry_run)
        except Exception as error:
            # A file that is missing or broken, or a store that fails, must not hide the rest.
            result.failure = str(error) or type(error).__name__
        if result.changed or result.renditions or result.failure:
            yield result


def _clean_original(result: CleanedPicture, *, dry_run: bool) -> None:
    image = result.image
    content = _content(image)
    cleaned = clean_picture(content, result.removed)
    result.changed = cleaned != content
    if not result.changed or dry_run:
        return
    stored = ContentFile(cleaned)
    image.file.storage.overwrite(image.file.name, stored)
    stored.seek(0)
    # Past the model's own way to save: nothing that an editor sees has changed.
    SiteImage.objects.filter(pk=image.pk).update(file_size=len(cleaned), file_hash=hash_filelike(stored))


def _make_renditions_anew(result: CleanedPicture, *, dry_run: bool) -> None:
    for rendition in SiteRendition.objects.filter(image=result.image):
        # Written otherwise than we would is no fault in what a library has made: only what had to go is.
        found: set[str] = set()
        clean_picture(_content(rendition), found)
        if not found:
            continue
        result.removed |= found
        result.renditions += 1
        if not dry_run:
            _make_anew(rendition)


def _make_anew(rendition: SiteRendition) -> None:
    spec = rendition.filter_spec
    # Its file goes with the commit; pages that name it find it again at the same address.
    with transaction.atomic():
        rendition.delete()
    SiteImage.objects.get(pk=rendition.image_id).get_rendition(spec)


def _content(item: ImageFileMixin) -> bytes:
    with item.open_file() as stream:
        content: bytes = stream.read()
        return content
