"""What a reader of a press release gets."""

from datetime import UTC, datetime

import time_machine
from django.test import Client

from press.models import PressContact, PressIndexPage, PressReleasePage, ReleaseContact
from site_core.choices import ChangeType
from site_core.models import OrganisationSettings
from tests.factories import ImageFactory, PressContactFactory, PressReleasePageFactory, add_document, blocks, publish

MORNING = datetime(2026, 3, 2, 7, 5, tzinfo=UTC)


def read(client: Client, release: PressReleasePage) -> str:
    response = client.get(release.url)
    assert response.status_code == 200
    return response.content.decode()


def test_a_quote_names_its_speaker_and_role(client: Client, release: PressReleasePage) -> None:
    quote = {"text": "Det här är bra.", "speaker": "Anna Berg", "role": "direktör", "organisation": "VästKom"}
    html = read(client, publish(release, body=blocks(release, ("quote", quote))))
    assert "<blockquote><p>”Det här är bra.”</p></blockquote>" in html
    assert '<figcaption><span class="quote__speaker">Anna Berg</span>, direktör, VästKom ' in html


def test_what_an_editor_writes_is_never_markup(client: Client, release: PressReleasePage) -> None:
    evil = '<script>alert("1")</script>'
    body = blocks(
        release,
        ("quote", {"text": evil, "speaker": evil, "role": evil, "organisation": evil}),
        ("heading", {"text": evil, "level": "h2"}),
        ("facts", {"title": evil, "text": "<p>Fakta</p>"}),
    )
    assert "<script>alert" not in read(client, publish(release, title=evil, lead=evil, body=body))


def test_the_day_is_written_in_swedish_time(client: Client, press_room: PressIndexPage) -> None:
    with time_machine.travel(datetime(2026, 12, 31, 23, 30, tzinfo=UTC), tick=False):
        release = publish(PressReleasePageFactory(parent=press_room, live=False))
    assert '<time datetime="2027-01-01T00:30+01:00">1\u00a0januari\u00a02027</time>' in read(client, release)


def test_the_clock_is_shown_on_the_day_itself(client: Client, press_room: PressIndexPage) -> None:
    with time_machine.travel(MORNING, tick=False):
        release = publish(PressReleasePageFactory(parent=press_room, live=False))
        assert "2\u00a0mars\u00a02026 kl.\u00a008.05</time>" in read(client, release)
    with time_machine.travel(datetime(2026, 3, 3, 7, 0, tzinfo=UTC), tick=False):
        assert "kl." not in read(client, release)


def test_a_major_change_is_told_at_the_top_and_in_the_history(client: Client, release: PressReleasePage) -> None:
    assert "Uppdaterad" not in read(client, release)
    html = read(client, publish(release, change_type=ChangeType.MAJOR, change_note="Beloppet är rättat."))
    assert "Uppdaterad" in html
    assert "Vad som har ändrats" in html
    assert "Beloppet är rättat." in html


def test_the_footer_says_when_the_page_was_last_published_and_who_owns_it(
    client: Client, press_room: PressIndexPage
) -> None:
    with time_machine.travel(MORNING, tick=False):
        release = publish(PressReleasePageFactory(parent=press_room, live=False, content_owner="Presstjänsten"))
    html = read(client, release)
    assert "Senast publicerad" in html
    assert "Innehållsansvarig: Presstjänsten" in html


def test_contacts_are_shown_in_the_editors_order(client: Client, release: PressReleasePage) -> None:
    for order, name in enumerate(["Zara Ek", "Anna Berg"]):
        contact = PressContactFactory(name=name, role="presschef", email="press@example.se")
        release.release_contacts.add(ReleaseContact(contact=contact, sort_order=order))
    html = read(client, publish(release, release_contacts=release.release_contacts.all()))
    assert html.index("Zara Ek") < html.index("Anna Berg")
    assert '<a href="tel:+46101234567">010-123 45 67</a>' in html
    assert '<a href="mailto:press@example.se">' in html


def test_telephone_links_are_international() -> None:
    for written, link in {
        "010-123 45 67": "tel:+46101234567",
        "+46 (0)10 123 45 67": "tel:+46101234567",
        "0046 10 123 45 67": "tel:+46101234567",
    }.items():
        assert PressContact(telephone=written).telephone_uri == link


def test_pictures_come_in_modern_formats_with_their_size(client: Client, release: PressReleasePage) -> None:
    image = ImageFactory(title="Berg", alt_text="Ett berg", credit="Eva Ek")
    html = read(client, publish(release, image=image, image_caption="Utsikt."))
    picture = html.partition("<picture>")[2].partition("</picture>")[0]
    assert 'type="image/avif"' in picture
    assert 'type="image/webp"' in picture
    assert 'alt="Ett berg"' in picture
    assert 'width="' in picture
    assert "Utsikt." in html
    assert "Foto: Eva Ek" in html


def test_machines_are_told_the_address_and_what_to_show(client: Client, release: PressReleasePage) -> None:
    html = read(client, release)
    assert '<link rel="canonical" href="http://localhost/pressmeddelanden/nytt-avtal/">' in html
    assert '<meta property="og:title" content="Nytt avtal">' in html
    assert '<meta property="og:type" content="article">' in html
    assert '<meta property="og:image" content="http://localhost/pressmeddelanden/nytt-avtal/delningsbild-' in html
    assert '<meta name="description" content="Det här har hänt.">' in html


def test_the_boilerplate_ends_the_release(client: Client, release: PressReleasePage) -> None:
    OrganisationSettings.objects.create(site=release.get_site(), name="VästKom", boilerplate="<p>Vi är 49.</p>")
    html = read(client, release)
    assert html.index("Om VästKom") < html.index("Vi är 49.")


def test_every_block_can_be_read(client: Client, release: PressReleasePage) -> None:
    image, document = ImageFactory(), add_document()
    table = {"caption": "Siffror", "columns": [{"type": "number", "heading": "Antal"}], "rows": [{"values": ["49"]}]}
    link = {"page": None, "url": "/kontakt/", "label": "Anmäl dig", "note": "Senast i dag."}
    film = {"title": "Filmen", "url": "https://example.com/f", "length": "2 min", "transcript": "Alla pratar."}
    picture = {"image": image.pk, "alt_text": "Alternativtext", "decorative": False}
    body = blocks(
        release,
        ("heading", {"text": "Rubriken", "level": "h2"}),
        ("text", "<p>Löpande <b>text</b>.</p>"),
        ("image", {"image": picture, "caption": "Bildtexten", "credit": "Fotografen"}),
        ("document", {"document": document.pk, "title": "Filen"}),
        ("facts", {"title": "Faktarutan", "text": "<ul><li>Ett faktum</li></ul>"}),
        ("call_to_action", link),
        ("table", table),
        ("film", film),
    )
    html = read(client, publish(release, body=body))
    for expected in (
        '<h2 id="rubriken">Rubriken</h2>',
        "<p>Löpande <b>text</b>.</p>",
        'alt="Alternativtext"',
        "Foto: Fotografen",
        "Filen (Pdf,",
        "<li>Ett faktum</li>",
        '<a href="/kontakt/">Anmäl dig</a>',
        "<caption>Siffror</caption>",
        '<td class="number">49</td>',
        '<a href="https://example.com/f">Se filmen: Filmen (2 min)</a>',
        "Alla pratar.",
    ):
        assert expected in html
