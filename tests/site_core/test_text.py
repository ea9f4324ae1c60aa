"""Words as they are searched for."""

import pytest

from site_core.text import plain_text, searchable_stems


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
