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


def plain_text(html: str) -> str:
    """Strip markup from rich text, with a space where a block ends so that words do not run together."""
    return " ".join(strip_tags(re.sub(r"</(p|li|h\d|td|th)>|<br\s*/?>", r"\g<0> ", html)).split())
