"""Letters as they go over the wire."""

import re
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone
from lxml import html as lxml_html
from wagtail.models import Site

from press.models import PressReleasePage
from site_core.models import OrganisationSettings
from subscriptions.composing import LEAVE_HERE, MANAGE_HERE, Letter, compose_answer, compose_digest, compose_news
from subscriptions.mime import Stencil, bulk_headers
from subscriptions.models import Announcement, Delivery, Frequency, Mailing, Request, Subscriber
from subscriptions.tokens import message_id
from tests.factories import add_subscriber, publish

from .post import do_what_is_due, html_of, letters_to, sign_up, text_of, wire

pytestmark = pytest.mark.django_db
SNAPSHOTS = Path(__file__).parent / "snapshots"
# What is signed differs from second to second.
TOKEN = re.compile(r"/(bekrafta|hantera)/[^/]+/")
WHEN = datetime(2026, 3, 10, 7, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def letter(release: PressReleasePage, settings: Any) -> Any:
    """The letter about a change of a release whose title has more in it than ASCII."""
    settings.GRACE_MINUTES = 0
    OrganisationSettings.objects.create(site=Site.objects.get(), name="VästKom", press_email="press@example.se")
    add_subscriber()
    Announcement.objects.update(opened_at=timezone.now())
    publish(
        release,
        title="Åtta å i ö: ”så är det”\nenligt 49 kommuner",
        change_type="major",
        change_note="Nya <siffror> & ord.",
    )
    do_what_is_due()
    return letters_to("anna@example.se")[-1]


def raw() -> bytes:
    return wire(mail.outbox[-1])


def test_headers_tell_mail_programs_what_it_is(letter: Any) -> None:
    assert letter["From"] == "VästKom <webmaster@localhost>"
    assert letter["To"] == "anna@example.se"
    assert letter["Reply-To"] == "press@example.se"
    assert letter["Subject"] == "Ändrat: Åtta å i ö: ”så är det” enligt 49 kommuner"
    assert letter["Message-ID"] == message_id(Delivery.objects.latest("pk").pk)
    assert letter["List-Id"] == "<prenumeration.127.0.0.1>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(
        r"<http://127\.0\.0\.1:8000/prenumeration/avsluta/[\w.-]+/>,\s*<mailto:webmaster@localhost\?subject=avsluta%20[\w.-]+>",
        letter["List-Unsubscribe"],
    )
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Precedence"] == "bulk"
    assert letter["Date"].datetime
    assert letter.defects == []


def test_the_text_comes_first_and_both_parts_say_the_same(letter: Any) -> None:
    assert letter.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    words = lxml_html.fromstring(html_of(letter)).text_content()
    for said in ("Nya <siffror> & ord.", "Det här har hänt.", "Du får det här mejlet för att"):
        assert said in text_of(letter)
        assert said in words


def test_every_line_is_short_and_in_ascii(letter: Any) -> None:
    lines = raw().split(b"\r\n")
    assert max(len(line) for line in lines if not line.startswith((b"List-Unsubscribe", b" <mailto"))) <= 78
    assert max(len(line) for line in lines) <= 998
    assert all(line.isascii() for line in lines)
    assert b"\n" not in raw().replace(b"\r\n", b"")


def test_nothing_in_it_follows_the_reader(letter: Any) -> None:
    html = html_of(letter)
    assert not re.search(r"<img|<script|<link|url\(|@import|background=", html)
    addresses = lxml_html.fromstring(html).xpath("//@href")
    assert all(
        address.startswith("http://127.0.0.1:8000/") or address.startswith("http://localhost") for address in addresses
    )
    assert not any("?" in address for address in addresses)
    assert 'style="' in html
    assert "prefers-color-scheme: dark" in html


def test_a_letter_to_confirm_by_has_no_list_to_leave(client: Client) -> None:
    sign_up(client)
    do_what_is_due()
    (letter,) = letters_to("anna@example.se")
    assert letter["List-Unsubscribe"] is None
    assert letter["Precedence"] is None
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "/bekrafta/" in text_of(letter)
    assert "/bekrafta/" in html_of(letter)


