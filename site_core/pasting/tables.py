"""Pasted tables as rows and columns."""

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import StringIO
from typing import Any

from bs4 import Tag

from .cleaning import style_of

MOST_ROWS = 200
MOST_COLUMNS = 20
# A cell with more than this holds text that somebody set beside other text.
LONGEST_CELL = 600
NUMBER = re.compile(r"[-–−+±]?\s?\d[\d\s.,]*\s?(%|‰|kr|kronor|tkr|mkr|mnkr|st|km|kg|ton|€)?", re.I)
NOTHING = {"", "-", "–", "—", ".", "..", "…"}


@dataclass
class Cell:
    text: str = ""
    html: str = ""
    # It holds links or words in bold, which plain cells can't.
    is_rich: bool = False


@dataclass
class Grid:
    """A table without merged cells, with how many there were and how many rows and columns did not fit."""

    rows: list[list[Cell]]
    caption: str = ""
    merged: int = 0
    cut: int = 0

    def as_stored(self) -> dict[str, Any]:
        """Return the table as our block stores it: the first row is the header."""
        kinds = [_kind([row[number] for row in self.rows[1:]]) for number in range(len(self.rows[0]))]
        return {
            "caption": self.caption,
            "columns": [{"type": kind, "heading": cell.text} for kind, cell in zip(kinds, self.rows[0], strict=True)],
            "rows": [
                {"values": [_value(kind, cell) for kind, cell in zip(kinds, row, strict=True)]} for row in self.rows[1:]
            ],
        }

    def as_text(self) -> list[list[str]]:
        return [[cell.text for cell in row] for row in self.rows]


def _kind(cells: list[Cell]) -> str:
    if any(cell.is_rich for cell in cells):
        return "rich_text"
    filled = [cell.text for cell in cells if cell.text not in NOTHING]
    return "number" if filled and all(NUMBER.fullmatch(text) for text in filled) else "text"


def _value(kind: str, cell: Cell) -> str:
    if kind != "rich_text":
        return cell.text
    html = re.sub(r"</?i>", "", cell.html)
    return f"<p>{html}</p>" if html else ""


def read_grid(table: Tag, read_cell: Callable[[Tag], Cell]) -> Grid | None:
    """Read a table of facts; nothing for one that only sets things beside each other."""
    if table.find("table") or table.get("role") in ("presentation", "none"):
        return None
    rows = [row for row in table.find_all("tr") if not row.has_attr("data-gone")]
    placed, merged = _place(rows, read_cell)
    for number in sorted(_hidden_columns(table), reverse=True):
        for row in placed:
            if number < len(row):
                del row[number]
    grid = _squared(placed)
    caption = _title_row(grid, rows)
    grid, cut = _within_limits(_without_empty(grid))
    if len(grid) < 2 or len(grid[0]) < 2:
        return None
    has_headers = table.find("th") is not None
    if not has_headers and (
        table.find(re.compile("^h[1-6]$")) or any(len(cell.text) > LONGEST_CELL for row in grid for cell in row)
    ):
        return None
    if own := table.find("caption"):
        caption = " ".join(own.get_text(" ").split())
    return Grid(grid, caption, merged, cut)


def grid_from_text(text: str) -> Grid | None:
    """Read rows with tabs between the cells, as Excel puts them on the clipboard beside its HTML."""
    lines = csv.reader(StringIO(text.strip("\r\n")), delimiter="\t")
    rows = [[Cell(words := " ".join(value.split()), words) for value in line] for line in lines]
    grid, cut = _within_limits(_without_empty(_squared(rows)))
    return Grid(grid, cut=cut) if grid and grid[0] else None


def _place(rows: list[Tag], read_cell: Callable[[Tag], Cell]) -> tuple[list[list[Cell]], int]:
    """Put each cell in its place; a merged one is repeated in every place that it covers."""
    placed: list[dict[int, Cell]] = [{} for _row in rows]
    merged = 0
    for number, row in enumerate(rows):
        column = 0
        for tag in row.find_all(["td", "th"], recursive=False):
            while column in placed[number]:
                column += 1
            cell = Cell() if tag.has_attr("data-gone") else read_cell(tag)
            down, across = _span(tag, "rowspan", len(rows) - number), _span(tag, "colspan", MOST_COLUMNS)
            merged += cell.text != "" and down * across > 1
            for below in range(number, min(number + down, len(rows))):
                for beside in range(column, column + across):
                    placed[below].setdefault(beside, cell)
            column += across
    return [[row.get(column, Cell()) for column in range(max(row, default=-1) + 1)] for row in placed], merged


def _span(tag: Tag, name: str, most: int) -> int:
    written = str(tag.get(name) or "1")
    number = int(written) if written.isdecimal() and len(written) < 5 else 1
    return min(number or most, most)


def _hidden_columns(table: Tag) -> set[int]:
    hidden, number = set(), 0
    for column in table.find_all("col"):
        width = _span(column, "span", MOST_COLUMNS)
        if column.has_attr("data-gone") or "display:none" in style_of(column):
            hidden |= set(range(number, number + width))
        number += width
    return hidden


def _squared(rows: Iterable[list[Cell]]) -> list[list[Cell]]:
    rows = list(rows)
    width = max((len(row) for row in rows), default=0)
    return [row + [Cell()] * (width - len(row)) for row in rows]


def _title_row(grid: list[list[Cell]], rows: list[Tag]) -> str:
    """Take the first row as the caption where it is one cell across the whole table."""
    if len(grid) < 3 or len(rows[0].find_all(["td", "th"], recursive=False)) != 1 or len(grid[0]) < 2:
        return ""
    return grid.pop(0)[0].text


def _without_empty(grid: list[list[Cell]]) -> list[list[Cell]]:
    """Take rows and columns away in which nothing stands."""
    rows = [row for row in grid if any(cell.text for cell in row)]
    kept = [number for number in range(len(rows[0])) if any(row[number].text for row in rows)] if rows else []
    return [[row[number] for number in kept] for row in rows]


def _within_limits(grid: list[list[Cell]]) -> tuple[list[list[Cell]], int]:
    too_many = max(len(grid) - MOST_ROWS, 0) + max(len(grid[0]) - MOST_COLUMNS if grid else 0, 0)
    return [row[:MOST_COLUMNS] for row in grid[:MOST_ROWS]], too_many
