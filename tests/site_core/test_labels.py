"""Labels of files: "Pdf, 118 kB"."""

import pytest

from site_core.media.labels import document_label, file_type_name, format_file_size


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0\u00a0kB"),
        (1, "1\u00a0kB"),
        (499, "1\u00a0kB"),
        (1_499, "1\u00a0kB"),
        (1_500, "2\u00a0kB"),
        (118_000, "118\u00a0kB"),
        (999_499, "999\u00a0kB"),
        (999_500, "1,0\u00a0MB"),
        (1_000_000, "1,0\u00a0MB"),
        (1_240_000, "1,2\u00a0MB"),
        (1_250_000, "1,3\u00a0MB"),
        (23_456_789, "23,5\u00a0MB"),
        (2_500_000_000, "2500,0\u00a0MB"),
    ],
)
def test_size_counts_in_thousands_with_a_decimal_comma(size: int, text: str) -> None:
    assert format_file_size(size) == text


def test_type_is_named_as_people_say_it() -> None:
    assert file_type_name("PDF") == "Pdf"
    assert file_type_name("xlsx") == "Excel"
    assert file_type_name("abc") == "Abc"


def test_label_joins_type_and_size() -> None:
    assert document_label("pdf", 118_000) == "Pdf, 118\u00a0kB"
