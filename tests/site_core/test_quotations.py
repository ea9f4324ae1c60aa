"""Quotation marks and dashes typed by habit are taken away, and what was said is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_core.quotations import bare_quotation

PAIRS = ["””", "“”", '""', "»»", "»«", "«»", "’’", "''", "„“", "„”", "‘’", "‹›", "`´"]
LEADS = ["- ", "— ", "– ", "− ", "• ", "—", "•", "–\u00a0", "―", "* ", "\uf0b7\t", '"', "’", "- ”", "– ", "  – "]
WORDS = st.lists(st.text("abcåäöÅÄÖ", min_size=1, max_size=6), min_size=1, max_size=6).map(" ".join)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("– ”Vi vann.”", "Vi vann."),
        ("”– Vi vann.”", "Vi vann."),
        ("”Vi vann”.", "Vi vann."),
        ("Vi vann.”", "Vi vann."),
        ("’Lars’ bok är bra’", "Lars’ bok är bra"),
        ("”Boken är Lars’”", "Boken är Lars’"),
        ("”Han sa ”ja” till oss”", "Han sa ”ja” till oss"),
        ("””Vi vann”, sa hon till ”Bladet””", "”Vi vann”, sa hon till ”Bladet”"),
        ("– Vi vann.\n– Vi är glada.", "Vi vann.\nVi är glada."),
        ("”Vi vann.\n\n”Vi är glada.”", "Vi vann.\n\nVi är glada."),
        ("”Vi vann.”\n”Vi är glada.”", "Vi vann.\nVi är glada."),
    ],
)
def test_what_stands_around_the_whole_is_taken_away(typed: str, kept: str) -> None:
    assert bare_quotation(typed) == kept


@pytest.mark.parametrize(
    "said",
    [
        "”Vi vann”, sa hon till ”Bladet”",
        '"Vi vann", sa hon till "Bladet"',
        "’Vi vann’, sa hon till ’Bladet’",
        "”En bra dag”, sa hon. ”Mycket bra.”",
        "Hon läste ”Bladet”",
        "”Bladet” skrev det",
        "Boken är Lars’",
        "–5 grader var det",
        "’90-talet var bra",
        "Vi har mål:\n- skola\n- vård",
        "Hon sa:\n”Vi vann.”",
    ],
)
def test_what_belongs_to_what_was_said_stays(said: str) -> None:
    assert bare_quotation(said) == said


@given(WORDS, st.sampled_from(LEADS), st.sampled_from(PAIRS), st.sampled_from(["", ".", "!"]))
@settings(max_examples=200, deadline=None)
def test_every_habit_leaves_the_words(words: str, lead: str, pair: str, stop: str) -> None:
    said = words + stop
    assert bare_quotation(f"{lead}{said}") == said
    assert bare_quotation(f"{pair[0]}{said}{pair[1]}") == said
    assert bare_quotation(f"{lead}{pair[0]}{said}{pair[1]} ") == said


@given(st.text("ab 5.,’'”\"»«–-•\n\t\u00a0", max_size=30))
@settings(max_examples=500, deadline=None)
def test_no_word_is_lost_and_twice_is_as_once(text: str) -> None:
    bare = bare_quotation(text)
    assert [c for c in bare if c.isalnum()] == [c for c in text if c.isalnum()]
    assert bare_quotation(bare) == bare
