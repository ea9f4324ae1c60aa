"""What must not come along from another program: what was deleted, hidden or written between colleagues."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString

RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
CLASS_SELECTOR = re.compile(r"\.([\w-]+)\s*$")
OUTLINE_LEVEL = re.compile(r"mso-outline-level:(\d)")
HIDING = re.compile(r"display:none|visibility:hidden|mso-hide:(all|screen)|opacity:0(;|!|$)")
HIDING_CLASS = re.compile(r"(sr-only|visually-?hidden|screen-reader(-text)?)$", re.I)
# Tracked changes as Word, Word on the web and LibreOffice write them, and text that is struck out.
DELETED_CLASS = re.compile(r"msoDel$|TrackChangeTextDeletion", re.I)
COMMENT_CLASS = re.compile(r"MsoComment(Reference|Text|Subject)|msocom(txt|anchor|off)$", re.I)
GOOGLE_COMMENT = re.compile(r"^cmnt\d")
CONTENTS_CLASS = re.compile(r"MsoToc(\d|Heading)$", re.I)
MACHINERY = ["head", "script", "style", "title", "meta", "link", "xml", "noscript", "template", "svg", "canvas"]
CONTROLS = ["button", "input", "select", "textarea", "datalist", "dialog"]
FILMS = ["iframe", "video", "audio", "object", "embed"]
# A table's parts keep their places: a cell that is taken away would move the others.
TABLE_PARTS = {"tr", "td", "th", "col", "colgroup", "thead", "tbody", "tfoot"}


@dataclass
class Pasted:
    """What is left of pasted HTML, with how much of each kind was left out."""

    soup: BeautifulSoup
    left_out: Counter[str] = field(default_factory=Counter)
    # Word says once, in a style sheet, which of its styles are headings.
    heading_classes: dict[str, int] = field(default_factory=dict)


def style_of(tag: Tag) -> str:
    """Return an element's own style without white space, in lower case."""
    return re.sub(r"\s+", "", str(tag.get("style") or "")).lower()


def classes_of(tag: Tag) -> list[str]:
    return [str(name) for name in tag.get_attribute_list("class") if name]


def clean(html: str) -> Pasted:
    """Parse pasted HTML and take away what must not come along."""
    pasted = Pasted(BeautifulSoup(html, "html.parser"))
    hidden_classes = _read_style_sheets(pasted)
    for text in list(pasted.soup.find_all(string=lambda text: isinstance(text, PreformattedString))):
        text.extract()
    _take_away(pasted, "", lambda tag: tag.name in MACHINERY or tag.name in CONTROLS)
    _mark_comments(pasted.soup)
    _take_away(pasted, "comments", _is_comment)
    _take_away(pasted, "deletions", _is_deleted)
    _take_away(pasted, "hidden", lambda tag: _is_hidden(tag, hidden_classes))
    _take_away(pasted, "contents", lambda tag: _has_class(tag, CONTENTS_CLASS))
    _take_away(pasted, "images", lambda tag: tag.name == "img" and not _is_dot(tag))
    _take_away(pasted, "", lambda tag: tag.name in ("img", "picture", "v:shape", "v:imagedata", "v:shapetype"))
    _take_away(pasted, "films", lambda tag: tag.name in FILMS)
    return pasted


def _read_style_sheets(pasted: Pasted) -> set[str]:
    hidden = set()
    for sheet in pasted.soup.find_all("style"):
        for name, rules in _class_rules("".join(str(part) for part in sheet.contents)):
            if HIDING.search(rules):
                hidden.add(name)
            if level := OUTLINE_LEVEL.search(rules):
                pasted.heading_classes[name] = int(level[1])
    return hidden


def _class_rules(css: str) -> Iterator[tuple[str, str]]:
    for selectors, rules in RULE.findall(css):
        for selector in selectors.split(","):
            if match := CLASS_SELECTOR.search(selector.strip()):
                yield match[1], re.sub(r"\s+", "", rules).lower()


def _take_away(pasted: Pasted, kind: str, unwanted: Callable[[Tag], bool]) -> None:
    for tag in list(pasted.soup.find_all(unwanted)):
        if tag.decomposed:
            continue
        if kind and (tag.name in ("img", *FILMS) or tag.get_text(strip=True)):
            pasted.left_out[kind] += 1
        if tag.name in TABLE_PARTS:
            tag.clear()
            tag["data-gone"] = ""
        else:
            tag.decompose()


def _has_class(tag: Tag, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(name) for name in classes_of(tag))


def _is_comment(tag: Tag) -> bool:
    """Comments of Word, the marks that lead to those of Google Docs, and what was marked as one of these."""
    if tag.name == "a" and re.match(r"#(cmnt|_msocom)", str(tag.get("href") or "")):
        return True
    return tag.has_attr("data-comment") or "mso-element:comment" in style_of(tag) or _has_class(tag, COMMENT_CLASS)


def _mark_comments(soup: BeautifulSoup) -> None:
    """Mark the comments that Google Docs puts at the end of what it exports: paragraphs that begin with an anchor."""
    for anchor in soup.find_all("a", id=GOOGLE_COMMENT):
        paragraph = anchor.find_parent("p")
        around = paragraph.parent if paragraph else None
        if around and around.name == "div" and around.find(True) is paragraph:
            around["data-comment"] = ""
        elif paragraph:
            paragraph["data-comment"] = ""


def _is_deleted(tag: Tag) -> bool:
    struck = re.search(r"text-decoration(-line)?:[^;]*line-through", style_of(tag)) is not None
    return tag.name in ("del", "s", "strike") or struck or _has_class(tag, DELETED_CLASS)


def _is_hidden(tag: Tag, hidden_classes: set[str]) -> bool:
    if tag.has_attr("hidden") or HIDING.search(style_of(tag)) or _has_class(tag, HIDING_CLASS):
        return True
    return not hidden_classes.isdisjoint(classes_of(tag))


def _is_dot(image: Tag) -> bool:
    """Whether an image is too small to be seen, as those that count who opens a letter."""
    return any(re.fullmatch(r"[012](px)?", str(image.get(side) or "")) for side in ("width", "height"))
