"""What people type around a quotation by habit: dialogue dashes, bullets and quotation marks.

The site sets the marks itself. Only what stands around the whole is taken away: an inner quotation that begins or
ends it (”Vi vann”, sa hon till ”Bladet”) and the apostrophe of a word (Lars’) belong to what was said.
"""

import re

# Marks of one family open and close each other: the Swedish ones look the same at both ends, and keyboards mix them.
FAMILIES = ('"“”„‟″＂', "'‘’‚‛′`´", "«»", "‹›")
SINGLE = FAMILIES[1]
MARKS = "".join(FAMILIES)
OPENING_CONTEXT = "([{–—-/" + MARKS
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
EDGE = re.compile(rf"^[\s{INVISIBLE}]+|[\s{INVISIBLE}]+$")
# A hyphen, en dash or minus sign right before a digit is a minus.
LEAD = re.compile(r"(?:[-–‐‑‒−](?!\d)|[—―•·●▪◦‣∙\uf0b7*])+[^\S\n]*")
STOPS = ".,;:!?…"


def bare_quotation(text: str) -> str:
    """Return a quotation without the dashes, bullets and marks that stand around the whole of it."""
    while True:
        trimmed = EDGE.sub("", text)
        bare = _without_marks(_without_leads(trimmed))
        if bare == text:
            return bare
        text = bare


def _without_leads(text: str) -> str:
    """Take the dash or bullet away from every line, if the first has one: otherwise there is a list in the text."""
    if not LEAD.match(text):
        return text
    return "\n".join(LEAD.sub("", line, count=1) if LEAD.match(line) else line for line in text.split("\n"))


def _without_marks(text: str) -> str:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > 1:
        if all(_is_wrapped(line) for line in lines):
            return "\n".join(_unwrapped(line.strip()) for line in text.split("\n"))
        if _opens_each(lines):
            inner = "\n".join(line.strip()[1:] if line.strip() else line for line in text.split("\n"))
            return inner[:-1] if inner[-1] in MARKS else inner
    return _unwrapped(text)


def _opens_each(lines: list[str]) -> bool:
    """Whether each paragraph is opened anew and at most the last one closed, as in a long quotation."""
    family = _family(lines[0][0])
    return (
        bool(family)
        and all(line[0] in family and _closed_at(line, family) is None for line in lines[:-1])
        and lines[-1][0] in family
        and _closed_at(lines[-1], family) in (None, len(lines[-1]) - 1)
    )


def _is_wrapped(text: str) -> bool:
    return _unwrapped(text) != text and _family(text[0]) != ""


def _unwrapped(text: str) -> str:
    """Take one pair, or a mark that has lost its other half, away from the ends."""
    if not text:
        return text
    end = len(text.rstrip(STOPS))
    if family := _family(text[0]):
        closed = _closed_at(text, family)
        if closed is not None and closed >= end - 1 and (closed == len(text) - 1 or text[closed + 1 :] in STOPS):
            return text[1:closed] + text[closed + 1 :]
        if closed is None and not (family == SINGLE and text[1:2].isdigit()):
            return text[1:]
    last = text[-1]
    if last in MARKS and last not in SINGLE and _is_left_over(text):
        return text[:-1]
    return text


def _closed_at(text: str, family: str) -> int | None:
    """Return where the mark that the text begins with is closed, or nothing."""
    depth = 0
    for position, kind in _marks(text, family):
        depth += kind
        if depth == 0:
            return position
    return None


def _is_left_over(text: str) -> bool:
    """Whether the last mark closes nothing."""
    depth = 0
    *before, _last = _marks(text, _family(text[-1]))
    for _position, kind in before:
        depth = max(depth + kind, 0)
    return depth == 0


def _marks(text: str, family: str) -> list[tuple[int, int]]:
    """Return the places of a family's marks, each with 1 where it opens and -1 where it closes."""
    found = []
    for position, character in enumerate(text):
        if character not in family:
            continue
        before, after = text[position - 1 : position] if position else "", text[position + 1 : position + 2]
        if (before.isalnum() and after.isalnum()) or (family == SINGLE and _is_genitive(text, position)):
            continue
        opens = position == 0 or before.isspace() or (before in OPENING_CONTEXT and (after.isalnum() or after in MARKS))
        closes = position == len(text) - 1 or not after or after.isspace()
        found.append((position, 1 if opens and not (closes and position) else -1))
    return found


def _is_genitive(text: str, position: int) -> bool:
    """Whether a single mark ends a word such as "Lars’" and the sentence goes on."""
    return text[position - 1 : position].lower() in ("s", "x", "z") and bool(re.match(r"\s\w", text[position + 1 :]))


def _family(character: str) -> str:
    return next((family for family in FAMILIES if character in family), "")
