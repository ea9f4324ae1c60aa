"""Plain text and Swedish word stems for searching."""

import re

from django.utils.html import strip_tags
from snowballstemmer import stemmer as get_stemmer

WORD = re.compile(r"\w+")


# Snowball's Swedish rules know nothing of this definite form ("skolan", "skolans"), the commonest of all.
DEFINITE_AN = re.compile(r"(?<=\w{3})ans?$")


def searchable_stems(text: str) -> list[str]:
    """Split text into lower-case words and reduce each to its Swedish stem ("kommunerna" to "kommun")."""
    # A stemmer keeps the word it works on, so two threads must not share one.
    stems = get_stemmer("swedish").stemWords(WORD.findall(text.lower()))
    return [DEFINITE_AN.sub("", stem) for stem in stems]


MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
COUNTED = f"(?:{MONTHS}|procent|kronor|kommuner|kr|kB|MB|km)\\b|%"
LOOSE_SPACE = re.compile(rf"(?<=\d) (?=\d{{3}}(?!\d)|{COUNTED})|(?<=\bkl\.) (?=\d)")


def typeset(text: str) -> str:
    """Hold numbers together with what belongs to them: "5 700", "8 oktober" and "kl. 9" never break over two lines."""
    return LOOSE_SPACE.sub("\u00a0", text)


def plain_text(html: str) -> str:
    """Strip markup from rich text, with a space where a block ends so that words do not run together."""
    return " ".join(strip_tags(re.sub(r"</(p|li|h\d|td|th)>|<br\s*/?>", r"\g<0> ", html)).split())
