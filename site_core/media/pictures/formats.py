"""Which picture formats are accepted, and how a file is recognised as one of them by its content."""

from dataclasses import dataclass

# More frames than a screen recording has; each costs work for every server and reader that meets it.
MOST_FRAMES = 1000
# No honest file has more parts than this; each part costs a turn of a loop.
MOST_PARTS = 200_000

AVIF_BRANDS = {b"avif", b"avis"}
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1", b"mif2"}


class BrokenPictureError(ValueError):
    """The content can't be read as the picture that it claims to be."""


class TooManyFramesError(BrokenPictureError):
    """An animation of more pictures than anybody would make by hand."""


@dataclass(frozen=True)
class PictureFormat:
    """A format: what Pillow and people call it, the endings its files have, and whether it is stored as it is."""

    name: str
    extensions: tuple[str, ...]
    # What newsrooms can't open is turned into what they can, when it is uploaded.
    converted: bool = False


JPEG = PictureFormat("JPEG", ("jpg", "jpeg"))
PNG = PictureFormat("PNG", ("png",))
GIF = PictureFormat("GIF", ("gif",))
WEBP = PictureFormat("WEBP", ("webp",))
AVIF = PictureFormat("AVIF", ("avif",), converted=True)
HEIC = PictureFormat("HEIF", ("heic", "heif"), converted=True)
FORMATS = (JPEG, PNG, GIF, WEBP, AVIF, HEIC)


def recognise(content: bytes) -> PictureFormat | None:
    """Return the format of a file's content, None for what is no picture that we know."""
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith((b"GIF87a", b"GIF89a")):
        return GIF
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    if content[4:8] == b"ftyp":
        return _by_brand(content)
    return None


def _by_brand(content: bytes) -> PictureFormat | None:
    """Tell the two formats apart that share a container (ISO/IEC 23008-12)."""
    end = min(int.from_bytes(content[:4], "big"), 256)
    brands = {content[start : start + 4] for start in (8, *range(16, end, 4))}
    if brands & AVIF_BRANDS:
        return AVIF
    return HEIC if brands & HEIC_BRANDS else None
