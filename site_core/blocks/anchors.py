"""The names of the places in a body that a link can lead to: its headings and quotes."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import slugify

# What the public pages call places of their own (`tests/press/test_places.py` looks for others).
LAYOUT_IDS = {
    "adress",
    "amne",
    "ar",
    "avsluta",
    "epost",
    "fel",
    "for-manga",
    "innehall",
    "kommun",
    "kommunerna",
    "losenord-fel",
    "nyheter",
    "ordning",
    "prenumerera",
    "sokord",
    "typ",
    "undersidor",
    "uppdrag",
    "uppgifter",
}
# How the names begin that forms, Wagtail and quotes give.
TAKEN_BEGINNINGS = ("id_", "wagtail", "citat-")


def anchors(stream: Iterable[Any]) -> list[str]:
    """Return the name of each block's place, each different, and empty for a block that has none.

    They are given in order, so that a block added after the others changes none of their names.
    """
    taken: set[str] = set()
    names = []
    for child in stream:
        name = ""
        if child.block_type == "heading":
            name = _free(_heading_name(child.value["text"]), taken)
        elif child.block_type == "quote":
            own = str(child.id or slugify(child.value["speaker"]) or "1")[:8]
            name = _free(f"citat-{own}", taken)
        names.append(name)
    return names


def _heading_name(text: str) -> str:
    name = slugify(text) or "rubrik"
    return f"rubrik-{name}" if name in LAYOUT_IDS or name.startswith(TAKEN_BEGINNINGS) else name


def _free(name: str, taken: set[str]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free)
    return free
