"""After each action that sets or carries out a time, the editor is told which, with the weekday, and how long until."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from pages.models import HomePage, StandardPage
from press.models import PressIndexPage, PressReleasePage
from tests.factories import PressReleasePageFactory, StandardPageFactory, add_user, publish
from tests.site_core.test_publishing import edit_form

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
HOUR = "torsdag 26 november 2026 kl. 08.00, om 1 dag och 21 timmar"
END = "fredag 27 november 2026 kl. 08.00, om 2 dagar och 21 timmar"


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def chief(clock: Any, client: Client, db: None) -> Client:
    client.force_login(add_user("Chefredaktörer", username="chef"))
    return client


def send(client: Client, address: str, **data: Any) -> list[str]:
    response = client.post(address, data, follow=True)
    return [str(message).strip() for message in response.context["messages"]]


def page_form(title: str = "Sidan") -> dict[str, str]:
    return {
        "title": title,
        "slug": "sidan",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }


def test_a_page_is_scheduled_and_published(chief: Client, home: HomePage) -> None:
    page = StandardPageFactory(parent=home, title="Sidan", slug="sidan", live=False)
    address = f"/admin/pages/{page.pk}/edit/"
    hours = {"go_live_at": "26/11 kl 8", "expire_at": "27/11 kl 8"}
    (told,) = send(chief, address, **page_form(), **hours, **{"action-publish": "1"})
    assert told.startswith(f"”Sidan” publiceras {HOUR}. Sidan tas bort {END}.")
    page.refresh_from_db()
    page.revisions.update(approved_go_live_at=None)
    (told,) = send(chief, address, **page_form(), expire_at="27/11 kl 8", **{"action-publish": "1"})
    assert told.startswith(f"”Sidan” är publicerat: tisdag 24 november 2026 kl. 11.00. Sidan tas bort {END}.")
    (told,) = send(chief, address, **page_form("Ny"), go_live_at="26/11 kl 8", **{"action-publish": "1"})
    assert told.startswith(f"Den nya versionen av ”Ny” publiceras {HOUR}.")
    assert StandardPage.objects.get(pk=page.pk).live


def test_a_new_page_is_scheduled_at_once(chief: Client, home: HomePage) -> None:
    address = f"/admin/pages/add/pages/standardpage/{home.pk}/"
    (told,) = send(chief, address, **page_form(), go_live_at="26/11 kl 8", **{"action-publish": "1"})
    assert told.startswith(f"”Sidan” publiceras {HOUR}.")


def test_a_draft_with_hours_is_saved_or_submitted(chief: Client, press_room: PressIndexPage) -> None:
    draft = PressReleasePageFactory(parent=press_room, live=False)
    form = edit_form(draft, go_live_at="26/11 kl 8")
    for button in ({}, {"action-submit": "1"}):
        told = send(chief, f"/admin/pages/{draft.pk}/edit/", **form, **button)
        assert f"Utkastets tid för publicering: {HOUR}. Det gäller först när utkastet har godkänts" in told[-1]
    assert len(send(chief, f"/admin/pages/{draft.pk}/edit/", **edit_form(draft))) == 1


def test_a_release_is_published_without_review_at_an_hour(chief: Client, press_room: PressIndexPage) -> None:
    draft = PressReleasePageFactory(parent=press_room, title="Nytt avtal", live=False)
    form = edit_form(draft, go_live_at="26/11 kl 8", **{"action-publish": "1"})
    asked = chief.post(f"/admin/pages/{draft.pk}/edit/", form)["Location"]
    (told,) = send(chief, asked, reason="Bråttom.")
    assert told.startswith(f"”Nytt avtal” publiceras {HOUR}.")


def test_an_embargo_link_tells_until_when_it_holds(chief: Client, press_room: PressIndexPage) -> None:
    draft = publish(PressReleasePageFactory(parent=press_room, live=False), go_live_at=NOW + timedelta(days=1))
    address = f"/admin/press/{draft.pk}/embargolankar/"
    (told,) = send(chief, address, recipient="Eva Ek", expires_at="27/11 kl 8")
    assert told.startswith(f"Länken till Eva Ek är skapad och gäller till {END}.")
    assert PressReleasePage.objects.get(pk=draft.pk).embargo_links.count() == 1
