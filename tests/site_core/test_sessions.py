"""A log-in lasts as long as somebody works, within limits, and takes nothing away when it ends."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from press.models import PressContact, PressReleasePage
from site_core.models import User
from tests.contracts.test_reading_writes_nothing import WRITES
from tests.factories import add_user

MORNING = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
HOME = "/admin/"
STATE = "/admin/session/"
FETCHED = {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def anna(db: None) -> User:
    return add_user("Redaktörer", first_name="Anna", last_name="Berg")


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def pass_minutes(clock: Any, minutes: float) -> None:
    clock.shift(timedelta(minutes=minutes))


def is_logged_in(client: Client) -> bool:
    return client.get(STATE, headers=FETCHED).json()["user"] is not None


def type_in_the_browser(client: Client) -> Any:
    return client.post(STATE, headers=FETCHED)


@pytest.mark.parametrize(
    "work",
    [
        pytest.param(lambda client: client.get(HOME), id="a page of the editor"),
        pytest.param(type_in_the_browser, id="typing"),
        pytest.param(
            lambda client: client.post("/admin/account/", headers={"Accept": "application/json", **FETCHED}),
            id="autosave",
        ),
    ],
)
def test_work_prolongs_a_log_in(client: Client, anna: User, clock: Any, work: Any) -> None:
    client.force_login(anna)
    for _time in range(3):
        pass_minutes(clock, 110)
        assert work(client).status_code == 200
    pass_minutes(clock, 110)
    assert is_logged_in(client)
    pass_minutes(clock, 11)
    assert not is_logged_in(client)


def test_what_a_tab_does_by_itself_prolongs_nothing(client: Client, release: PressReleasePage, clock: Any) -> None:
    client.force_login(add_user(is_superuser=True))
    edit = client.get(f"/admin/pages/{release.pk}/edit/")
    ping = edit.context["editing_sessions"].ping_url
    for _time in range(13):
        answers = [
            client.get(STATE, headers=FETCHED),
            client.get(HOME, headers=FETCHED),
            client.post(ping, headers={"X-Requested-With": "XMLHttpRequest", **FETCHED}),
            client.get("/pressmeddelanden/"),
        ]
        assert [answer.status_code for answer in answers] == [200] * 4
        pass_minutes(clock, 9)
    pass_minutes(clock, 4)
    assert not is_logged_in(client)


def test_a_log_in_has_a_longest_length(client: Client, anna: User, clock: Any) -> None:
    client.force_login(anna)
    for _time in range(11):
        pass_minutes(clock, 60)
        assert type_in_the_browser(client).json()["user"] == str(anna.pk)
    left = client.get(STATE).json()
    assert (left["idle"], left["longest"]) == (60 * 60, 60 * 60)
    pass_minutes(clock, 61)
    response = client.get(HOME, follow=True)
    assert "En inloggning varar i högst 12 timmar." in response.content.decode()


def test_reading_and_working_write_at_most_once_a_minute(client: Client, anna: User, clock: Any) -> None:
    client.force_login(anna)
    client.get(HOME)

    def writes(path: str) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return [query["sql"] for query in queries if WRITES.match(query["sql"])]

    pass_minutes(clock, 0.9)
    assert writes(HOME) == []
    pass_minutes(clock, 0.2)
    assert writes("/") == []
    [update] = writes(HOME)
    assert "django_session" in update
    # The end alone: nothing that a request beside it keeps in the session is written back.
    assert "session_data" not in update


def test_who_was_away_is_told_so_and_comes_back(client: Client, anna: User, clock: Any) -> None:
    client.force_login(anna)
    pass_minutes(clock, 121)
    # A tab that is still open asks; the sentence waits for a person.
    client.get(STATE, headers=FETCHED)
    client.get("/admin/pages/", headers={"X-Requested-With": "XMLHttpRequest"})
    client.get("/")
    response = client.get("/admin/pages/", follow=True)
    assert response.redirect_chain == [(f"{reverse('wagtailadmin_login')}?next=/admin/pages/", 302)]
    assert "Du har varit borta en stund och loggades ut." in response.content.decode()
    # Once is enough.
    assert "loggades ut" not in client.get("/admin/", follow=True).content.decode()


def test_a_session_that_is_gone_is_told_of_as_well(client: Client, anna: User) -> None:
    client.force_login(anna)
    Session.objects.all().delete()
    assert "Du är inte längre inloggad." in client.get(HOME, follow=True).content.decode()


def test_a_stranger_gets_no_explanation_and_no_cookie(client: Client, db: None) -> None:
    response = client.get(HOME)
    assert response.status_code == 302
    assert not response.cookies
    answer = client.get(STATE)
    assert answer.json() == {"user": None}
    assert not answer.cookies


def test_remember_me_is_kept_to(client: Client, anna: User) -> None:
    form = {"username": "anna", "password": "losenord-for-test"}
    cookie = client.post("/admin/login/", form).cookies["sessionid"]
    assert cookie["max-age"] == ""
    client.logout()
    cookie = client.post("/admin/login/", {**form, "remember": "on"}).cookies["sessionid"]
    # A day longer than the log-in at its longest, so that the site can say why it ended.
    assert int(cookie["max-age"]) == pytest.approx(36 * 60 * 60, abs=5)


def test_what_is_sent_after_the_end_is_given_back(client: Client, anna: User, clock: Any) -> None:
    contact = PressContact.objects.create(name="Bo Ek", telephone="010-1")
    address = f"/admin/snippets/press/presscontact/edit/{contact.pk}/"
    client.force_login(anna)
    pass_minutes(clock, 121)
    fields = {"name": "Bo <Ek>", "telephone": "\nen rad\nto", "password": "hemligt"}
    response = client.post(address, fields)
    assert response.status_code == 403
    html = response.content.decode()
    assert "Det du skrev är inte sparat än" in html
    assert "Bo &lt;Ek&gt;" in html
    assert 'name="telephone" hidden>\n\nen rad\nto</textarea>' in html
    assert "hemligt" not in html
    assert f'action="{address}"' in html


OWN = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}


@pytest.mark.parametrize(
    ("headers", "is_given_back"),
    [
        (OWN, True),
        ({"Origin": "http://testserver"}, True),
        ({**OWN, "Origin": "https://example.org"}, False),
        ({**OWN, "Sec-Fetch-Site": "same-site"}, False),
        ({**OWN, "Origin": "null"}, False),
        ({}, False),
    ],
)
def test_a_form_with_an_old_token_is_given_back_to_our_own_pages_alone(
    anna: User, headers: dict[str, str], is_given_back: bool
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(anna)
    fields = {"name": "Skrivet länge", "csrfmiddlewaretoken": "x" * 64}
    response = client.post("/admin/snippets/press/presscontact/add/", fields, headers=headers)
    assert response.status_code == 403
    assert ("Skrivet länge" in response.content.decode()) is is_given_back
    assert not PressContact.objects.exists()


def test_a_form_that_somebody_else_filled_in_is_not_taken(client: Client, anna: User) -> None:
    bo = add_user("Redaktörer", username="bo")
    add = "/admin/snippets/press/presscontact/add/"
    fields = {"name": "Karin", "role": "", "telephone": "010-123 45 67", "email": "", "photo": ""}
    client.force_login(bo)
    assert client.post(add, fields, headers={"X-Filled-In-By": str(anna.pk)}).status_code == 409
    client.logout()
    assert client.post(add, fields, headers={"X-Filled-In-By": str(anna.pk)}).status_code == 401
    assert not PressContact.objects.exists()
    client.force_login(anna)
    answer = client.post(add, fields, headers={"X-Filled-In-By": str(anna.pk)})
    assert answer.json() == {"outcome": "done", "location": "/admin/snippets/press/presscontact/"}
    assert PressContact.objects.get().name == "Karin"
    # The message of the view waits for the page that is shown.
    assert "Karin" in client.get(HOME).content.decode()


def test_logging_in_again_ends_what_was_and_leads_back(client: Client, anna: User) -> None:
    client.force_login(anna)
    assert client.get("/admin/logga-in-igen/").status_code == 405
    response = client.post("/admin/logga-in-igen/")
    assert response["Location"] == "/admin/login/?next=%2Fadmin%2Finloggad%2F"
    assert not is_logged_in(client)
    assert client.get("/admin/inloggad/")["Location"] == response["Location"]
    form = {"username": "anna", "password": "losenord-for-test", "next": "/admin/inloggad/"}
    assert "Du är inloggad" in client.post("/admin/login/", form, follow=True).content.decode()


def test_a_refusal_is_no_place_to_go_to(client: Client, release: PressReleasePage, anna: User) -> None:
    """Wagtail leads whoever may not do something to its first page, where what was typed is no more."""
    client.force_login(anna)
    anna.groups.set([Group.objects.create(name="Ingen")])
    anna.user_permissions.add(Permission.objects.get(codename="access_admin"))
    headers = {"X-Filled-In-By": str(anna.pk)}
    answer = client.post(f"/admin/pages/{release.pk}/edit/", {"title": "Nytt"}, headers=headers)
    assert (answer.status_code, answer.json()) == (403, {"outcome": "refused"})
    assert "saknar rättigheter" in client.get(HOME).content.decode()
