"""What stays of a picture's Exif data: how to show it, who took it and who owns it."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

HEADER = b"Exif\0\0"
SHORT, ASCII, RATIONAL, LONG = 3, 2, 5, 4
SIZES = {1: 1, ASCII: 1, SHORT: 2, LONG: 4, RATIONAL: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
MOST_ENTRIES = 1000
LONGEST_TEXT = 2000

ORIENTATION, ARTIST, COPYRIGHT = 0x0112, 0x013B, 0x8298
EXIF_DIRECTORY, POSITION_DIRECTORY, COLOUR_SPACE = 0x8769, 0x8825, 0xA001
# Everything that is not in these two lists goes: position, devices, owners, software, dates, notes, small pictures.
KEPT = {
    ORIENTATION: SHORT,
    0x011A: RATIONAL,  # resolution: width, height, unit
    0x011B: RATIONAL,
    0x0128: SHORT,
    ARTIST: ASCII,
    COPYRIGHT: ASCII,
}
KEPT_IN_DIRECTORY = {COLOUR_SPACE: SHORT}


@dataclass(frozen=True)
class Entry:
    """One field, its value as it is stored."""

    kind: int
    count: int
    value: bytes


def clean_exif(data: bytes, removed: set[str], *, upright: bool = False) -> bytes:
    """Return Exif data, without its header, that holds nothing but what is kept; empty where nothing is.

    What is taken out is named in `removed`. Of a picture whose pixels stand upright by now the orientation goes too.
    """
    data = data.removeprefix(HEADER)
    if not data:
        return b""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4])
    if order is None or len(data) < 8:
        removed.add("exif")
        return b""
    fields, rest = _directory(data, order, *struct.unpack(f"{order}L", data[4:8]))
    if POSITION_DIRECTORY in fields:
        removed.add("position")
    below: dict[int, Entry] = {}
    if EXIF_DIRECTORY in fields and fields[EXIF_DIRECTORY].kind == LONG and fields[EXIF_DIRECTORY].count == 1:
        below, _rest = _directory(data, order, *struct.unpack(f"{order}L", fields[EXIF_DIRECTORY].value))
    if upright:
        fields.pop(ORIENTATION, None)
    kept, kept_below = _kept(fields, KEPT), _kept(below, KEPT_IN_DIRECTORY)
    if fields.keys() - kept.keys() - {EXIF_DIRECTORY} or below.keys() - kept_below.keys() or rest:
        removed.add("exif")
    return _written(kept, kept_below, order)


def exif_text(data: bytes, tag: int) -> str:
    """Return a text of Exif data that has been cleaned, empty where there is none."""
    data = data.removeprefix(HEADER)
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4])
    if order is None:
        return ""
    fields, _rest = _directory(data, order, *struct.unpack(f"{order}L", data[4:8]))
    value = fields[tag].value.partition(b"\0")[0] if tag in fields else b""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _directory(data: bytes, order: str, start: int) -> tuple[dict[int, Entry], int]:
    """Read a directory as far as it can be read, and where the next one begins."""
    if start + 2 > len(data):
        return {}, 0
    (number,) = struct.unpack_from(f"{order}H", data, start)
    fields = dict(_entries(data, order, start + 2, min(number, MOST_ENTRIES)))
    end = start + 2 + 12 * number
    following = struct.unpack_from(f"{order}L", data, end)[0] if end + 4 <= len(data) else 0
    return fields, following


def _entries(data: bytes, order: str, start: int, number: int) -> Iterator[tuple[int, Entry]]:
    for position in range(start, min(start + 12 * number, len(data) - 11), 12):
        tag, kind, count = struct.unpack_from(f"{order}HHL", data, position)
        size = SIZES.get(kind, 1) * count
        at = position + 8 if size <= 4 else struct.unpack_from(f"{order}L", data, position + 8)[0]
        yield tag, Entry(kind, count, data[at : at + size] if at + size <= len(data) else b"")


def _kept(fields: dict[int, Entry], wanted: dict[int, int]) -> dict[int, Entry]:
    kept = {tag: fields[tag] for tag, kind in wanted.items() if tag in fields and _sound(fields[tag], kind)}
    return {tag: _to_its_end(entry, tag) if entry.kind == ASCII else entry for tag, entry in kept.items()}


def _to_its_end(entry: Entry, tag: int) -> Entry:
    """Cut a text where it ends; a copyright is two of them, the photographer's and the editor's."""
    texts = entry.value.rstrip(b"\0").split(b"\0")[: 2 if tag == COPYRIGHT else 1]
    value = b"\0".join(texts).rstrip(b"\0") + b"\0"
    return Entry(ASCII, len(value), value)


def _sound(entry: Entry, kind: int) -> bool:
    size_fits = 0 < entry.count <= LONGEST_TEXT if kind == ASCII else entry.count == 1
    return entry.kind == kind and size_fits and len(entry.value) == SIZES[kind] * entry.count


def _written(fields: dict[int, Entry], below: dict[int, Entry], order: str) -> bytes:
    if not fields and not below:
        return b""
    start = b"II*\0" if order == "<" else b"MM\0*"
    head = start + struct.pack(f"{order}L", 8)
    if below:
        # Its place is known only when the directory above is written: the size doesn't depend on the number.
        pointer = Entry(LONG, 1, struct.pack(f"{order}L", 0))
        length = len(_written_directory({**fields, EXIF_DIRECTORY: pointer}, order, len(head)))
        pointer = Entry(LONG, 1, struct.pack(f"{order}L", len(head) + length))
        first = _written_directory({**fields, EXIF_DIRECTORY: pointer}, order, len(head))
        return head + first + _written_directory(below, order, len(head) + length)
    return head + _written_directory(fields, order, len(head))


def _written_directory(fields: dict[int, Entry], order: str, start: int) -> bytes:
    values = b""
    rows = b""
    after = start + 2 + 12 * len(fields) + 4
    for tag, entry in sorted(fields.items()):
        value = entry.value.ljust(4, b"\0")
        if len(entry.value) > 4:
            value = struct.pack(f"{order}L", after + len(values))
            values += entry.value + b"\0" * (len(entry.value) % 2)
        rows += struct.pack(f"{order}HHL", tag, entry.kind, entry.count) + value
    return struct.pack(f"{order}H", len(fields)) + rows + struct.pack(f"{order}L", 0) + values
