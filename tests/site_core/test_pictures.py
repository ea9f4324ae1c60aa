"""What of a picture is stored and served, and what is not.

The samples under samples/ are written by exiftool 12.57, as phones and picture agencies write them: position, devices,
owners, persons, places and notes ("Hemlig …"), a small preview, and credit, copyright and source in all three kinds of
fields. A copy of the site's own reading is no proof, so Pillow reads here what is left.
"""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import ExifTags, Image, ImageCms

from press.models import PressReleasePage
from site_core.media.pictures.cleaning import clean_picture, credit_in
from site_core.media.pictures.formats import BrokenPictureError
from site_core.models import SiteImage
from tests.factories import make_public

SAMPLES = Path(__file__).with_name("samples")
SOURCE_TYPE = b"cv.iptc.org/newscodes/digitalsourcetype/"
KEPT_IN_PACKET = ["Åsa Öberg", "VästKom 2026", "Fri för pressen", "digitalsourcetype/digitalCapture"]


def sample(extension: str) -> bytes:
    return (SAMPLES / f"telefon.{extension}").read_bytes()


def pixels(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as image:
        return image.convert("RGBA").tobytes()


def exif_of(content: bytes) -> Image.Exif:
    with Image.open(io.BytesIO(content)) as image:
        return image.getexif()


def assert_tells_nothing(content: bytes) -> None:
    """Look for what must be gone, as bytes and as what Pillow makes of them."""
    assert b"Hemlig" not in content
    assert "Hemlig".encode("utf-16-le") not in content
    assert b"GPS" not in content
    with Image.open(io.BytesIO(content)) as image:
        exif = image.getexif()
        assert set(exif) <= {0x0112, 0x011A, 0x011B, 0x0128, 0x013B, 0x8298, 0x8769}
        assert exif.get_ifd(ExifTags.IFD.GPSInfo) == {}
        assert set(exif.get_ifd(ExifTags.IFD.Exif)) <= {0xA001}
        assert exif.get_ifd(ExifTags.IFD.IFD1) == {}
        assert "Hemlig" not in str(image.info)


@pytest.mark.parametrize("extension", ["jpg", "png", "webp", "gif", "avif"])
def test_position_and_persons_go_and_credit_stays(extension: str) -> None:
    original = sample(extension)
    assert b"Hemlig" in original
    cleaned = clean_picture(original)
    assert_tells_nothing(cleaned)
    for text in KEPT_IN_PACKET:
        assert text.encode() in cleaned
    assert clean_picture(cleaned) == cleaned


@pytest.mark.parametrize("extension", ["jpg", "png", "webp", "gif"])
def test_not_a_pixel_changes(extension: str) -> None:
    assert pixels(clean_picture(sample(extension))) == pixels(sample(extension))


@pytest.mark.parametrize("extension", ["jpg", "png", "webp", "avif"])
def test_orientation_profile_and_rights_stay(extension: str) -> None:
    original, cleaned = sample(extension), clean_picture(sample(extension))
    with Image.open(io.BytesIO(original)) as before, Image.open(io.BytesIO(cleaned)) as after:
        assert after.info["icc_profile"] == before.info["icc_profile"]
        assert after.getexif().get(ExifTags.Base.Orientation, 1) == before.getexif().get(0x0112)
        assert after.size == before.size
    assert "VästKom 2026".encode() in cleaned


def test_the_fields_of_picture_agencies_stay() -> None:
    with Image.open(io.BytesIO(clean_picture(sample("jpg")))) as image:
        # The resource that Photoshop keeps them in (IPTC-IIM): by-line, credit, copyright, and how they are encoded.
        resources: Any = image.info["photoshop"]
        assert set(resources) == {0x0404}
        fields = resources[0x0404]
    for text in ("Åsa Öberg", "VästKom", "VästKom 2026"):
        assert text.encode() in fields
    assert b"\x1b%G" in fields


@pytest.mark.parametrize("extension", ["jpg", "png", "webp", "gif"])
def test_the_photographer_is_found(extension: str) -> None:
    assert credit_in(clean_picture(sample(extension))) == "Åsa Öberg"


def jpeg(**options: Any) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((32, 24), 40).convert("RGB").save(out, "JPEG", **options)
    return out.getvalue()


def segment(mark: int, data: bytes) -> bytes:
    return bytes([0xFF, mark]) + (len(data) + 2).to_bytes(2, "big") + data


@pytest.mark.parametrize(
    "part",
    [
        segment(0xFE, b"Hemlig kommentar"),
        segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + b"Hemlig GPS"),
        segment(0xE2, b"MPF\0Hemlig"),
        segment(0xE0, b"JFXX\0\x13Hemlig"),
        segment(0xEB, b"JP\0\1\0\0\0\1Hemlig c2pa"),
        segment(0xED, b"Photoshop 3.0\x008BIM\x04\x0c\0\0\0\0\0\x06Hemlig"),
        segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0Hemlig: no directory at all"),
        segment(0xE5, b"Hemlig"),
        segment(0xF3, b"Hemlig"),
        b"Hemlig between two segments",
    ],
)
def test_what_else_a_jpeg_can_hold_goes(part: bytes) -> None:
    plain = jpeg()
    after_first = 4 + int.from_bytes(plain[4:6], "big")
    cleaned = clean_picture(plain[:after_first] + part + plain[after_first:])
    assert b"Hemlig" not in cleaned
    assert pixels(cleaned) == pixels(plain)