@pytest.mark.parametrize("before", range(80))
def test_links_are_whole_wherever_on_a_line_they_stand(before: int, home: Any) -> None:
    text = "å" * (before % 7) + "x" * before
    template = Letter(
        "Ämne", f"{text}{LEAVE_HERE} {MANAGE_HERE}\n", f"<p>{text}<a href='{LEAVE_HERE}'>{MANAGE_HERE}</a></p>"
    )
    leave, manage = "https://example.se/" + "a.b-c_" * 25, "https://example.se/kort/"
    filled = Stencil(template, bulk_headers()).fill({"To": "a@example.se"}, manage, leave)
    message = message_from_bytes(filled, policy=policy.default)
    assert text_of(message) == f"{text}{leave} {manage}\n"
    assert html_of(message).strip() == f"<p>{text}<a href='{leave}'>{manage}</a></p>"
    body = filled.partition(b"\r\n\r\n")[2]
    assert max(len(line) for line in body.split(b"\r\n")) <= 76


def announcements(number: int) -> list[Announcement]:
    return [
        Announcement(
            pk=place,
            is_new=place != 2,
            title=f"Rubrik {place} om 49 kommuner",
            summary="Det här har hänt, och det rör 5 700 personer.",
            note="" if place != 2 else "Antalet är rättat.",
            address=f"https://www.example.se/pressmeddelanden/rubrik-{place}/",
        )
        for place in range(1, number + 1)
    ]


def answer(**fields: Any) -> Letter:
    return compose_answer(Request(pk=1, **fields))


COMPOSED = {
    "news": lambda: compose_news(announcements(1)[0]),
    "digest": lambda: compose_digest(Mailing(kind=Mailing.Kind.WEEKLY, ends_at=WHEN), announcements(2)),
    "confirm": lambda: answer(kind=Request.Kind.SUBSCRIBE, frequency=Frequency.WEEKLY, everything=True),
    "manage": lambda: answer(kind=Request.Kind.MANAGE, subscriber=Subscriber(pk=1)),
    "no_subscription": lambda: answer(kind=Request.Kind.MANAGE),
    "new_address": lambda: answer(kind=Request.Kind.NEW_ADDRESS, subscriber=Subscriber(pk=1)),
}


@pytest.mark.parametrize("name", COMPOSED)
def test_letters_look_as_they_did(name: str, home: Any) -> None:
    OrganisationSettings.objects.create(
        site=Site.objects.get(), name="VästKom", postal_address="Gatan 1\n400 00 Göteborg"
    )
    letter = COMPOSED[name]()
    # To accept a change: write what is compared here into the file.
    for part, words in (("txt", letter.text), ("html", letter.html)):
        assert TOKEN.sub(r"/\1/TOKEN/", words) == (SNAPSHOTS / f"{name}.{part}").read_text(encoding="utf-8")


def test_a_repeated_letter_has_the_same_identity(release: PressReleasePage, settings: Any) -> None:
    settings.GRACE_MINUTES = 0
    add_subscriber()
    publish(release, change_type="major", change_note="Nya siffror.")
    do_what_is_due()
    # As after a crash between sending and noting.
    Delivery.objects.update(state="waiting", due_at=timezone.now() - timedelta(minutes=1))
    do_what_is_due()
    first, second = letters_to("anna@example.se")
    assert first["Message-ID"] == second["Message-ID"]
    assert text_of(first) == text_of(second) or "avsluta" in text_of(first)


def test_a_digest_leaves_out_what_no_longer_holds(release: PressReleasePage) -> None:
    reader = add_subscriber(frequency=Frequency.DAILY)
    items = announcements(2)
    for item in items:
        item.created_at = item.due_at = item.opened_at = WHEN
        item.pk, item.page = None, release
        item.save()
    mailing = Mailing.objects.create(
        kind=Mailing.Kind.DAILY, starts_at=WHEN - timedelta(days=1), ends_at=WHEN, opened_at=WHEN, prepared_at=WHEN
    )
    Delivery.objects.create(mailing=mailing, subscriber=reader, contents=[item.pk for item in items], due_at=WHEN)
    items[0].stopped_at = WHEN
    items[0].save()
    do_what_is_due()
    text = text_of(letters_to("anna@example.se")[0])
    assert "Rubrik 2" in text
    assert "Rubrik 1" not in text


def test_links_lead_to_the_address_that_the_site_is_configured_with(letter: Any) -> None:
    assert f"{settings.WAGTAILADMIN_BASE_URL}/prenumeration/hantera/" in text_of(letter)
    assert "/pressmeddelanden/nytt-avtal/" in text_of(letter)
