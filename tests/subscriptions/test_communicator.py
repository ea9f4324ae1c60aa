"""What communicators and administrators see of the subscription, and what they may do."""

import csv
import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry, Site

from press.models import PressIndexPage, PressReleasePage, Topic
from site_core.models import User
from subscriptions.addresses import address_hash
from subscriptions.models import Announcement, Delivery, Frequency, Mailing, Subscriber, Suppression
from tests.factories import PressReleasePageFactory, add_subscriber, add_user, publish

from .post import do_what_is_due, sign_up

pytestmark = pytest.mark.django_db
OVERVIEW = "/admin/prenumeration/"


@pytest.fixture
def editor(client: Client) -> User:
    """An editor who is logged in."""
    user = add_user("Redaktörer", username="eva")
    client.force_login(user)
    return user


@pytest.fixture
def chief(client: Client) -> User:
    """A chief editor who is logged in."""
    user = add_user("Chefredaktörer", username="cia")
    client.force_login(user)
    return user


def give(user: User, codename: str) -> None:
    user.user_permissions.add(Permission.objects.get(codename=codename))


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def draft(press_room: PressIndexPage) -> PressReleasePage:
    """A draft about health care, which two follow and one more gets with everything else."""
    topic = Topic.objects.create(name="Vård", slug="vard")
    release = PressReleasePageFactory(parent=press_room, title="Ett utkast", lead="Så är det.", live=False)
    release.topics.set([topic])
    release.save_revision()
    add_subscriber("anna@example.se", f"amne:{topic.pk}")
    add_subscriber("bo@example.se", f"amne:{topic.pk}", frequency=Frequency.WEEKLY)
    add_subscriber("cia@example.se")
    add_subscriber("dan@example.se", "amne:999")
    return release


def test_before_publishing_an_editor_sees_whom_it_reaches_when_and_with_what(
    client: Client, editor: User, draft: PressReleasePage
) -> None:
    html = page(client, f"{OVERVIEW}fore/{draft.pk}/")
    assert "3 prenumeranter får mejl" in html
    rows = [" ".join(row.split()) for row in html.split("<tr>")]
    assert any("Direkt, när något publiceras" in row and "<td>2</td>" in row for row in rows)
    assert any("En gång i veckan" in row and "<td>1</td>" in row and "kl. 07.00" in row for row in rows)
    assert any(">Vård<" in row and "<td>2</td>" in row for row in rows)
    assert "Så är det." in html
    assert "anna@example.se" not in html
    letter = client.get(f"{OVERVIEW}fore/{draft.pk}/brev/")
    assert letter["X-Frame-Options"] == "SAMEORIGIN"
    assert "Ett utkast" in letter.content.decode()
    assert 'href="#"' in letter.content.decode()


def test_the_letter_about_a_draft_is_for_those_who_may_edit_the_draft(client: Client, draft: PressReleasePage) -> None:
    """It says all that the release will say, days before its time."""
    user = add_user(username="annan")
    give(user, "access_admin")
    give(user, "view_mailing")
    client.force_login(user)
    assert client.get(OVERVIEW).status_code == 200
    for path in (f"{OVERVIEW}fore/{draft.pk}/", f"{OVERVIEW}fore/{draft.pk}/brev/"):
        answer = client.get(path)
        assert answer.status_code in {302, 404}
        assert "Så är det." not in answer.content.decode()


def test_what_is_shown_is_what_they_get(client: Client, editor: User, draft: PressReleasePage, settings: Any) -> None:
    settings.GRACE_MINUTES = 0
    shown = page(client, f"{OVERVIEW}fore/{draft.pk}/brev/")
    publish(draft)
    do_what_is_due()
    mailing = Mailing.objects.get(kind="immediate")
    assert page(client, f"{OVERVIEW}utskick/{mailing.pk}/brev/") == shown