def test_a_comment_between_two_scans_and_a_film_after_the_end_go() -> None:
    plain = jpeg(progressive=True)
    scan = plain.index(b"\xff\xda", plain.index(b"\xff\xda") + 2)
    with_more = plain[:scan] + segment(0xFE, b"Hemlig") + plain[scan:] + b"ftypmp42 Hemlig film"
    cleaned = clean_picture(with_more)
    assert b"Hemlig" not in cleaned
    assert pixels(cleaned) == pixels(plain)


def test_a_picture_made_by_a_machine_says_so_though_its_manifest_goes() -> None:
    manifest = b"jumbc2pa Hemlig " + b"http://" + SOURCE_TYPE + b"trainedAlgorithmicMedia\xa1"
    plain = jpeg()
    cleaned = clean_picture(plain[:2] + segment(0xEB, manifest) + plain[2:])
    assert b"Hemlig" not in cleaned
    with Image.open(io.BytesIO(cleaned)) as image:
        assert b"DigitalSourceType>http://" + SOURCE_TYPE + b"trainedAlgorithmicMedia<" in image.info["xmp"]


def test_a_fault_in_the_pixels_costs_no_more_of_them() -> None:
    plain = jpeg()
    place = plain.index(b"\xff\xda") + 200
    faulty = plain[:place] + b"\xff\x9f" + plain[place + 2 :]
    assert clean_picture(faulty).endswith(faulty[place - 200 :])


def test_cmyk_keeps_its_colours() -> None:
    out = io.BytesIO()
    Image.new("CMYK", (20, 20), (200, 10, 20, 5)).save(out, "JPEG")
    assert pixels(clean_picture(out.getvalue())) == pixels(out.getvalue())


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


@pytest.mark.parametrize(
    "part",
    [
        chunk(b"tEXt", b"Comment\0Hemlig"),
        chunk(b"tIME", b"Hemlig!"),
        chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(b"\nexif\n 12\n" + b"Hemlig".hex().encode())),
        chunk(b"iTXt", b"Description\0\0\0sv\0\0Hemlig"),
        chunk(b"caBX", b"Hemlig"),
        # Twenty megabytes, packed into twenty kB.
        chunk(b"zTXt", b"Copyright\0\0" + zlib.compress(bytes(20_000_000), 9)),
    ],
)
def test_what_else_a_png_can_hold_goes(part: bytes) -> None:
    out = io.BytesIO()
    Image.effect_noise((20, 20), 40).save(out, "PNG")
    plain = out.getvalue()
    cleaned = clean_picture(plain[:33] + part + plain[33:] + b"Hemlig after the end")
    assert b"Hemlig" not in cleaned
    assert len(cleaned) < len(plain) + 200
    assert pixels(cleaned) == pixels(plain)


