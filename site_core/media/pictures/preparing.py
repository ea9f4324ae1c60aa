"""What becomes of a picture between the editor's machine and the store: checked, cleaned, converted if need be."""

import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _
from PIL import Image
from willow.plugins.pillow import PillowImage

from site_core.media.labels import format_file_size

from .cleaning import clean_picture
from .converting import convert_picture, in_eight_bits
from .formats import (
    FORMATS,
    JPEG,
    MOST_FRAMES,
    PNG,
    PictureFormat,
    TooManyFramesError,
    recognise,
)

# Each format that the site makes of every picture is tried in small before the picture is taken.
TRIED_SIZE = 64


@dataclass(frozen=True)
class PreparedPicture:
    """A picture as it is stored."""

    name: str
    content: bytes


def prepare_picture(name: str, content: bytes) -> PreparedPicture:
    """Clean a picture, and convert it if newsrooms can't open it; raise ValidationError for what is none."""
    found = recognise(content)
    if found is None:
        raise _refused(_("The file is no picture that can be used here. Save it as JPEG or PNG and try again."))
    try:
        if found.converted and PurePosixPath(name).suffix[1:].lower() in found.extensions:
            _check_pixels(content, found)
            content, extension = convert_picture(content, set())
            return PreparedPicture(str(PurePosixPath(name).with_suffix(f".{extension}")), clean_picture(content))
        content = clean_picture(content)
        if found == PNG:
            _check_pixels(content, found)
            content = clean_picture(in_eight_bits(content))
        return PreparedPicture(name, content)
    except ValidationError:
        raise
    except TooManyFramesError as error:
        raise _refused(
            _("The picture is an animation of more than %(most)s pictures. Make it shorter, or publish it as a film."),
            most=MOST_FRAMES,
        ) from error
    except Exception as error:
        # Whatever a broken or hostile file makes a library trip over.
        raise _damaged() from error


def check_upload(file: File) -> PreparedPicture:
    """Check what an editor uploads as a picture before anything is stored; return it as it is to be stored.

    The size is asked before the file is read, the number of pixels before they are unpacked. Raises ValidationError
    with a message for the editor.
    """
    name = PurePosixPath(file.name or "").name
    if not file.size:
        raise _refused(_("The file is empty. Choose another one."))
    limit = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if file.size > limit:
        raise _refused(
            _("The file is %(size)s. The largest allowed is %(limit)s."),
            size=format_file_size(file.size),
            limit=format_file_size(limit),
        )
    extension = PurePosixPath(name).suffix[1:].lower()
    if extension not in settings.WAGTAILIMAGES_EXTENSIONS:
        raise _refused(
            _("A picture must be one of these kinds: %(kinds)s."), kinds=", ".join(settings.WAGTAILIMAGES_EXTENSIONS)
        )
    file.seek(0)
    content = file.read()
    found = recognise(content)
    if found is not None and extension not in found.extensions:
        raise _refused(
            _("The file is called .%(extension)s but is a %(kind)s picture. Rename it to end in .%(right)s."),
            extension=extension,
            kind=found.name,
            right=found.extensions[0],
        )
    prepared = prepare_picture(name, content)
    _check_pixels(prepared.content, recognise(prepared.content) or JPEG)
    _try_out(prepared.content)
    return prepared


def picture_size(stream: IO[bytes]) -> tuple[int, int]:
    """Return a picture's width and height from its header alone."""
    with warnings.catch_warnings():
        # The limit is ours (WAGTAILIMAGES_MAX_IMAGE_PIXELS); Pillow's own, which is higher, raises all the same.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(stream, formats=[known.name for known in FORMATS]) as image:
            return image.size


def _check_pixels(content: bytes, found: PictureFormat) -> None:
    limit = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    try:
        width, height = picture_size(BytesIO(content))
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(limit) from error
    except Exception as error:
        raise _damaged() from error
    if width * height > limit:
        raise _too_many_pixels(limit)
    if not width or not height:
        raise _damaged()


def _try_out(content: bytes) -> None:
    """Unpack a picture and make others of a corner of it, as pages will: what can't be done then is told now."""
    try:
        with Image.open(BytesIO(content)) as image:
            # A JPEG can be unpacked at an eighth of its size, and is read to its end all the same.
            image.draft(None, (TRIED_SIZE, TRIED_SIZE))
            image.load()
            corner = image.crop((0, 0, min(image.width, TRIED_SIZE), min(image.height, TRIED_SIZE)))
            small = PillowImage(corner).auto_orient().resize((TRIED_SIZE, TRIED_SIZE))
            small.save_as_webp(BytesIO())
            small.save_as_avif(BytesIO())
            small.set_background_color_rgb((255, 255, 255)).save_as_jpeg(BytesIO())
            small.save_as_png(BytesIO())
    except Exception as error:
        raise _damaged() from error


def _too_many_pixels(limit: int) -> ValidationError:
    return _refused(
        _("The picture has too many pixels. It may have %(limit)s million: make it smaller, or take a part of it."),
        limit=limit // 1_000_000,
    )


def _damaged() -> ValidationError:
    return _refused(_("The picture is damaged or not complete. Save it anew in a picture program and try again."))


def _refused(message: str, **values: object) -> ValidationError:
    return ValidationError(message, params=values or None)
