"""Pictures of the west coast, drawn from a few layers so that the demonstration needs no photograph."""

import io
import math
import random

from PIL import Image, ImageDraw

from site_core.municipalities import MAP_HEIGHT, MAP_WIDTH, MARK_RADIUS, associations

SIZE = (1600, 1000)
SHARE_SIZE = (1200, 630)
SCALE = 2

Colour = tuple[int, int, int]
PALETTES: dict[str, list[Colour]] = {
    "coast": [(226, 231, 226), (171, 194, 194), (104, 145, 148), (48, 98, 104), (12, 66, 74)],
    "dusk": [(243, 224, 205), (218, 170, 142), (160, 113, 100), (84, 76, 84), (27, 43, 52)],
    "forest": [(231, 234, 219), (168, 187, 160), (104, 135, 112), (56, 92, 78), (20, 54, 50)],
    "winter": [(240, 242, 243), (205, 215, 220), (158, 176, 186), (100, 124, 138), (45, 70, 84)],
}


def _ridge(rng: random.Random, width: int, base: float, height: float, roughness: int) -> list[tuple[float, float]]:
    """Make the outline of a ridge from a few waves, from left to right."""
    waves = [(rng.uniform(0.6, 1.6) * n, rng.uniform(0, math.tau), 1 / n) for n in range(1, roughness + 1)]
    points = []
    for step in range(0, 201):
        x = step / 200
        lift = sum(math.sin(x * math.tau * frequency + phase) * size for frequency, phase, size in waves)
        points.append((x * width, base - height * (0.5 + lift / 3)))
    return points


def draw_landscape(palette: str, seed: int) -> Image.Image:
    """Draw sky, a low sun and four ridges, each nearer and darker than the one behind it."""
    rng = random.Random(seed)  # noqa: S311 -- a picture, not a secret
    colours = PALETTES[palette]
    width, height = SIZE[0] * SCALE, SIZE[1] * SCALE
    picture = Image.new("RGB", (width, height), colours[0])
    pen = ImageDraw.Draw(picture)
    radius, sun_x, sun_y = height * 0.085, width * rng.uniform(0.2, 0.8), height * rng.uniform(0.2, 0.34)
    pen.ellipse(
        (sun_x - radius, sun_y - radius, sun_x + radius, sun_y + radius), fill=_mix(colours[0], (255, 255, 250))
    )
    for layer, colour in enumerate(colours[1:], 1):
        base = height * (0.36 + 0.15 * layer)
        outline = _ridge(rng, width, base, height * (0.1 + 0.02 * layer), 3 + layer)
        pen.polygon([*outline, (width, height), (0, height)], fill=colour)
        if palette == "forest" and layer >= 3:
            _plant_trees(pen, rng, outline, colour, height * 0.05 * (layer - 1))
    return picture.resize(SIZE, Image.Resampling.LANCZOS)


def _plant_trees(
    pen: ImageDraw.ImageDraw, rng: random.Random, outline: list[tuple[float, float]], colour: Colour, size: float
) -> None:
    for x, y in outline[::3]:
        tall = size * rng.uniform(0.6, 1.2)
        left = x + rng.uniform(-10, 10)
        pen.polygon([(left - tall * 0.2, y + 6), (left, y - tall), (left + tall * 0.2, y + 6)], fill=colour)


def _mix(first: Colour, second: Colour) -> Colour:
    red, green, blue = ((a + b) // 2 for a, b in zip(first, second, strict=True))
    return red, green, blue


def draw_motif(size: tuple[int, int], ground: Colour, ink: Colour, share: float = 0.72) -> Image.Image:
    """Draw the 49 marks in the middle of a ground, as high as the given share of it."""
    width, height = size[0] * SCALE, size[1] * SCALE
    picture = Image.new("RGB", (width, height), ground)
    pen = ImageDraw.Draw(picture)
    unit = height * share / MAP_HEIGHT
    left, top = (width - MAP_WIDTH * unit) / 2, (height - MAP_HEIGHT * unit) / 2
    for association in associations():
        for mark in association.municipalities:
            x, y, radius = left + mark.x * unit, top + mark.y * unit, MARK_RADIUS * unit
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)
    return picture.resize(size, Image.Resampling.LANCZOS)


def jpeg(picture: Image.Image, quality: int = 88) -> bytes:
    """Encode a picture as JPEG."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()
