"""Plain text and Swedish word stems for searching."""

import re
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone
from django.utils.dates import MONTHS as MONTH_NAMES
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from snowballstemmer import stemmer as get_stemmer

NO_BREAK_SPACE = "\u00a0"
# The length, in characters, of what is shown around a hit.
EXCERPT = 220
WORD = re.compile(r"\w+")


# Snowball's Swedish rules know nothing of this definite form ("skolan", "skolans"), the commonest of all.
DEFINITE_AN = re.compile(r"(?<=\w{3})ans?$")


def searchable_stems(text: str) -> list[str]:
    """Split text into lower-case words and reduce each to its Swedish stem ("kommunerna" to "kommun")."""
    return _stems(WORD.findall(text.lower()))


def _stems(words: list[str]) -> list[str]:
    # A stemmer keeps the word it works on, so two threads must not share one.
    return [DEFINITE_AN.sub("", stem) for stem in get_stemmer("swedish").stemWords(words)]


MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
COUNTED = f"(?:{MONTHS}|procent|kronor|kommuner|kr|kB|MB|km)\\b|%"
LOOSE_SPACE = re.compile(rf"(?<=\d) (?=\d{{3}}(?!\d)|{COUNTED})|(?<=\bkl\.) (?=\d)")


def typeset(text: str) -> str:
    """Hold numbers together with what belongs to them: "5 700", "8 oktober" and "kl. 9" never break over two lines."""
    return LOOSE_SPACE.sub("\u00a0", text)


def swedish_date(value: datetime | None) -> str:
    """Write a day as "23 november 2026", held together on one line."""
    if not value:
        return ""
    day = timezone.localtime(value)
    return f"{day.day}{NO_BREAK_SPACE}{MONTH_NAMES[day.month]}{NO_BREAK_SPACE}{day.year}"


def plain_text(html: str) -> str:
    """Strip markup from rich text, with a space where a block ends so that words do not run together."""
    return " ".join(strip_tags(re.sub(r"</(p|li|h\d|td|th)>|<br\s*/?>", r"\g<0> ", html)).split())


def highlight(text: str, stems: list[str]) -> SafeString:
    """Escape text and mark the words in it that were searched for."""
    parts, end = [], 0
    for start, stop in _hits(text, stems):
        parts += [escape(text[end:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        end = stop
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 -- every piece is escaped


def excerpt(summary: str, whole_text: Callable[[], str], stems: list[str]) -> SafeString:
    """Return the summary with hits marked, or, where it has none, the surroundings of the first hit in the text."""
    if _hits(summary, stems):
        return highlight(summary, stems)
    text = whole_text()
    if not (hits := _hits(text, stems)):
        return highlight(summary, stems)
    start, end = max(hits[0][0] - EXCERPT // 3, 0), hits[0][0] + EXCERPT
    # Whole words only.
    piece = text[start:end]
    if start:
        piece = f"… {piece.partition(' ')[2]}"
    if end < len(text):
        piece = f"{piece.rpartition(' ')[0]} …"
    return highlight(piece, stems)


def _hits(text: str, stems: list[str]) -> list[tuple[int, int]]:
    """Find the words of a text that a search matches: the last one asked for may be the beginning of a word."""
    if not stems:
        return []
    last, wanted = stems[-1], set(stems)
    words = list(WORD.finditer(text))
    found = zip(words, _stems([word.group().lower() for word in words]), strict=True)
    return [word.span() for word, stem in found if stem in wanted or stem.startswith(last)]
