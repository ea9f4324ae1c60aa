"""The picture that stands for a release where people share it: title, date and the 49 marks, drawn once and kept."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFont

from site_core.colours import PAPER
from site_core.models import OrganisationSettings
from site_core.municipalities import MAP_WIDTH, MARK_RADIUS, associations
from site_core.text import swedish_date

if TYPE_CHECKING:
    from .models import PressReleasePage

WIDTH, HEIGHT = 1200, 630
MARGIN = 80
FONT = Path(settings.BASE_DIR) / "static" / "fonts" / "schibsted-grotesk.woff2"
GROUND = "#0a424a"
# Out of 255: so much of the paper's colour shines through in a mark.
MARK_STRENGTH = 40
MAP_SIZE, MAP_LEFT, MAP_TOP = 560, WIDTH - 500, -40
SMOOTH = 3
SIZES = (76, 66, 58, 50, 44, 38)
MOST_LINES = 5
FOLDER = "share_images"


def share_image_version(release: "PressReleasePage") -> str:
    """Return a short digest of what the picture shows: it changes when the picture must be drawn anew."""
    shown = f"{release.title}|{release.first_published_at}"
    return hashlib.sha256(shown.encode()).hexdigest()[:12]


def share_image(release: "PressReleasePage", organisation: OrganisationSettings) -> bytes:
    """Return the picture as PNG, from the store of files where it has been drawn before."""
    name = f"{FOLDER}/{release.pk}-{share_image_version(release)}-{organisation.brand_version}.png"
    try:
        with default_storage.open(name, "rb") as file:
            return file.read()
    except FileNotFoundError:
        content = _draw(release, organisation)
        default_storage.save(name, ContentFile(content))
        return content


def _draw(release: "PressReleasePage", organisation: OrganisationSettings) -> bytes:
    image = Image.new("RGB", (WIDTH, HEIGHT), organisation.brand_colour or GROUND)
    image.paste(PAPER, mask=_marks())
    draw = ImageDraw.Draw(image)
    font, lines = _fit(draw, release.title)
    line_height = round(font.size * 1.14)
    top = HEIGHT - MARGIN - 70 - line_height * len(lines)
    draw.text((MARGIN, MARGIN), organisation.short_name, font=_font(40, 800), fill=PAPER)
    for number, line in enumerate(lines):
        draw.text((MARGIN, top + number * line_height), line, font=font, fill=PAPER)
    draw.text((MARGIN, HEIGHT - MARGIN - 34), swedish_date(release.first_published_at), font=_font(30, 500), fill=PAPER)
    output = BytesIO()
    image.quantize(64).save(output, "PNG", optimize=True)
    return output.getvalue()


def _marks() -> Image.Image:
    """Return how strongly each point is coloured by the 49 marks; drawn larger and shrunk, for smooth edges."""
    mask = Image.new("L", (WIDTH * SMOOTH, HEIGHT * SMOOTH))
    draw = ImageDraw.Draw(mask)
    scale = MAP_SIZE / MAP_WIDTH
    radius = MARK_RADIUS * scale
    for association in associations():
        for mark in association.municipalities:
            x, y = MAP_LEFT + mark.x * scale, MAP_TOP + mark.y * scale
            box = [SMOOTH * edge for edge in (x - radius, y - radius, x + radius, y + radius)]
            draw.ellipse(box, fill=MARK_STRENGTH)
    return mask.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(FONT), size)
    font.set_variation_by_axes([weight])
    return font


def _fit(draw: ImageDraw.ImageDraw, title: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Return the largest type in which the title fits, and its lines; the last line is cut where none is enough."""
    for size in SIZES:
        font = _font(size, 700)
        lines = _wrap(draw, title, font)
        if len(lines) <= MOST_LINES and all(draw.textlength(line, font) <= WIDTH - 2 * MARGIN for line in lines):
            return font, lines
    return font, [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1]}…"] if len(lines) > MOST_LINES else lines


def _wrap(draw: ImageDraw.ImageDraw, title: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, font) <= WIDTH - 2 * MARGIN or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
