"""PNG files, rewritten chunk by chunk (ISO/IEC 15948)."""

import binascii
import re
import struct
import zlib
from collections.abc import Iterator

from .exif import HEADER as EXIF
from .exif import clean_exif
from .formats import MOST_FRAMES, MOST_PARTS, BrokenPictureError, TooManyFramesError
from .xmp import clean_xmp, source_type_in

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PACKET = b"XML:com.adobe.xmp"
TEXTS = {b"tEXt", b"zTXt", b"iTXt"}
KEPT_TEXTS = {b"Author", b"Copyright"}
KEPT = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"bKGD", b"sBIT", b"pHYs"),
    *(b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI"),
    *(b"acTL", b"fcTL", b"fdAT"),
}
LARGEST_TEXT = 1_000_000
LONGEST_KEPT = 2000
# How ImageMagick writes Exif data and packets as text: a name, the number of bytes, and the bytes in hexadecimal.
RAW_PROFILE = re.compile(rb"\s*\w+\s+\d+\s+([0-9a-fA-F\s]*)")
RAW_EXIF, RAW_PACKET = {b"Raw profile type exif", b"Raw profile type APP1"}, {b"Raw profile type xmp"}

Chunk = tuple[bytes, bytes]


def clean_png(content: bytes, removed: set[str]) -> bytes:
    """Return the same picture with nothing but what is kept beside its pixels."""
    chunks = list(_chunks(content, removed))
    if not chunks or chunks[0][0] != b"IHDR":
        raise BrokenPictureError("no header")
    exif = next((data for kind, data in chunks if kind == b"eXIf"), b"")
    packet = b""
    credits: list[Chunk] = []
    for kind, data in chunks:
        if kind in TEXTS:
            keyword, text = _text(kind, data)
            if keyword == PACKET:
                packet = packet or text
            elif keyword in RAW_EXIF:
                exif = exif or _raw_profile(text)
                removed.add("exif")
            elif keyword in RAW_PACKET:
                packet = packet or _raw_profile(text)
                removed.add("xmp")
            elif keyword in KEPT_TEXTS and len(text) <= LONGEST_KEPT:
                credits.append((b"iTXt", keyword + b"\0\0\0\0\0" + text))
            else:
                removed.add("comment")
        elif kind not in KEPT and kind != b"eXIf":
            removed.add("other")
    cleaned_exif = clean_exif(exif, removed)
    cleaned_packet = clean_xmp(packet, removed, source_type_in(content) or source_type_in(packet))
    added = [
        *([(b"eXIf", cleaned_exif)] if cleaned_exif else []),
        *([(b"iTXt", PACKET + b"\0\0\0\0\0" + cleaned_packet)] if cleaned_packet else []),
        *credits,
    ]
    kept = [chunk for chunk in chunks if chunk[0] in KEPT]
    return SIGNATURE + b"".join(_written(*chunk) for chunk in [kept[0], *added, *kept[1:]])


def png_metadata(content: bytes) -> tuple[bytes, bytes, bytes]:
    """Return the Exif data and the XMP packet of a file that has been cleaned, and nothing for the third kind."""
    exif = packet = b""
    for kind, data in _chunks(content, set()):
        if kind == b"eXIf":
            exif = data
        elif kind == b"iTXt" and data.startswith(PACKET):
            packet = _text(kind, data)[1]
    return exif, packet, b""


def _chunks(content: bytes, removed: set[str]) -> Iterator[Chunk]:
    position, frames = len(SIGNATURE), 0
    for _number in range(MOST_PARTS):
        if position + 8 > len(content):
            return
        length, kind = struct.unpack_from(">L4s", content, position)
        yield kind, content[position + 8 : position + 8 + length]
        position += 12 + length
        frames += kind == b"fcTL"
        if frames > MOST_FRAMES:
            raise TooManyFramesError
        if kind == b"IEND":
            if content[position:].strip(b"\0"):
                removed.add("after")
            return
    raise BrokenPictureError("too many chunks")


def _written(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", binascii.crc32(kind + data))


def _text(kind: bytes, data: bytes) -> tuple[bytes, bytes]:
    """Return a text chunk's keyword and its text in UTF-8; no text where it can't be read or is too much to unpack."""
    keyword, _end, rest = data.partition(b"\0")
    if kind == b"tEXt":
        return keyword, rest.decode("latin-1").encode()
    if kind == b"zTXt":
        return keyword, _unpacked(rest[1:]).decode("latin-1").encode()
    packed = rest[:1] == b"\1"
    text = rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    return keyword, _unpacked(text) if packed else text


def _unpacked(data: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(data, LARGEST_TEXT)
    except zlib.error:
        return b""
    return b"" if unpacker.unconsumed_tail else text


def _raw_profile(text: bytes) -> bytes:
    found = RAW_PROFILE.match(text)
    try:
        data = bytes.fromhex(found[1].decode("ascii")) if found else b""
    except ValueError:
        return b""
    return data.removeprefix(EXIF)
