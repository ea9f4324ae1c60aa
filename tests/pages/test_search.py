"""Searching the site, on every database the same."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from pages.models import HomePage
from press.models import Municipality, PressIndexPage, PressReleasePage, Topic
from tests.factories import PressReleasePageFactory, StandardPageFactory, add_document, blocks, publish


def found(client: Client, words: str) -> str:
    response = client.get("/sok/", {"q": words})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("words", ["kommun", "kommuner", "kommunerna", "KOMMUNERNAS", "skola", "skolan"])
def test_any_form_of_a_word_finds_the_others(client: Client, press_room: PressIndexPage, words: str) -> None:
    PressReleasePageFactory(parent=press_room, title="Kommunerna om skolan")
    assert "1 träff på" in found(client, words)


def test_lead_body_and_names_of_attachments_are_searched(client: Client, release: PressReleasePage) -> None:
    document = add_document("Budgetunderlaget")
    body = blocks(release, ("text", "<p>Broar och <b>tunnlar</b></p>"), ("heading", {"text": "Tågen", "level": "h2"}))
    attachments = blocks(release, ("document", {"document": document.pk, "title": ""}), field="attachments")
    publish(release, lead="Om järnvägen.", body=body, attachments=attachments)
    assert "Inget hittades" in found(client, "huvudrubrik")
    for words in ("järnväg", "tunnlarna", "tåg", "budgetunderlag", "broar tåg"):
        assert "Nytt avtal" in found(client, words), words


def test_all_words_must_be_there(client: Client, release: PressReleasePage) -> None:
    assert "Inget hittades" in found(client, "avtal giraff")


def test_a_word_in_the_title_counts_most(client: Client, press_room: PressIndexPage) -> None:
    title = PressReleasePageFactory(parent=press_room, title="Årets bussar i länet", lead="Mer trafik.")
    body = PressReleasePageFactory(parent=press_room, title="Något annat", lead="Bussar, bussar och åter bussar i år.")
    publish(body)
    html = found(client, "bussar år")
    assert html.index(title.href) < html.index(body.href)
    by_date = client.get("/sok/", {"q": "bussar år", "ordning": "datum"}).content.decode()
    assert by_date.index(body.href) < by_date.index(title.href)


def test_what_was_found_is_marked_in_title_and_text(client: Client, press_room: PressIndexPage) -> None:
    long_text = "<p>" + "Annat står först. " * 30 + "Sedan kommer broarna &amp; tunnlarna.</p>"
    release = PressReleasePageFactory(parent=press_room, title="Broar <b>", lead="Om vägar.")
    publish(release, body=blocks(release, ("text", long_text)))
    html = found(client, "bro")
    assert "<mark>Broar</mark> &lt;b&gt;" in html
    assert "Sedan kommer <mark>broarna</mark> &amp; tunnlarna." in html
    assert "… " in html


def test_a_search_is_narrowed_by_kind_year_topic_and_municipality(
    client: Client, home: HomePage, press_room: PressIndexPage
) -> None:
    StandardPageFactory(parent=home, title="Bussar överallt")
    topic = Topic.objects.create(name="Resor", slug="resor")
    release = PressReleasePageFactory(parent=press_room, title="Bussar i Borås", live=False)
    release.topics.add(topic)
    release.municipalities.add(Municipality.objects.get(name="Borås"))
    publish(release, at=datetime(2024, 1, 1, 0, 30, tzinfo=timezone.get_default_timezone()))
    for query, pages in {
        "typ=press": ["Bussar i Borås"],
        "typ=sidor": ["Bussar överallt"],
        "ar=2024": ["Bussar i Borås"],
        "ar=2023": [],
        "amne=resor": ["Bussar i Borås"],
        "kommun=boras": ["Bussar i Borås"],
        "kommun=alingsas": [],
        "typ=nonsens": ["Bussar i Borås", "Bussar överallt"],
    }.items():
        results = client.get(f"/sok/?q=bussar&{query}").context["search"].results
        assert [hit.page.title for hit in results] == pages, query
    assert client.get("/sok/?q=bussar&amne=finns-inte").status_code == 404
    assert "Sök överallt" in client.get("/sok/?q=bussar&kommun=alingsas").content.decode()


def test_only_what_anybody_may_see_is_found(client: Client, home: HomePage) -> None:
    StandardPageFactory(parent=home, title="Giraffen utkast", live=False)
    restricted = StandardPageFactory(parent=home, title="Giraffen sluten")
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    assert "Inget hittades på ”giraffen”" in found(client, "giraffen")


def test_a_draft_of_a_public_page_is_not_searched(client: Client, release: PressReleasePage) -> None:
    draft = release.get_latest_revision_as_object()
    draft.title = "Zebrorna kommer"
    draft.save_revision()
    assert "Inget hittades" in found(client, "zebrorna")


@pytest.mark.parametrize(
    "words",
    ["", "   ", "\x00\x01", "a" * 10_000, '"', "'; DROP TABLE", "* OR NOT (", "%", "å" * 300, "NEAR(a b)", "-", "🦒"],
)
def test_odd_words_get_a_page_and_never_an_error(client: Client, release: PressReleasePage, words: str) -> None:
    assert "Vad letar du efter?" in found(client, words)


def test_what_was_typed_is_kept_and_harmless(client: Client, home: HomePage) -> None:
    html = found(client, '<script>alert(1)</script> "giraff"')
    assert "<script>alert" not in html
    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt; &quot;giraff&quot;"' in html


def test_no_hits_gives_advice(client: Client, home: HomePage) -> None:
    html = found(client, "giraff")
    assert "Inget hittades på ”giraff”" in html
    assert "prova färre ord" in html


def test_pages_of_hits(client: Client, press_room: PressIndexPage, settings: object) -> None:
    settings.SEARCH_RESULTS_PER_PAGE = 2  # type: ignore[attr-defined]
    for number in range(3):
        PressReleasePageFactory(parent=press_room, title=f"Giraffen {number}")
    assert "3 träffar på" in found(client, "giraff")
    assert client.get("/sok/", {"q": "giraff", "sida": "2"}).status_code == 200
    assert client.get("/sok/", {"q": "giraff", "sida": "3"}).status_code == 404
