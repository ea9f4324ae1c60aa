"""The 49 municipalities of Västra Götaland, their four associations, and the site's motif drawn from them.

The list has the official codes, the association and a point inside each (WGS 84, from Statistics Sweden's boundaries),
and each municipality's place in a tile map: a grid of 8 by 9 with every other row moved half a step, where the sum of
squared distances to the real places is least.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "municipalities.csv"

# In units of the drawing: a mark's radius leaves air between neighbours, which are COLUMN apart.
COLUMN = 10.0
ROW = 8.66
MARK_RADIUS = 3.4
MAP_WIDTH = COLUMN * 8.5
MAP_HEIGHT = ROW * 8 + COLUMN


@dataclass(frozen=True)
class Municipality:
    code: str
    name: str
    official_name: str
    x: float
    y: float


@dataclass(frozen=True)
class Association:
    """A municipal association (kommunalförbund) with its members in the county, in alphabetical order."""

    code: str
    name: str
    municipalities: tuple[Municipality, ...]

    @property
    def short_name(self) -> str:
        """The name without what all four share."""
        return self.name.replace("s kommunalförbund", "").replace(" (GR)", "")


@cache
def associations() -> tuple[Association, ...]:
    """Return the four associations, the one with most members first."""
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: swedish_order(row["name"]))
    members: dict[tuple[str, str], list[Municipality]] = {}
    for row in rows:
        members.setdefault((row["association_id"], row["association"]), []).append(_municipality(row))
    found = [Association(code, name, tuple(their)) for (code, name), their in members.items()]
    return tuple(sorted(found, key=lambda association: -len(association.municipalities)))


def _municipality(row: dict[str, str]) -> Municipality:
    column, line = int(row["tile_column"]), int(row["tile_row"])
    x = COLUMN * (column + 0.5 + (0.5 if line % 2 else 0))
    y = ROW * line + COLUMN / 2
    return Municipality(row["code"], row["name"], row["official_name"], round(x, 2), round(y, 2))


def swedish_order(text: str) -> str:
    """Return a key that sorts å, ä and ö after z, in that order."""
    return text.lower().translate(str.maketrans("åäö", "{|}"))


def motif_svg() -> str:
    """Draw the 49 marks as one SVG file, in black: the site uses it as a mask and gives it a colour."""
    path = "".join(
        f"M{mark.x - MARK_RADIUS:g} {mark.y:g}a{MARK_RADIUS} {MARK_RADIUS} 0 1 0 {2 * MARK_RADIUS:g} 0"
        f"a{MARK_RADIUS} {MARK_RADIUS} 0 1 0-{2 * MARK_RADIUS:g} 0"
        for association in associations()
        for mark in association.municipalities
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {MAP_WIDTH:g} {MAP_HEIGHT:g}"><path d="{path}"/></svg>\n'
    )
