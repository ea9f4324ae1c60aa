"""Pasted HTML as a row of headings, lines, list items and tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape
from urllib.parse import parse_qs, urlsplit

from bs4 import NavigableString, Tag

from site_core.validators import is_safe_link

from .cleaning import OUTLINE_LEVEL, Pasted, classes_of, style_of
from .tables import Cell, Grid, read_grid

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
SPACES = re.compile(r"[ \t\n\r\f\v\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
BLOCKS = re.compile(
    "address|article|aside|blockquote|body|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    "h[1-6]|header|hr|html|legend|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
PARAGRAPH = re.compile("p|h[1-6]")
HEADING_CLASS = re.compile(r"(?:Mso)?Heading([1-9])$|MsoTitle$")
WORD_LIST = re.compile(r"mso-list:l\d+level(\d)")
LIST_CLASS = re.compile(r"MsoList(Paragraph|Bullet|Number)")
MARKER = re.compile(r"^\s*([·•●▪◦§–\uf0a7\uf0b7-]|o(?=\s)|\(?(?:\d{1,3}|[a-zåäö]|[ivx]+)[.)])\s+", re.I)
ORDERED = re.compile(r"\(?[\da-zåäö]+[.)]", re.I)
RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
DEEPEST = 4
LONGEST_HEADING = 120


@dataclass
class Heading:
    level: int
    text: str


@dataclass
class Line:
    html: str
    # A line that Word set as the caption of a table or picture.
    is_caption: bool = False


@dataclass
class Item:
    html: str
    depth: int
    ordered: bool


@dataclass
class Table:
    grid: Grid


Element = Heading | Line | Item | Table


@dataclass(frozen=True)
class Look:
    """How a piece of text looks: what our running text can hold."""

    bold: bool = False
    italic: bool = False
    href: str = ""
    script: str = ""
    keep_lines: bool = False


@dataclass
class Run:
    text: str
    look: Look


BREAK = Run("\n", Look())


@dataclass
class Reader:
    """Walks through pasted HTML and notes its elements in order."""

    pasted: Pasted
    # In a cell of a table: neither headings nor tables.
    inline: bool = False
    elements: list[Element] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    item: Item | None = None
    is_caption: bool = False

    def read(self, node: Tag, look: Look = Look(), depth: int = -1, ordered: bool = False) -> None:
        for child in node.children:
            if isinstance(child, NavigableString):
                self.add_text(str(child), look)
            elif isinstance(child, Tag):
                self.read_tag(child, look, depth, ordered)

    def read_tag(self, tag: Tag, look: Look, depth: int, ordered: bool) -> None:
        if tag.name == "br":
            self.runs.append(BREAK)
        elif tag.name == "table":
            self.read_table(tag, look)
        elif tag.name in ("ul", "ol", "menu"):
            self.flush()
            self.read(tag, look, depth + 1, tag.name == "ol")
            self.flush()
        elif tag.name == "li":
            self.read_item(tag, look, max(depth, _written_depth(tag), 0), ordered)
        elif BLOCKS.fullmatch(tag.name):
            self.read_block(tag, look, depth, ordered)
        elif tag.name == "q":
            self.add_text("”", look)
            self.read(tag, look, depth, ordered)
            self.add_text("”", look)
        else:
            self.read(tag, self.look_within(tag, look), depth, ordered)

    def read_block(self, tag: Tag, look: Look, depth: int, ordered: bool) -> None:
        self.flush()
        level = 0 if self.inline or self.item else self.heading_level(tag)
        if level:
            self.read_heading(tag, level)
            return
        if self.item is None and (item := _word_item(tag)):
            self.item = item
            self.read(tag, self.look_within(tag, look))
            self.flush()
            self.item = None
            return
        self.is_caption = "MsoCaption" in classes_of(tag) or tag.name == "figcaption"
        self.read(tag, self.look_within(tag, look), depth, ordered)
        self.flush()
        self.is_caption = False

    def read_heading(self, tag: Tag, level: int) -> None:
        _word_item(tag)
        reader = Reader(self.pasted, inline=True)
        reader.read(tag)
        lines = reader.finish()
        text = " ".join(element.html for element in lines if isinstance(element, Line | Item))
        words = plain(text)
        if len(words) > LONGEST_HEADING:
            self.elements += lines
        elif words:
            self.elements.append(Heading(level, words))

    def read_item(self, tag: Tag, look: Look, depth: int, ordered: bool) -> None:
        self.flush()
        outer = self.item
        self.item = Item("", min(depth, DEEPEST), ordered)
        self.read(tag, self.look_within(tag, look), depth, ordered)
        self.flush()
        self.item = outer

    def read_table(self, tag: Tag, look: Look) -> None:
        self.flush()
        grid = None if self.inline else read_grid(tag, self.read_cell)
        if grid is None:
            # A table that only sets things beside each other, as in letters.
            self.read(tag, look)
            self.flush()
            return
        self.pasted.left_out["merged"] += grid.merged
        self.pasted.left_out["cut"] += grid.cut
        self.elements.append(Table(grid))

    def read_cell(self, tag: Tag) -> Cell:
        reader = Reader(self.pasted, inline=True)
        reader.read(tag)
        lines = [element.html for element in reader.finish() if isinstance(element, Line | Item)]
        html = "<br/>".join(lines)
        bold_whole = re.fullmatch(r"<b>[^<]*</b>", html)
        is_rich = not bold_whole and re.search(r"<(a|b)\b", html) is not None
        return Cell(" ".join(plain(line) for line in lines), html, is_rich)

    def heading_level(self, tag: Tag) -> int:
        if re.fullmatch("h[1-6]", tag.name):
            return int(tag.name[1])
        if level := OUTLINE_LEVEL.search(style_of(tag)):
            return int(level[1])
        if tag.get("role") == "heading":
            return int(str(tag.get("aria-level"))) if str(tag.get("aria-level")).isdecimal() else 2
        for name in classes_of(tag):
            if match := HEADING_CLASS.match(name):
                return int(match[1] or 1)
            if name in self.pasted.heading_classes:
                return self.pasted.heading_classes[name]
        return 0

    def look_within(self, tag: Tag, look: Look) -> Look:
        style = style_of(tag)
        weight = re.search(r"(?:^|;)font-weight:(\w+)", style)
        slant = re.search(r"(?:^|;)font-style:(\w+)", style)
        bold, italic = look.bold or tag.name in ("b", "strong", "dt"), look.italic or tag.name in ("i", "em")
        if weight:
            bold = weight[1] in ("bold", "bolder", "600", "700", "800", "900")
        if slant:
            italic = slant[1] in ("italic", "oblique")
        look = replace(look, bold=bold, italic=italic)
        raised = re.search(r"vertical-align:(super|sub)(;|$)", style)
        if raised or tag.name in ("sup", "sub"):
            look = replace(look, script=(raised[1] if raised else tag.name)[:3])
        if tag.name == "pre":
            look = replace(look, keep_lines=True)
        if tag.name == "a" and tag.get("href"):
            look = replace(look, href=self.link(str(tag["href"])))
        return look

    def link(self, href: str) -> str:
        href = _without_watcher(href.strip())
        if href.startswith("#"):
            # A place in the document that was copied from, such as a footnote.
            return ""
        if not is_safe_link(href):
            self.pasted.left_out["links"] += 1
            return ""
        return href

    def add_text(self, text: str, look: Look) -> None:
        text = INVISIBLE.sub("", text)
        if look.keep_lines:
            for number, line in enumerate(text.split("\n")):
                self.runs += [BREAK] if number else []
                self.runs.append(Run(SPACES.sub(" ", line), look))
            return
        text = SPACES.sub(" ", text)
        table = {"sup": RAISED, "sub": LOWERED}.get(look.script, {})
        if all(ord(character) in table for character in text.strip()):
            # What would otherwise change its meaning: m2, 106 and the number of a note.
            text = text.translate(table)
        self.runs.append(Run(text, look))

    def flush(self) -> None:
        """End the line that is being read."""
        runs, self.runs = self.runs, []
        for html in filter(None, (_written(part) for part in _paragraphs(runs))):
            if self.item is None:
                self.elements.append(Line(html, self.is_caption))
            elif self.elements and self.elements[-1] is self.item:
                self.item.html += f"<br/>{html}"
            else:
                self.item = replace(self.item, html=html)
                self.elements.append(self.item)

    def finish(self) -> list[Element]:
        self.flush()
        return self.elements


def plain(html: str) -> str:
    """Return the words of a line."""
    text = re.sub(r"<br/>", " ", html)
    text = re.sub(r"<[^>]+>", "", text)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return " ".join(text.split())


def _paragraphs(runs: list[Run]) -> Iterator[list[Run]]:
    """Split at two line breaks or more, which letters and web pages set between paragraphs."""
    part: list[Run] = []
    breaks = 0
    for run in runs:
        if run is BREAK:
            breaks += 1
        elif not run.text.strip():
            part += [run] if not breaks else []
        else:
            if breaks > 1:
                yield part
                part = []
            elif breaks and part:
                part.append(BREAK)
            breaks = 0
            part.append(run)
    yield part


def _written(runs: list[Run]) -> str:
    html, before = "", " "
    for run in _joined(runs):
        text = run.text.lstrip() if before.endswith((" ", "\n")) else run.text
        if run is BREAK:
            html, text = html.rstrip(), "\n"
        before = text or before
        html += "<br/>" if run is BREAK else _dressed(text, run.look)
    return html.strip()


def _joined(runs: list[Run]) -> Iterator[Run]:
    """Put runs of the same look together: Word starts a new one wherever its spelling checker stopped."""
    last: Run | None = None
    for run in runs:
        same = last is not None and last is not BREAK and run is not BREAK
        if last is not None and same and (last.look == run.look or not run.text.strip()):
            last = Run(re.sub(" +", " ", last.text + run.text), last.look)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def _dressed(text: str, look: Look) -> str:
    words = text.strip()
    if not words:
        return text
    html = escape(words)
    for wanted, name in ((look.italic, "i"), (look.bold, "b")):
        html = f"<{name}>{html}</{name}>" if wanted else html
    if look.href:
        html = f'<a href="{escape(look.href)}">{html}</a>'
    start, end = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{start}{html}{end}"


def _written_depth(tag: Tag) -> int:
    """The depth that Word on the web and Google Docs write on a list item, whose lists are not inside each other."""
    level = str(tag.get("data-aria-level") or tag.get("aria-level") or "")
    return int(level) - 1 if level.isdecimal() else 0


def _word_item(tag: Tag) -> Item | None:
    """Read one of Word's paragraphs that only look like list items, and take its mark away."""
    style = WORD_LIST.search(style_of(tag))
    is_paragraph = style is not None or (PARAGRAPH.fullmatch(tag.name) and not tag.find(PARAGRAPH))
    marks = [part for part in tag.find_all("span") if "mso-list:ignore" in style_of(part)] if is_paragraph else []
    if style or marks:
        mark = "".join(part.get_text() for part in marks).strip()
        for part in marks:
            part.decompose()
        depth = int(style[1]) - 1 if style else 0
        return Item("", min(max(depth, 0), DEEPEST), ORDERED.match(mark) is not None)
    if (
        is_paragraph
        and any(LIST_CLASS.match(name) for name in classes_of(tag))
        and (match := MARKER.match(tag.get_text()))
    ):
        _take_from_start(tag, len(match[0]))
        return Item("", 0, ORDERED.match(match[1]) is not None)
    return None


def _take_from_start(tag: Tag, length: int) -> None:
    for text in list(tag.find_all(string=True)):
        if length <= 0:
            return
        words = str(text)
        text.replace_with(NavigableString(words[length:]))
        length -= len(words)


def _without_watcher(href: str) -> str:
    """Return where a link leads that Outlook has put its own address before, with the reader's in it."""
    try:
        parts = urlsplit(href)
        host = parts.hostname or ""
    except ValueError:
        return href
    if host.endswith(".safelinks.protection.outlook.com"):
        return parse_qs(parts.query).get("url", [href])[0]
    return href