def test_for_a_minor_change_it_says_that_nothing_is_mailed(
    client: Client, editor: User, release: PressReleasePage
) -> None:
    Announcement.objects.all().delete()
    assert "Ingenting mejlas" in page(client, f"{OVERVIEW}fore/{release.pk}/")
    release.change_type, release.change_note = "major", "Nya siffror."
    release.save_revision()
    assert "Nya siffror." in page(client, f"{OVERVIEW}fore/{release.pk}/")


def test_the_hour_that_is_set_moves_the_letters(client: Client, editor: User, draft: PressReleasePage) -> None:
    draft.go_live_at = datetime(2030, 1, 7, 9, 30, tzinfo=timezone.get_default_timezone())
    draft.save_revision().publish()
    assert "7 januari 2030 kl. 09.40" in page(client, f"{OVERVIEW}fore/{draft.pk}/").replace("\u00a0", " ")


def test_a_release_offers_the_way_there_and_other_pages_do_not(
    client: Client, editor: User, draft: PressReleasePage
) -> None:
    assert f"{OVERVIEW}fore/{draft.pk}/" in page(client, f"/admin/pages/{draft.pk}/edit/")
    room = draft.get_parent()
    assert f"{OVERVIEW}fore/{room.pk}/" not in page(client, f"/admin/pages/{room.pk}/edit/")


def test_an_editor_stops_a_mailing_and_the_log_says_who(client: Client, editor: User, draft: PressReleasePage) -> None:
    publish(draft)
    announcement = Announcement.objects.get()
    assert "Stoppa utskicket" in page(client, "/admin/")
    assert "Stoppa utskicket" in page(client, OVERVIEW)
    assert client.get(f"{OVERVIEW}stoppa/{announcement.pk}/").status_code == 405
    client.post(f"{OVERVIEW}stoppa/{announcement.pk}/")
    announcement.refresh_from_db()
    assert announcement.stopped_by == editor
    entry = PageLogEntry.objects.get(action="subscriptions.mailing_stopped")
    assert entry.user == editor
    assert entry.formatter.format_message(entry) == "Utskicket stoppat: Ett utkast"
    assert "stoppat av en redaktör" in page(client, f"{OVERVIEW}fore/{draft.pk}/").lower()
    assert "Stoppa utskicket" not in page(client, "/admin/")


def test_a_page_that_is_deleted_while_it_waits_breaks_nothing(
    client: Client, chief: User, draft: PressReleasePage
) -> None:
    publish(draft)
    draft.delete()
    assert "Ett utkast" in page(client, "/admin/")
    assert "Ett utkast" in page(client, OVERVIEW)


def test_the_report_has_numbers_and_no_addresses(
    client: Client, editor: User, draft: PressReleasePage, settings: Any
) -> None:
    settings.GRACE_MINUTES = 0
    publish(draft)
    do_what_is_due()
    Delivery.objects.filter(subscriber__address="anna@example.se").update(state="failed", error="554 5.7.1")
    html = page(client, OVERVIEW)
    rows = {row.split("</th>")[0].rpartition(">")[2]: row for row in html.split("<tr>")}
    assert "<td>3</td><td>0</td><td>1</td><td>4</td>" in rows["Alla prenumeranter"]
    assert "<td>1</td><td>0</td><td>1</td><td>2</td>" in rows["Vård"]
    assert "example.se" not in html
    mailing = Mailing.objects.get(kind="immediate")
    html = page(client, f"{OVERVIEW}utskick/{mailing.pk}/")
    assert "554 5.7.1" in html
    assert "Ett utkast" in html
    assert "example.se" not in html
    assert "Skicka igen" not in html


def test_a_chief_editor_sends_again_and_the_log_says_so(
    client: Client, chief: User, draft: PressReleasePage, settings: Any
) -> None:
    settings.GRACE_MINUTES = 0
    publish(draft)
    do_what_is_due()
    Delivery.objects.filter(subscriber__address="anna@example.se").update(state="failed", error="554 5.7.1")
    mailing = Mailing.objects.get(kind="immediate")
    assert "Skicka igen" in page(client, f"{OVERVIEW}utskick/{mailing.pk}/")
    client.post(f"{OVERVIEW}utskick/{mailing.pk}/igen/")
    do_what_is_due()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    entry = ModelLogEntry.objects.get(action="subscriptions.mailing_resent")
    assert entry.formatter.format_message(entry) == "Utskicket skickat igen till 1 som det inte nådde"


