"""Colours and their contrast, so that a brand colour never makes text hard to read."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

HEX = re.compile(r"#[0-9a-f]{6}")

# The grounds that text stands on in the two schemes; the same as in static/css/tokens.css.
PAPER = "#fbfaf6"
NIGHT = "#0b1b1f"
# WCAG 2.2, success criterion 1.4.6 (AAA).
ENHANCED_CONTRAST = 7.0


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def lighten_until_readable(colour: str, ground: str = NIGHT) -> str:
    """Mix a colour with white until text in it is readable on a dark ground."""
    for percent in range(0, 101, 5):
        mixed = "#" + "".join(
            f"{round(int(colour[i : i + 2], 16) * (100 - percent) / 100 + 255 * percent / 100):02x}" for i in (1, 3, 5)
        )
        if contrast(mixed, ground) >= ENHANCED_CONTRAST:
            return mixed
    return "#ffffff"


def validate_brand_colour(value: str) -> None:
    """Refuse what is no `#rrggbb` colour, and colours too light for text on the site's paper."""
    if not HEX.fullmatch(value.lower()):
        raise ValidationError(_("Write the colour as # and six digits or letters a to f, for example #0b4a52."))
    ratio = contrast(value.lower(), PAPER)
    if ratio < ENHANCED_CONTRAST:
        raise ValidationError(
            _("The colour is too light to read: its contrast to the page is %(ratio).1f, and 7 is needed."),
            params={"ratio": ratio},
        )
