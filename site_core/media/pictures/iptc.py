"""What stays of the fields that picture agencies write (IPTC-IIM, in a Photoshop resource): credit and copyright."""

import struct
from collections.abc import Iterator

SIGNATURE = b"Photoshop 3.0\0"
IPTC_RESOURCE = 0x0404
CHARACTER_SET, VERSION, BYLINE, CREDIT, SOURCE, COPYRIGHT = (1, 90), (2, 0), (2, 80), (2, 110), (2, 115), (2, 116)
# These two say how the others are to be read.
FRAME = {CHARACTER_SET, VERSION}
KEPT = FRAME | {BYLINE, CREDIT, SOURCE, COPYRIGHT}
UTF8 = b"\x1b%G"
LONGEST = 2000

Field = tuple[tuple[int, int], bytes]


def clean_photoshop(data: bytes, removed: set[str]) -> bytes:
    """Return Photoshop resources, without their signature, that hold the kept fields alone; empty without any."""
    if not data:
        return b""
    resources = list(_resources(data))
    fields = [field for number, value in resources if number == IPTC_RESOURCE for field in _fields(value)]
    kept = [field for field in fields if field[0] in KEPT and len(field[1]) <= LONGEST]
    kept.sort(key=lambda field: field[0])
    if len(kept) < len(fields) or any(number != IPTC_RESOURCE for number, _value in resources):
        removed.add("iptc")
    if all(name in FRAME for name, _value in kept):
        return b""
    packed = b"".join(struct.pack(">BBBH", 0x1C, *name, len(value)) + value for name, value in kept)
    return b"8BIM" + struct.pack(">HHL", IPTC_RESOURCE, 0, len(packed)) + packed + b"\0" * (len(packed) % 2)


def iptc_text(data: bytes, name: tuple[int, int]) -> str:
    """Return a field of resources that have been cleaned, empty where there is none."""
    fields = dict(field for number, value in _resources(data) if number == IPTC_RESOURCE for field in _fields(value))
    value = fields.get(name, b"")
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _resources(data: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while data[position : position + 4] == b"8BIM" and position + 12 <= len(data):
        (number,) = struct.unpack_from(">H", data, position + 4)
        # A name with its length before it, padded to an even number of bytes.
        position += 6 + (data[position + 6] + 2) // 2 * 2
        if position + 4 > len(data):
            return
        (length,) = struct.unpack_from(">L", data, position)
        yield number, data[position + 4 : position + 4 + length]
        position += 4 + length + length % 2


def _fields(data: bytes) -> Iterator[Field]:
    position = 0
    while position + 5 <= len(data) and data[position] == 0x1C:
        _mark, record, number, length = struct.unpack_from(">BBBH", data, position)
        if length & 0x8000:
            # Larger than 32 kB: nothing that could be kept is.
            return
        yield (record, number), data[position + 5 : position + 5 + length]
        position += 5 + length
