"""Times in the admin: what can't be read, or has passed, is refused beside the field and stays as it was typed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from wagtail.models import PageLogEntry

from press.models import PressIndexPage, PressReleasePage
from site_core.models import Menu
from site_core.time_fields import SwedishDateField, SwedishTimeField
from tests.factories import PressReleasePageFactory, add_user, publish
from tests.site_core.test_navigation import add_menu
from tests.site_core.test_publishing import edit_form

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
MEANT = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)


@pytest.fixture
def draft(press_room: PressIndexPage) -> PressReleasePage:
    draft = PressReleasePageFactory(parent=press_room, title="Nytt avtal", live=False)
    draft.save_revision()
    return draft


@pytest.fixture
def chief(client: Client, db: None) -> Client:
    client.force_login(add_user("Chefredaktörer", username="chef"))
    return client


def send(client: Client, page: PressReleasePage, accept: str = "text/html", **data: Any) -> Any:
    headers = {"accept": accept}
    address = f"/admin/pages/{page.pk}/edit/"
    return client.post(address, {**edit_form(page), **data}, headers=headers)


def newest(page: PressReleasePage) -> PressReleasePage:
    return PressReleasePage.objects.get(pk=page.pk).get_latest_revision_as_object()


@time_machine.travel(NOW, tick=False)
def test_a_time_as_the_site_writes_it_is_saved_as_that_time(chief: Client, draft: PressReleasePage) -> None:
    response = send(chief, draft, go_live_at="26 november 2026 kl. 08.00", expire_at="27/11 2026 kl 8")
    assert response.status_code == 302
    assert newest(draft).go_live_at == MEANT
    html = chief.get(f"/admin/pages/{draft.pk}/edit/").content.decode()
    assert 'value="26 november 2026 kl. 08.00"' in html
    assert 'value="27 november 2026 kl. 08.00"' in html


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("field", "typed", "said", "button"),
    [
        ("go_live_at", "26 novmber 2026 kl. 08.00", "Det går inte att förstå tiden", ""),
        ("expire_at", "26 november 2026", "Skriv klockslaget också", ""),
        ("go_live_at", "26 november 2026", "Skriv klockslaget också", "action-publish"),
        ("go_live_at", "fredag 26 november 2026 kl. 08.00", "är en torsdag, inte en fredag", "action-submit"),
        ("go_live_at", "25 november 2026 kl. 10.59", "kl. 10.59 har passerat (för 1 minut sedan)", ""),
        ("go_live_at", "2026-11-24 08:00", "Tisdag 24 november 2026 kl. 08.00 har passerat", "action-publish"),
        ("expire_at", "2026-11-24 08:00", "Tisdag 24 november 2026 kl. 08.00 har passerat", "action-publish"),
    ],
)
def test_a_time_that_will_not_do_is_refused_and_stays_as_typed(
    chief: Client, draft: PressReleasePage, field: str, typed: str, said: str, button: str
) -> None:
    response = send(chief, draft, title="Rättad titel", **{field: typed}, **({button: "1"} if button else {}))
    html = response.content.decode()
    assert said in html
    assert html.index(f'value="{typed}"')
    assert 'value="Rättad titel"' in html
    assert newest(draft).go_live_at is None
    assert not PressReleasePage.objects.get(pk=draft.pk).live


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("typed", ["26 novmber", "2026-11-24 08:00", "i morgon"])
def test_a_time_that_will_not_do_holds_up_no_text_that_saves_by_itself(
    chief: Client, draft: PressReleasePage, typed: str
) -> None:
    send(chief, draft, go_live_at="26 november 2026 kl. 08.00")
    response = send(chief, draft, accept="application/json", lead="Skrivet medan tiden var oklar.", go_live_at=typed)
    assert response.json()["success"]
    assert newest(draft).lead == "Skrivet medan tiden var oklar."
    assert newest(draft).go_live_at == MEANT
    # Pressing a button brings the error to light.
    assert response.client.get(f"/admin/pages/{draft.pk}/edit/").status_code == 200
    assert f'value="{typed}"' in send(chief, draft, go_live_at=typed).content.decode()


@time_machine.travel(NOW, tick=False)
def test_a_new_page_that_saves_by_itself_is_not_held_up_either(chief: Client, press_room: PressIndexPage) -> None:
    address = f"/admin/pages/add/press/pressreleasepage/{press_room.pk}/"
    empty = chief.get(address)
    fields = {
        **edit_form(PressReleasePageFactory(parent=press_room, live=False)),
        "title": "Ny",
        "slug": "ny",
        "go_live_at": "torsdag",
    }
    assert empty.status_code == 200
    assert chief.post(address, fields, headers={"accept": "application/json"}).json()["success"]
    assert PressReleasePage.objects.get(slug="ny").go_live_at is None
    refused = chief.post(address, {**fields, "slug": "nyare"}, headers={"accept": "text/html"}).content.decode()
    assert 'value="torsdag"' in refused


@time_machine.travel(NOW, tick=False)
def test_a_page_does_not_end_as_it_begins(chief: Client, draft: PressReleasePage) -> None:
    html = send(chief, draft, go_live_at="26/11 kl 8", expire_at="26 november 2026 kl. 08.00").content.decode()
    assert "i samma stund" in html


def test_an_hour_that_passed_without_being_carried_out_is_seen_and_stops_publication(
    chief: Client, draft: PressReleasePage
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        send(chief, draft, go_live_at="25 november 2026 kl. 11.30")
        clock.shift(timedelta(hours=1))
        form = chief.get(f"/admin/pages/{draft.pk}/edit/").context["form"]
        assert form["go_live_at"].value() == NOW + timedelta(minutes=30)
        response = send(chief, draft, **{"go_live_at": "25 november 2026 kl. 11.30", "action-publish": "1"})
        assert "Onsdag 25 november 2026 kl. 11.30 har passerat" in response.content.decode()
        assert not PageLogEntry.objects.filter(page=draft.pk, action__startswith="wagtail.publish").exists()


@time_machine.travel(NOW, tick=False)
def test_what_came_to_mean_another_day_overnight_is_refused(chief: Client, draft: PressReleasePage) -> None:
    shown = {"go_live_at": "i morgon kl 8", "go_live_at-shown": "2026-11-25T07:00:00+00:00"}
    response = send(chief, draft, **shown)
    assert "betyder nu torsdag 26 november 2026 kl. 08.00" in response.content.decode()
    shown["go_live_at-shown"] = MEANT.isoformat()
    assert send(chief, draft, **shown).status_code == 302
    assert newest(draft).go_live_at == MEANT


@time_machine.travel(NOW, tick=False)
def test_the_hours_of_a_menu_are_read_in_the_same_way(db: None, client: Client) -> None:
    menu = add_menu("main", {"url": "/nu/", "label": "Nu"})
    client.force_login(add_user(is_superuser=True))
    address = f"/admin/snippets/site_core/menu/edit/{menu.pk}/"
    form = client.get(address).context["form"]
    assert isinstance(form.fields["go_live_at"], SwedishTimeField)
    fields = {
        "place": "main",
        "entries-count": "1",
        "entries-0-deleted": "",
        "entries-0-order": "0",
        "entries-0-type": "entry",
        "entries-0-id": "",
        "entries-0-value-page": "",
        "entries-0-value-url": "/nu/",
        "entries-0-value-label": "Nu",
        "entries-0-value-children-count": "0",
    }
    html = client.post(address, {**fields, "go_live_at": "24 november 2026 kl. 08.00"}).content.decode()
    assert "har passerat" in html
    by_itself = client.post(address, {**fields, "go_live_at": "snart"}, headers={"accept": "application/json"})
    assert by_itself.json()["success"]
    assert client.post(address, {**fields, "go_live_at": "26/11 2026 kl 8"}).status_code == 302
    assert Menu.objects.get(pk=menu.pk).get_latest_revision_as_object().go_live_at == MEANT


@time_machine.travel(NOW, tick=False)
def test_the_editor_is_told_how_a_text_is_read(chief: Client) -> None:
    def ask(text: str, kind: str = "time") -> dict[str, str]:
        return chief.get("/admin/tid/", {"text": text, "kind": kind}).json()

    told = ask("26/11 kl 8")
    assert told["words"] == "torsdag 26 november 2026 kl. 08.00, om 21 timmar"
    assert (told["moment"], told["local"]) == (MEANT.isoformat(), "2026-11-26T08:00")
    assert ask("24 november 2026 kl. 08.00")["refused"].endswith("för 1 dag och 3 timmar sedan")
    assert "klockslaget också" in ask("26 november 2026")["refused"]
    assert ask("26 november 2026", "date")["words"] == "torsdag 26 november 2026"
    assert Client().get("/admin/tid/").status_code == 302
    assert chief.post("/admin/tid/").status_code == 405


@time_machine.travel(NOW, tick=False)
def test_a_filter_by_date_takes_the_day_before_the_month(chief: Client, draft: PressReleasePage) -> None:
    address = "/admin/reports/site-history/"
    client = Client()
    client.force_login(add_user(username="admin", is_superuser=True))
    form = client.get(address, {"timestamp_from": "03/04/2026", "timestamp_to": "20261201"}).context["filters"].form
    assert form.is_valid()
    period = form.cleaned_data["timestamp"]
    assert (period.start.month, period.start.day) == (4, 3)
    unread = client.get(address, {"timestamp_from": "11/26/2026"})
    assert unread.context["filters"].form.errors
    assert 'value="11/26/2026"' in unread.content.decode()


def test_every_time_and_day_in_a_form_of_the_admin_is_read_by_us(db: None) -> None:
    form_class = PressReleasePage.get_edit_handler().get_form_class()
    assert isinstance(form_class.base_fields["expire_at"], SwedishTimeField)
    from_model = [field for field in form_class.base_fields.values() if field.__class__.__name__ == "DateTimeField"]
    assert from_model == []
    assert SwedishDateField().clean("26 november 2026").isoformat() == "2026-11-26"


def test_a_published_page_is_saved_without_an_hour_that_did_its_work(chief: Client, draft: PressReleasePage) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        published = publish(draft)
        clock.shift(timedelta(hours=2))
        newer = published.get_latest_revision_as_object()
        newer.go_live_at = NOW - timedelta(minutes=1)
        newer.save_revision()
        assert chief.get(f"/admin/pages/{draft.pk}/edit/").context["form"].initial["go_live_at"] is None