@pytest.mark.parametrize(
    ("group", "permission", "path", "method", "may"),
    [
        ("", "", OVERVIEW, "get", False),
        ("Redaktörer", "", OVERVIEW, "get", True),
        ("Redaktörer", "", f"{OVERVIEW}utskick/1/igen/", "post", False),
        ("Redaktörer", "", f"{OVERVIEW}adresser/", "get", False),
        ("Chefredaktörer", "", f"{OVERVIEW}adresser/", "get", False),
        ("Chefredaktörer", "", f"{OVERVIEW}adresser/fil/", "post", False),
        ("Chefredaktörer", "export_subscribers", f"{OVERVIEW}adresser/", "get", True),
    ],
)
def test_each_may_do_what_the_group_may(
    client: Client, group: str, permission: str, path: str, method: str, may: bool
) -> None:
    user = add_user(group)
    give(user, "access_admin")
    if permission:
        give(user, permission)
    client.force_login(user)
    status = getattr(client, method)(path).status_code
    assert (status == 200) == may
    assert may or status in {302, 403}


def test_an_export_is_a_file_for_spreadsheets_and_is_logged(client: Client, chief: User) -> None:
    give(chief, "export_subscribers")
    add_subscriber("=cmd@example.se")
    add_subscriber("anna@xn--ml-xiab.se", "kommun:1", frequency=Frequency.DAILY)
    add_subscriber("borta@example.se", ended_at=timezone.now())
    content = client.post(f"{OVERVIEW}adresser/fil/").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert [row[0] for row in rows] == ["E-postadress", "'=cmd@example.se", "anna@åmål.se"]
    entry = ModelLogEntry.objects.get(action="subscriptions.exported")
    assert entry.user == chief
    assert entry.data["number"] == 2


def test_an_address_is_found_and_ended_by_whoever_may(client: Client, chief: User) -> None:
    give(chief, "export_subscribers")
    subscriber = add_subscriber("anna@example.se")
    path = f"{OVERVIEW}adresser/"
    assert "Adressen prenumererar inte." in client.post(path, {"address": "bo@example.se"}).content.decode()
    assert "Adressen prenumererar sedan" in client.post(path, {"address": "ANNA@example.se"}).content.decode()
    client.post(path, {"address": "anna@example.se", "gor": "avsluta"})
    subscriber.refresh_from_db()
    assert subscriber.end_reason == Subscriber.End.EDITOR
    assert ModelLogEntry.objects.filter(action="subscriptions.ended", user=chief).exists()


def test_a_suppressed_address_is_let_go_by_whoever_may(client: Client, chief: User) -> None:
    give(chief, "export_subscribers")
    now = timezone.now() - timedelta(days=1)
    Suppression.objects.create(digest=address_hash("anna@example.se"), reason="bounced", at=now)
    client.post(f"{OVERVIEW}adresser/", {"address": "anna@example.se", "gor": "slapp"})
    assert not Suppression.objects.exists()
    sign_up(client, "anna@example.se")
    do_what_is_due()
    assert Delivery.objects.filter(state="sent").count() == 1


def test_a_chief_editor_writes_the_text_about_personal_data(client: Client, chief: User) -> None:
    path = f"/admin/settings/subscriptions/subscriptionsettings/{Site.objects.get().pk}/"
    client.post(path, {"introduction": "", "privacy_text": "Så här gör vi.", "privacy_page": ""})
    assert "Så här gör vi." in page(client, "/prenumeration/")


def test_an_editor_does_not(client: Client, editor: User) -> None:
    path = f"/admin/settings/subscriptions/subscriptionsettings/{Site.objects.get().pk}/"
    client.post(path, {"introduction": "", "privacy_text": "Så här gör vi.", "privacy_page": ""})
    assert "Så här gör vi." not in page(client, "/prenumeration/")
