"""WebP files, rewritten chunk by chunk (RFC 9649)."""

import struct
from collections.abc import Iterator

from .exif import clean_exif
from .formats import MOST_FRAMES, MOST_PARTS, BrokenPictureError, TooManyFramesError
from .xmp import clean_xmp, source_type_in

PIXELS = {b"VP8 ", b"VP8L", b"ALPH"}
KEPT = {b"VP8X", b"ICCP", b"ANIM", b"ANMF", *PIXELS}
HAS_EXIF, HAS_PACKET = 0b1000, 0b100
# A frame begins with its place, size and time.
FRAME_HEAD = 16

Chunk = tuple[bytes, bytes]


def clean_webp(content: bytes, removed: set[str]) -> bytes:
    """Return the same picture with nothing but what is kept beside its pixels."""
    size = int.from_bytes(content[4:8], "little")
    if content[8 + size :].strip(b"\0"):
        removed.add("after")
    chunks = list(_chunks(content[12 : 8 + size]))
    if sum(kind == b"ANMF" for kind, _data in chunks) > MOST_FRAMES:
        raise TooManyFramesError
    exif, packet = _first(chunks, b"EXIF"), _first(chunks, b"XMP ")
    if any(kind not in KEPT | {b"EXIF", b"XMP "} for kind, _data in chunks):
        removed.add("other")
    cleaned_exif = clean_exif(exif, removed)
    cleaned_packet = clean_xmp(packet, removed, source_type_in(content))
    kept = [(kind, _frame(data, removed) if kind == b"ANMF" else data) for kind, data in chunks if kind in KEPT]
    if not kept:
        raise BrokenPictureError("nothing to show")
    if kept[0][0] == b"VP8X":
        kept[0] = _with_flags(kept[0][1], exif=bool(cleaned_exif), packet=bool(cleaned_packet))
        kept += [(b"EXIF", cleaned_exif)] if cleaned_exif else []
        kept += [(b"XMP ", cleaned_packet)] if cleaned_packet else []
    body = b"WEBP" + b"".join(_written(*chunk) for chunk in kept)
    return b"RIFF" + struct.pack("<L", len(body)) + body


def webp_metadata(content: bytes) -> tuple[bytes, bytes, bytes]:
    """Return the Exif data and the XMP packet of a file that has been cleaned, and nothing for the third kind."""
    chunks = list(_chunks(content[12:]))
    return _first(chunks, b"EXIF"), _first(chunks, b"XMP "), b""


def _first(chunks: list[Chunk], wanted: bytes) -> bytes:
    return next((data for kind, data in chunks if kind == wanted), b"")


def _chunks(content: bytes) -> Iterator[Chunk]:
    position = 0
    for _number in range(MOST_PARTS):
        if position + 8 > len(content):
            return
        kind, length = struct.unpack_from("<4sL", content, position)
        yield kind, content[position + 8 : position + 8 + length]
        position += 8 + length + length % 2
    raise BrokenPictureError("too many chunks")


def _written(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack("<L", len(data)) + data + b"\0" * (len(data) % 2)


def _frame(data: bytes, removed: set[str]) -> bytes:
    parts = list(_chunks(data[FRAME_HEAD:]))
    if any(kind not in PIXELS for kind, _data in parts):
        removed.add("other")
    return data[:FRAME_HEAD] + b"".join(_written(*part) for part in parts if part[0] in PIXELS)


def _with_flags(data: bytes, *, exif: bool, packet: bool) -> Chunk:
    if not data:
        raise BrokenPictureError("no header")
    flags = data[0] & ~(HAS_EXIF | HAS_PACKET) | (HAS_EXIF if exif else 0) | (HAS_PACKET if packet else 0)
    return b"VP8X", bytes([flags]) + data[1:]
