"""Blocks made of what was pasted, and what the editor is told about it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .cleaning import clean
from .reading import Element, Heading, Item, Line, Reader, Table, plain
from .tables import Grid, grid_from_text

PROSE = (Line, Item)


@dataclass
class Result:
    """What was pasted, in a form for each place where it may land."""

    elements: list[Element]
    left_out: Counter[str]

    def grid(self) -> Grid | None:
        return next((element.grid for element in self.elements if isinstance(element, Table)), None)

    def as_blocks(self) -> list[dict[str, Any]]:
        """Return the row of blocks, in the stored form of a body."""
        blocks: list[dict[str, Any]] = []
        prose: list[Element] = []
        levels = _levels(self.elements)
        for element in _with_captions(self.elements):
            if isinstance(element, PROSE):
                prose.append(element)
                continue
            blocks += _text_block(prose)
            prose = []
            if isinstance(element, Heading):
                heading = {"text": element.text, "level": levels[element.level]}
                blocks.append({"type": "heading", "value": heading})
            else:
                blocks.append({"type": "table", "value": element.grid.as_stored()})
        return blocks + _text_block(prose)

    def as_text(self, *, lists: bool = True) -> str:
        """Return all of it as running text: a heading is a line in bold, a row of a table a line."""
        flat: list[Element] = []
        for element in self.elements:
            if isinstance(element, Heading):
                flat.append(Line(f"<b>{escape(element.text)}</b>"))
            elif isinstance(element, Table):
                flat += [Line(escape(" | ".join(filter(None, row)))) for row in element.grid.as_text()]
            elif isinstance(element, Item) and not lists:
                flat.append(Line(f"– {element.html}"))
            else:
                flat.append(element)
        return prose_html(flat)

    def is_plain(self) -> bool:
        """Whether running text can hold all of it."""
        return all(isinstance(element, PROSE) for element in self.elements)

    def messages(self, *, as_blocks: bool, lists: bool = True) -> list[str]:
        """Say in words what the pasted text held, what became of it and what was left out."""
        kinds = Counter(type(element) for element in self.elements)
        headings, tables, items = kinds[Heading], kinds[Table], kinds[Item]
        images, films = self.left_out["images"], self.left_out["films"]
        found = [
            *([ngettext("%d heading", "%d headings", headings) % headings] if headings else []),
            *([ngettext("%d table", "%d tables", tables) % tables] if tables else []),
            *([ngettext("%d image", "%d images", images) % images] if images else []),
            *([ngettext("%d film", "%d films", films) % films] if films else []),
        ]
        told = [_("What you pasted held %s.") % get_text_list(found, _("and"))] if found else []
        if headings or tables:
            told.append(
                _("Headings and tables became blocks of their own.")
                if as_blocks
                else _("There is no room for headings and tables here: they became lines of text.")
            )
        if items and not lists:
            told.append(_("There is no room for lists here: they became lines of text."))
        if len({element.level for element in self.elements if isinstance(element, Heading)}) > 2 and as_blocks:
            told.append(_("Headings have two levels here: those below became sub-headings."))
        if as_blocks and any(isinstance(e, Table) and not e.grid.caption for e in _with_captions(self.elements)):
            told.append(_("Write a caption for each table."))
        return told + list(left_out_messages(self.left_out))


def filled_message(grid: Grid) -> str:
    """Say how much of one of our tables was filled."""
    rows, columns = len(grid.rows), len(grid.rows[0])
    return _("The table was filled with %(rows)s and %(columns)s.") % {
        "rows": ngettext("%d row", "%d rows", rows) % rows,
        "columns": ngettext("%d column", "%d columns", columns) % columns,
    }


def left_out_messages(left_out: Counter[str]) -> Iterator[str]:
    """Say what did not come along."""
    if left_out["images"]:
        yield _("Images don't come along: upload them.")
    if left_out["films"]:
        yield _("Films don't come along: add a film block with the film's address.")
    pieces = [
        *([_("deleted or struck-out text")] if left_out["deletions"] else []),
        *([_("comments")] if left_out["comments"] else []),
        *([_("hidden text")] if left_out["hidden"] else []),
        *([_("the table of contents")] if left_out["contents"] else []),
    ]
    if pieces:
        yield _("Left out: %s.") % get_text_list(pieces, _("and"))
    if links := left_out["links"]:
        yield (
            ngettext(
                "%d link led to an address that readers can't open: its words are left.",
                "%d links led to addresses that readers can't open: their words are left.",
                links,
            )
            % links
        )
    if merged := left_out["merged"]:
        yield (
            ngettext(
                "%d merged cell was taken apart: what it held stands in each of its cells.",
                "%d merged cells were taken apart: what they held stands in each of their cells.",
                merged,
            )
            % merged
        )
    if cut := left_out["cut"]:
        yield (
            ngettext(
                "%d row or column was left out: the table is too large.",
                "%d rows and columns were left out: the table is too large.",
                cut,
            )
            % cut
        )


def read_pasted(html: str, text: str = "") -> Result:
    """Read what the clipboard holds: its HTML, or, where there is none, rows with tabs between the cells."""
    if not html:
        grid = grid_from_text(text)
        return Result([Table(grid)] if grid else [], Counter({"cut": grid.cut}) if grid else Counter())
    pasted = clean(html)
    reader = Reader(pasted)
    reader.read(pasted.soup)
    return Result(reader.finish(), pasted.left_out)


def _levels(elements: Iterable[Element]) -> dict[int, str]:
    """Choose our two levels for those of the pasted headings. The first heading is a main one, whatever its level.

    A single heading above all others, as a document's title is, doesn't push its headings down to sub-headings when
    there are three levels.
    """
    order = [element.level for element in elements if isinstance(element, Heading)]
    levels = sorted(set(order))
    main = set(levels[:1])
    if len(levels) > 2 and order.count(levels[0]) == 1 and order[0] == levels[0]:
        main = set(levels[:2])
    if order and order[0] not in main:
        main = {level for level in levels if level <= order[0]}
    return {level: "h2" if level in main else "h3" for level in levels}


def _with_captions(elements: list[Element]) -> list[Element]:
    """Give each table without a caption the one that Word has set right above or below it."""
    kept = list(elements)
    for table in [element for element in kept if isinstance(element, Table) and not element.grid.caption]:
        place = next(number for number, element in enumerate(kept) if element is table)
        for beside in (place - 1, place + 1):
            line = kept[beside] if 0 <= beside < len(kept) else None
            if isinstance(line, Line) and line.is_caption:
                table.grid.caption = plain(line.html)
                del kept[beside]
                break
    return kept


def _text_block(prose: list[Element]) -> list[dict[str, Any]]:
    return [{"type": "text", "value": prose_html(prose)}] if prose else []


def prose_html(prose: Iterable[Element]) -> str:
    """Write lines and list items as running text."""
    html: list[str] = []
    open_lists: list[str] = []

    def close_to(depth: int) -> None:
        while len(open_lists) > depth:
            html.append(f"</li></{open_lists.pop()}>")

    for element in prose:
        if not isinstance(element, Item):
            close_to(0)
            html.append(f"<p>{element.html}</p>" if isinstance(element, Line) else "")
            continue
        depth = min(element.depth, len(open_lists))
        name = "ol" if element.ordered else "ul"
        close_to(depth + 1)
        if len(open_lists) == depth + 1 and open_lists[-1] != name:
            close_to(depth)
        if len(open_lists) == depth + 1:
            html.append("</li><li>")
        else:
            open_lists.append(name)
            html.append(f"<{name}><li>")
        html.append(element.html)
    close_to(0)
    return "".join(html)
