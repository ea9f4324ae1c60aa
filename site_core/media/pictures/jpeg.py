"""JPEG files, rewritten part by part: the pixels stay as they are, to the bit (ISO/IEC 10918-1, annex B)."""

import re
from collections.abc import Iterator

from .exif import HEADER as EXIF
from .exif import clean_exif
from .formats import MOST_PARTS, BrokenPictureError
from .iptc import SIGNATURE as PHOTOSHOP
from .iptc import clean_photoshop
from .xmp import clean_xmp, source_type_in

XMP = b"http://ns.adobe.com/xap/1.0/\0"
COLOURS = b"ICC_PROFILE\0"
END, SCAN, COMMENT = 0xD9, 0xDA, 0xFE
APP0, APP1, APP2, APP13, APP14 = 0xE0, 0xE1, 0xE2, 0xED, 0xEE
# Within a scan 0xFF stands before 0, before a restart, or before another 0xFF. Before what is no marker at all it is a
# fault in the pixels, which programs read past; before any other marker it ends the scan.
END_OF_SCAN = re.compile(rb"\xff[\xc0-\xcf\xd9-\xfe]")
# As many 0xFF as one likes may stand before a marker.
MARK = re.compile(rb"\xff+[^\xff]", re.DOTALL)
WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}
# Frames, tables, scans and the end: what pixels are made of.
PIXELS = {*range(0xC0, 0xD0), *range(0xD9, 0xE0)} - {0xC8}

Segment = tuple[int, bytes]


def clean_jpeg(content: bytes, removed: set[str]) -> bytes:
    """Return the same picture with nothing but what is kept beside its pixels.

    Goes: comments, other application segments (more and smaller pictures, signed manifests), what follows the end.
    """
    segments = list(_segments(content, removed))
    scans = [segment for segment in segments if segment[0] in PIXELS]
    payloads = [segment for segment in segments if segment[0] not in PIXELS]
    exif = _first(payloads, APP1, EXIF)
    packet = _first(payloads, APP1, XMP)
    resources = b"".join(data[len(PHOTOSHOP) :] for mark, data in payloads if _begins(mark, data, APP13, PHOTOSHOP))
    kept = [
        *_jfif(payloads, removed),
        *_segment_of(APP1, EXIF, clean_exif(exif, removed)),
        *_segment_of(APP1, XMP, clean_xmp(packet, removed, source_type_in(content))),
        *_segment_of(APP13, PHOTOSHOP, clean_photoshop(resources, removed)),
        *[(mark, data) for mark, data in payloads if _begins(mark, data, APP2, COLOURS)],
        *[(mark, data[:12]) for mark, data in payloads if _begins(mark, data, APP14, b"Adobe")][:1],
    ]
    _name_the_rest(payloads, removed)
    return b"\xff\xd8" + b"".join(_written(*segment) for segment in kept + scans)


def jpeg_metadata(content: bytes) -> tuple[bytes, bytes, bytes]:
    """Return the Exif data, the XMP packet and the Photoshop resources of a file that has been cleaned."""
    payloads = [segment for segment in _segments(content, set()) if segment[0] not in PIXELS]
    return _first(payloads, APP1, EXIF), _first(payloads, APP1, XMP), _first(payloads, APP13, PHOTOSHOP)


def _segments(content: bytes, removed: set[str]) -> Iterator[Segment]:
    """Read a file's segments: (marker, what it holds). A scan comes with its length, its header's alone."""
    position = 2
    for _number in range(MOST_PARTS):
        found_mark = MARK.search(content, position)
        if not found_mark:
            return
        position = found_mark.end() - 2
        mark = content[position + 1]
        position += 2
        if mark == END:
            yield mark, b""
            if content[position:].strip(b"\0"):
                removed.add("after")
            return
        if mark == 0 or mark in WITHOUT_LENGTH:
            continue
        length = int.from_bytes(content[position : position + 2], "big")
        if length < 2:
            raise BrokenPictureError("a segment without a length")
        end = position + length
        if mark == SCAN:
            found = END_OF_SCAN.search(content, end)
            end = found.start() if found else len(content)
        yield mark, content[position + (0 if mark == SCAN else 2) : end]
        position = end
    raise BrokenPictureError("too many segments")


def _written(mark: int, data: bytes) -> bytes:
    if mark == END:
        return b"\xff\xd9"
    if mark == SCAN:
        return b"\xff\xda" + data
    return bytes([0xFF, mark]) + (len(data) + 2).to_bytes(2, "big") + data


def _begins(mark: int, data: bytes, wanted: int, start: bytes) -> bool:
    return mark == wanted and data.startswith(start)


def _first(payloads: list[Segment], wanted: int, start: bytes) -> bytes:
    return next((data[len(start) :] for mark, data in payloads if _begins(mark, data, wanted, start)), b"")


def _segment_of(mark: int, start: bytes, data: bytes) -> list[Segment]:
    return [(mark, start + data)] if data and len(start + data) < 65_533 else []


def _jfif(payloads: list[Segment], removed: set[str]) -> list[Segment]:
    """Keep the resolution, and not the small picture that may follow it."""
    data = _first(payloads, APP0, b"JFIF\0")
    if len(data) < 9:
        return []
    if data[7:9] != b"\0\0" or len(data) > 9:
        removed.add("preview")
    return [(APP0, b"JFIF\0" + data[:7] + b"\0\0")]


def _name_the_rest(payloads: list[Segment], removed: set[str]) -> None:
    known = (
        (APP0, b"JFIF\0"),
        (APP1, EXIF),
        (APP1, XMP),
        (APP13, PHOTOSHOP),
        (APP2, COLOURS),
        (APP14, b"Adobe"),
    )
    for mark, data in payloads:
        if mark == COMMENT:
            removed.add("comment")
        elif not any(_begins(mark, data, *pair) for pair in known):
            removed.add("xmp" if data.startswith(b"http://ns.adobe.com/xmp/extension/") else "other")