def test_animations_stay_animated() -> None:
    frames = [Image.new("L", (16, 16), shade) for shade in (0, 90, 200)]
    for kind in ("GIF", "WEBP", "PNG"):
        out = io.BytesIO()
        frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=200, loop=0)
        with Image.open(io.BytesIO(clean_picture(out.getvalue()))) as image:
            assert image.n_frames == 3  # type: ignore[attr-defined]
            assert image.info["loop"] == 0


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("extension", ["jpg", "png", "webp", "gif", "avif"])
def test_no_cut_or_flipped_byte_makes_more_than_a_refusal(extension: str) -> None:
    content = sample(extension)
    step = len(content) // (10 if extension == "avif" else 60)
    for place in range(0, len(content), step):
        for damaged in (content[:place], content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]):
            try:
                cleaned = clean_picture(damaged)
            except BrokenPictureError:
                continue
            assert clean_picture(cleaned) == cleaned


def test_whatever_way_a_picture_comes_its_original_and_what_is_served_are_clean(
    client: Client, release: PressReleasePage
) -> None:
    image = SiteImage.objects.create(title="Bild", file=ContentFile(sample("jpg"), name="IMG_0001.jpg"))
    with default_storage.open(image.file.name) as stored:
        original = stored.read()
    assert_tells_nothing(original)
    assert (image.file_size, image.width, image.height) == (len(original), 60, 40)
    image.licence = "Fri för pressen"
    image.save()
    make_public(release, image)
    for spec in ("width-40|format-jpeg", "width-40|format-webp", "width-40|format-avif", "width-40", "original"):
        served = b"".join(client.get(image.get_rendition(spec).url))
        assert_tells_nothing(served)
        with Image.open(io.BytesIO(served)) as rendition:
            # The camera was held upright.
            assert rendition.height > rendition.width
    assert b"".join(client.get(image.file.url)) == original


def test_a_picture_from_a_phone_is_stored_as_jpeg(client: Client, release: PressReleasePage) -> None:
    shown = Image.new("RGB", (64, 32), (200, 30, 30))
    shown.paste((30, 30, 200), (32, 0, 64, 32))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Hemlig"
    exif[ExifTags.Base.Artist] = "Anna"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (57.0, 42.0, 31.9), 3: "E", 4: (11.0, 58.0, 28.4)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    out = io.BytesIO()
    shown.save(out, "HEIF", exif=exif.tobytes(), icc_profile=profile, quality=90)
    with Image.open(io.BytesIO(out.getvalue())) as phone:
        assert phone.getexif().get_ifd(ExifTags.IFD.GPSInfo)

    image = SiteImage.objects.create(title="Bild", file=ContentFile(out.getvalue(), name="IMG 0002.HEIC"))
    assert image.filename == "img-0002.jpg"
    with default_storage.open(image.file.name) as stored:
        content = stored.read()
    assert_tells_nothing(content)
    with Image.open(io.BytesIO(content)) as stored_picture:
        assert stored_picture.format == "JPEG"
        assert stored_picture.size == (image.width, image.height) == (32, 64)
        assert stored_picture.info["icc_profile"] == profile
        red, _green, blue = stored_picture.convert("RGB").getpixel((16, 5))  # type: ignore[misc]
        assert red > blue
    assert exif_of(content)[ExifTags.Base.Artist] == "Anna"
    assert exif_of(content).get(ExifTags.Base.Orientation, 1) == 1
    image.licence = "Fri för pressen"
    image.save()
    make_public(release, image)
    response = client.get(image.file.url)
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == 'attachment; filename="img-0002.jpg"'


def test_what_shines_through_still_does_when_it_is_converted(db: None) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (32, 32), (200, 30, 30, 90)).save(out, "AVIF")
    image = SiteImage.objects.create(title="Märke", file=ContentFile(out.getvalue(), name="marke.avif"))
    assert image.filename == "marke.png"
    with Image.open(image.file.open()) as stored:
        assert stored.getpixel((5, 5))[3] < 100  # type: ignore[index]
