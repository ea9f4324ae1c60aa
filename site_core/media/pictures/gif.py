"""GIF files, rewritten block by block (GIF89a)."""

from .formats import MOST_FRAMES, MOST_PARTS, BrokenPictureError, TooManyFramesError
from .xmp import clean_xmp, source_type_in

EXTENSION, PICTURE, END = 0x21, 0x2C, 0x3B
GRAPHIC_CONTROL, APPLICATION = 0xF9, 0xFF
# How often an animation is shown, and the colour profile.
KEPT_APPLICATIONS = {b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"}
PACKET = b"XMP DataXMP"
# A packet stands as it is where blocks are expected; these bytes lead a reader who counts blocks to its end.
TRAILER = b"\1" + bytes(range(0xFF, -1, -1)) + b"\0"


def clean_gif(content: bytes, removed: set[str]) -> bytes:
    """Return the same picture with nothing but what is kept beside its pixels."""
    position = 13 + _table_size(content, 10)
    kept = [content[:position]]
    packet = b""
    frames = 0
    for _number in range(MOST_PARTS):
        start = position
        mark = content[position] if position < len(content) else END
        if mark == END:
            break
        if mark == PICTURE:
            frames += 1
            if frames > MOST_FRAMES:
                raise TooManyFramesError
            position = _end_of_blocks(content, position + 11 + _table_size(content, position + 9))
            kept.append(content[start:position])
        elif mark == EXTENSION:
            position = _end_of_blocks(content, position + 2)
            block = content[start:position]
            if block[1:2] == bytes([GRAPHIC_CONTROL]) or (_application(block) in KEPT_APPLICATIONS):
                kept.append(block)
            elif _application(block) == PACKET:
                packet = packet or block[3 + len(PACKET) : -len(TRAILER)]
            else:
                removed.add("comment")
        else:
            raise BrokenPictureError("an unknown block")
    else:
        raise BrokenPictureError("too many blocks")
    if content[position + 1 :].strip(b"\0"):
        removed.add("after")
    cleaned = clean_xmp(packet, removed, source_type_in(content))
    written = bytes([EXTENSION, APPLICATION, len(PACKET)]) + PACKET + cleaned + TRAILER if cleaned else b""
    return b"".join([kept[0], written, *kept[1:]]) + content[position : position + 1]


def gif_metadata(content: bytes) -> tuple[bytes, bytes, bytes]:
    """Return the XMP packet of a file that has been cleaned, and nothing for the other two kinds."""
    start = content.find(PACKET)
    end = content.find(TRAILER, start)
    return b"", content[start + len(PACKET) : end] if 0 <= start < end else b"", b""


def _application(block: bytes) -> bytes:
    return block[3:14] if block[1] == APPLICATION else b""


def _table_size(content: bytes, flags_at: int) -> int:
    flags = content[flags_at] if flags_at < len(content) else 0
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(content: bytes, position: int) -> int:
    for _number in range(MOST_PARTS):
        if position >= len(content) or not content[position]:
            return min(position + 1, len(content))
        position += content[position] + 1
    raise BrokenPictureError("too many blocks")
