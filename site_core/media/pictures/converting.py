"""Pictures in formats that newsrooms can't open (HEIC from a phone, AVIF), turned into what they can."""

from io import BytesIO

from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo
from pillow_heif import register_heif_opener

from .exif import HEADER, clean_exif
from .png import PACKET, png_metadata
from .xmp import clean_xmp, source_type_in

register_heif_opener(thumbnails=False)

# Nobody sees a difference from what the phone took, and the file is of the size that phones make as JPEG.
QUALITY = 92
AVIF_QUALITY = 90
# What an AVIF file consists of (ISO/IEC 23000-22); others hold signed manifests, packets and notes.
AVIF_BOXES = {b"ftyp", b"meta", b"mdat", b"moov"}


def convert_picture(content: bytes, removed: set[str]) -> tuple[bytes, str]:
    """Return the picture as JPEG, or as PNG where something shines through, with the extension of its new name."""
    with Image.open(BytesIO(content), formats=["AVIF", "HEIF"]) as picture:
        packet = _packet(picture, content, removed)
        exif = clean_exif(picture.info.get("exif") or b"", removed, upright=True)
        kept = {"icc_profile": picture.info.get("icc_profile"), "exif": HEADER + exif if exif else b""}
        # In place, because a copy of eighty million pixels is dear. The orientation goes into the pixels.
        ImageOps.exif_transpose(picture, in_place=True)
        out = BytesIO()
        if _shines_through(picture):
            picture.save(out, "PNG", pnginfo=_with_packet(packet), **kept)
            return out.getvalue(), "png"
        written = picture if picture.mode in {"RGB", "L"} else picture.convert("RGB")
        written.save(out, "JPEG", quality=QUALITY, xmp=packet, **kept)
    return out.getvalue(), "jpg"


def in_eight_bits(content: bytes) -> bytes:
    """Return a cleaned PNG in grey with 65 536 shades, which WebP can't have, in the 256 that screens show."""
    with Image.open(BytesIO(content), formats=["PNG"]) as opened:
        if not opened.mode.startswith("I"):
            return content
        exif, packet, _resources = png_metadata(content)
        out = BytesIO()
        picture = opened.convert("I").point(lambda shade: shade / 256).convert("L")
        picture.save(
            out,
            "PNG",
            pnginfo=_with_packet(packet),
            exif=HEADER + exif if exif else b"",
            icc_profile=opened.info.get("icc_profile"),
        )
    return out.getvalue()


def clean_avif(content: bytes, removed: set[str]) -> bytes:
    """Return a stored AVIF picture with nothing but what is kept beside its pixels, encoded anew if need be."""
    found: set[str] = {"other"} if _has_other_boxes(content) else set()
    with Image.open(BytesIO(content), formats=["AVIF"]) as opened:
        exif = clean_exif(opened.info.get("exif") or b"", found)
        packet = _packet(opened, content, found)
        if not found:
            return content
        removed |= found
        out = BytesIO()
        opened.save(
            out, "AVIF", quality=AVIF_QUALITY, icc_profile=opened.info.get("icc_profile"), exif=exif, xmp=packet
        )
    return out.getvalue()


def _with_packet(packet: bytes) -> PngInfo:
    texts = PngInfo()
    if packet:
        texts.add_itxt(PACKET.decode(), packet.decode())
    return texts


def _packet(picture: Image.Image, content: bytes, removed: set[str]) -> bytes:
    packet = picture.info.get("xmp") or b""
    return clean_xmp(packet.encode() if isinstance(packet, str) else packet, removed, source_type_in(content))


def _shines_through(picture: Image.Image) -> bool:
    if picture.mode not in {"RGBA", "LA"}:
        return False
    lowest, _highest = picture.getchannel("A").getextrema()
    return lowest != 255


def _has_other_boxes(content: bytes) -> bool:
    position = 0
    while position + 8 <= len(content):
        size = int.from_bytes(content[position : position + 4], "big")
        if content[position + 4 : position + 8] not in AVIF_BOXES:
            return True
        if size < 8:
            # 0: to the end of the file; 1: more than 4 GB, which no upload is.
            return size != 0
        position += size
    return position < len(content)
