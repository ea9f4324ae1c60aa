"""Words as they are searched for."""

import pytest

from site_core.text import plain_text, searchable_stems, typeset


@pytest.mark.parametrize(
    ("one", "other"),
    [("kommunerna", "kommun"), ("skolan", "skola"), ("skolans", "skolor"), ("vården", "vård"), ("beslutet", "beslut")],
)
def test_forms_of_a_word_share_their_stem(one: str, other: str) -> None:
    assert searchable_stems(one) == searchable_stems(other)


def test_short_words_keep_their_letters() -> None:
    assert searchable_stems("plan man kan") == ["plan", "man", "kan"]


def test_plain_text_keeps_words_of_different_blocks_apart() -> None:
    assert plain_text("<p>Ett</p><ul><li>två</li><li>tre</li></ul>fyra<br/>fem") == "Ett två tre fyra fem"


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("25 000 enheter och 5 700 sjukhus", "25\u00a0000 enheter och 5\u00a0700 sjukhus"),
        ("den 8 oktober kl. 9", "den 8\u00a0oktober kl.\u00a09"),
        ("49 kommuner, 12 procent", "49\u00a0kommuner, 12\u00a0procent"),
        ("010-123 45 67 och 400 00 Göteborg", "010-123 45 67 och 400 00 Göteborg"),
        ("2018 2019", "2018 2019"),
    ],
)
def test_numbers_stay_with_what_they_count(written: str, held: str) -> None:
    assert typeset(written) == held
