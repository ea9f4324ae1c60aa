"""What other programs put on the clipboard becomes our own blocks; what must not come along does not."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from site_core.blocks.body import BodyBlock
from site_core.pasting.results import Result, read_pasted
from tests.factories import add_user

SAMPLES = Path(__file__).parent / "clipboard"
NAMES = [path.name for path in sorted(SAMPLES.iterdir())]


def pasted(name: str) -> Result:
    return read_pasted((SAMPLES / name).read_text(encoding="utf-8"))


def shape(result: Result) -> list[tuple[str, Any]]:
    """Each block by its type, with what it says."""

    def says(block: dict[str, Any]) -> Any:
        value = block["value"]
        if block["type"] == "heading":
            return value["level"], value["text"]
        if block["type"] == "table":
            rows = [row["values"] for row in value["rows"]]
            return value["caption"], [column["heading"] for column in value["columns"]], rows
        return value

    return [(block["type"], says(block)) for block in result.as_blocks()]


def told(result: Result) -> str:
    return " ".join(result.messages(as_blocks=True))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_deleted_hidden_or_said_between_colleagues_comes_along(name: str) -> None:
    result = pasted(name)
    assert "HEMLIGT" not in str(result.as_blocks()) + result.as_text() + told(result)


@pytest.mark.parametrize("name", NAMES)
def test_the_blocks_can_be_saved_as_they_are(name: str) -> None:
    body = BodyBlock()
    raw = pasted(name).as_blocks()
    for block in raw:
        if block["type"] == "table":
            block["value"]["caption"] = block["value"]["caption"] or "Siffror"
    value = body.to_python(raw)
    body.clean(value)
    assert [part["type"] for part in body.get_form_state(value)] == [block["type"] for block in raw]


def test_word() -> None:
    result = pasted("word.html")
    assert shape(result) == [
        ("heading", ("h2", "Bakgrund")),
        (
            "text",
            "<p>Kommunerna <b>samverkar</b> med Skövde om 5 miljoner.</p><p>Avtalet gäller i tre år.[1]</p>",
        ),
        ("heading", ("h3", "Det här ingår")),
        ("text", "<ul><li>Elevhälsa<ul><li>skolsköterska</li></ul></li><li>Vård</li></ul><ol><li>Först</li></ol>"),
        ("table", ("Tabell 1 Fördelning", ["Kommun", "Andel"], [["Skövde", "12 %"], ["Skövde", "1 234"]])),
        (
            "text",
            '<p>Läs <a href="https://example.se/avtal">avtalet</a> och utkastet.</p><p>[1] Källa: SCB.</p>',
        ),
    ]
    words = told(result)
    assert "2 rubriker, 1 tabell och 1 bild" in words
    assert "Bilder följer inte med: ladda upp dem." in words
    assert "borttagen eller överstruken text, kommentarer, dold text och innehållsförteckningen" in words
    assert "1 länk ledde till en adress" in words
    assert "1 sammanslagen cell" in words


def test_word_on_the_web() -> None:
    assert shape(pasted("word_web.html")) == [
        ("heading", ("h2", "Bakgrund")),
        ("text", "<p>Text <b>fet</b></p><ul><li>Ett<ul><li>Under</li></ul></li><li>Två</li></ul>"),
    ]


def test_outlook() -> None:
    result = pasted("outlook.html")
    assert shape(result) == [
        ("heading", ("h2", "Inbjudan")),
        (
            "text",
            "<p>Hej!</p><p>Välkommen till <b>pressträff</b> tisdag.</p>"
            "<ul><li>Tid: kl. 9</li><li>Plats: Skövde</li></ul>"
            '<p><a href="https://example.se/anmalan">Anmäl dig</a> eller ring '
            '<a href="tel:+46101234567">010-123 45 67</a></p>',
        ),
    ]
    assert "1 rubrik och 1 bild" in told(result)


def test_excel() -> None:
    result = pasted("excel.html")
    assert shape(result) == [
        (
            "table",
            (
                "Invånare 2026",
                ["Kommun", "2025", "2026"],
                [["Skövde", "57 123", "57 900"], ["Tidaholm", "12 700", "–"]],
            ),
        )
    ]
    assert [column["type"] for column in result.as_blocks()[0]["value"]["columns"]] == ["text", "number", "number"]
    assert "dold text" in told(result)


def test_libreoffice() -> None:
    assert shape(pasted("libreoffice.html")) == [
        ("heading", ("h2", "Bakgrund")),
        ("text", "<p>Text med not¹ och CO₂.</p><ol><li>Ett<ul><li>Ett under</li></ul></li><li>Två</li></ol>"),
        ("heading", ("h3", "Djup rubrik")),
        ("heading", ("h2", "Delrubrik")),
        ("table", ("", ["Ämne", "Svar"], [["A", '<p><a href="https://example.se/a">svar</a></p>']])),
        ("text", "<p>1 Källa.</p>"),
    ]


def test_google_docs() -> None:
    assert shape(pasted("google_docs.html")) == [
        ("heading", ("h2", "Bakgrund")),
        (
            "text",
            "<p>Vanlig <b>fet</b> <i>kursiv</i></p><ul><li>Ett<ul><li>Under</li></ul></li><li>Två</li></ul>",
        ),
        ("table", ("", ["År", "Antal"], [["2026", "49"]])),
    ]


def test_a_web_page() -> None:
    result = pasted("web_page.html")
    assert shape(result) == [
        ("heading", ("h2", "Så går det till")),
        (
            "text",
            "<p>Först en <i>sak</i>.<br/>Ny rad.</p><p>Kartan. Foto: Anna</p>"
            "<ul><li>Ett<ol><li>inre</li></ol></li><li>Två</li></ul><p>Citerat.</p><p><b>Ord</b></p><p>Betydelse</p>"
            '<p>rad 1<br/>rad 2</p><p>Knapp <a href="https://example.se/b?a=1&amp;b=2">Länk</a></p>',
        ),
    ]
    assert "1 rubrik, 1 bild och 1 film" in told(result)


def test_where_only_text_fits_nothing_is_lost_and_it_is_told() -> None:
    table = "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"
    result = read_pasted(f"<h2>Rubrik</h2><ul><li>a</li></ul>{table}")
    assert result.as_text(lists=False) == "<p><b>Rubrik</b></p><p>– a</p><p>A | B</p><p>1 | 2</p>"
    words = " ".join(result.messages(as_blocks=False, lists=False))
    assert "Här finns ingen plats för rubriker och tabeller" in words
    assert "Här finns ingen plats för listor" in words


def test_plain_paragraphs_are_told_nothing_about() -> None:
    result = read_pasted("<p>a <b>b</b></p><ul><li>c</li></ul>")
    assert result.is_plain()
    assert result.messages(as_blocks=True) == []


def test_rows_with_tabs_are_a_table() -> None:
    grid = read_pasted("", 'Kommun\tAntal\r\n"Rad 1\nrad 2"\t49\r\n').grid()
    assert grid is not None
    assert grid.as_text() == [["Kommun", "Antal"], ["Rad 1 rad 2", "49"]]


def test_a_table_too_large_is_cut_with_a_word() -> None:
    rows = "".join(f"<tr><td>{number}</td><td>x</td></tr>" for number in range(1000))
    result = read_pasted(f"<table>{rows}</table>")
    grid = result.grid()
    assert grid is not None
    assert len(grid.rows) == 200
    assert "800 rader och kolumner kom inte med" in told(result)


PIECES = [
    *("<p>", "</p>", "<ul>", "<li>", "</li>", "<ol>", "<table>", "<tr>", "<td rowspan=9999999>", "<td colspan=0>"),
    *("</td>", "</tr>", "</table>", "<h1>", "</h1>", "a", "<br>", "<b>", "</b>", "<a href=x>", "<del>", "<![if x]>"),
    *("<span style='mso-list:l0 level99'>", "<p style='mso-list:l0 level0'>", "<col span=99999>", "<div hidden>"),
    *("<pre>", "<sup>", "1", "&", "<", "<caption>", "<style>", "<li aria-level=²>", "<p role=heading aria-level=²>"),
    *("<th>", "</div>", "<!--"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
@settings(max_examples=200, deadline=None)
def test_broken_html_is_read_all_the_same(parts: list[str]) -> None:
    result = read_pasted(" ".join(parts))
    body = BodyBlock()
    body.get_form_state(body.to_python(result.as_blocks()))
    result.as_text()
    result.messages(as_blocks=True)


@pytest.mark.django_db
def test_only_editors_are_answered_and_too_much_is_refused(client: Client) -> None:
    address = reverse("read_clipboard")
    assert client.post(address, {"html": "<p>a</p>"}).status_code == 302
    client.force_login(add_user("Redaktörer"))
    assert client.get(address).status_code == 405
    assert client.post(address, {"html": "<h2>Nu</h2><p>a</p>"}).json()["parts"][0]["value"]["text"] == "Nu"
    answer = client.post(address, {"html": "a" * 2_100_000})
    assert answer.status_code == 413
    assert "en del i taget" in answer.json()["error"]
    assert client.post(address, {"html": "<div>" * 20_000}).status_code == 400
