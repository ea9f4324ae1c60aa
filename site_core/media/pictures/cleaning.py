"""Takes out of a picture what tells of places, persons and devices; the pixels and what readers need stay.

An allow-list, not a deny-list: what nobody has thought of goes. No library does this for more than one format: Pillow
writes a file's Exif data only by encoding its pixels anew, and exiftool and Exiv2 are programs of their own.
"""

from collections.abc import Callable

from .converting import clean_avif
from .exif import ARTIST, exif_text
from .formats import AVIF, GIF, JPEG, PNG, WEBP, BrokenPictureError, PictureFormat, recognise
from .gif import clean_gif, gif_metadata
from .iptc import BYLINE, CREDIT, iptc_text
from .jpeg import clean_jpeg, jpeg_metadata
from .png import clean_png, png_metadata
from .webp import clean_webp, webp_metadata
from .xmp import CREATOR, read_packet
from .xmp import CREDIT as AGENCY

CLEANERS: dict[PictureFormat, Callable[[bytes, set[str]], bytes]] = {
    JPEG: clean_jpeg,
    PNG: clean_png,
    WEBP: clean_webp,
    GIF: clean_gif,
    AVIF: clean_avif,
}
# What each says of itself: Exif data, XMP packet, Photoshop resources.
READERS: dict[PictureFormat, Callable[[bytes], tuple[bytes, bytes, bytes]]] = {
    JPEG: jpeg_metadata,
    PNG: png_metadata,
    WEBP: webp_metadata,
    GIF: gif_metadata,
}


def clean_picture(content: bytes, removed: set[str] | None = None) -> bytes:
    """Return a picture in its own format without what must not be published; the same bytes if nothing had to go.

    What was taken out is named in `removed`. Raises BrokenPictureError for what can't be read.
    """
    found = recognise(content)
    if found not in CLEANERS:
        raise BrokenPictureError("not a picture that is stored here")
    try:
        return CLEANERS[found](content, set() if removed is None else removed)
    except (BrokenPictureError, MemoryError):
        raise
    except Exception as error:
        # Whatever a hostile file makes a parser trip over.
        raise BrokenPictureError from error


def credit_in(content: bytes) -> str:
    """Return who a picture that has been cleaned says is to be credited; empty where it doesn't say."""
    found = recognise(content)
    exif, packet, resources = READERS[found](content) if found in READERS else (b"", b"", b"")
    values = read_packet(packet).values
    creators, agency = (", ".join(text for _language, text in values.get(name, [])) for name in (CREATOR, AGENCY))
    candidates = (creators, iptc_text(resources, BYLINE), exif_text(exif, ARTIST), agency, iptc_text(resources, CREDIT))
    return next((text.strip() for text in candidates if text.strip()), "")
