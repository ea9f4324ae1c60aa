"""Each view of the admin, ours and Wagtail's, lets in whom it should, and tells nobody of what she may not see."""

from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from typing import Any

import pytest
from django.db import connection, transaction
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import NoReverseMatch

from tests.contracts.admin.rights import NOT_TRIED, OURS, RIGHTS
from tests.contracts.admin.world import ROLES, SECRET, Room, World, address, rooms

NEW = """
{room} has no row in tests/contracts/admin/rights.py. Write who should get in, for example
    "{room}": EDITORS,
If its address names something new ({arguments}), tell World.arguments in world.py what it is."""

METHODS = "get", "post"
pytestmark = pytest.mark.django_db


@cache
def tried() -> list[Room]:
    return [room for room in rooms() if room.name not in NOT_TRIED]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once, and taken away after all of these."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            yield World()
            transaction.set_rollback(True)
        connection.close()


def row_of(room: Room) -> str:
    fitting = [name for name in RIGHTS if fnmatch(str(room), name)]
    return max(fitting, key=len, default="")


def ask(client: Client, method: str, path: str) -> Any:
    """Ask, and undo what that did."""
    # Messages that no page has shown would pile up and be read each time.
    client.cookies.pop("messages", None)
    with transaction.atomic():
        response = getattr(client, method)(path)
        response.text_of_all = b"".join(response).decode(errors="replace")
        transaction.set_rollback(True)
    return response


def is_refused(response: Any) -> bool:
    """Tell whether somebody was sent to log in, or to the first page with a message, or told that there is nothing."""
    if response.status_code == 302:
        return response["Location"].startswith("/admin/login/") or response["Location"] == "/admin/"
    return response.status_code in {403, 404}


def test_every_view_has_a_row() -> None:
    missing = [room for room in tried() if not row_of(room) or (str(room).startswith(OURS) and str(room) not in RIGHTS)]
    assert not missing, "".join(NEW.format(room=room, arguments=", ".join(room.arguments)) for room in missing)
    unused = set(RIGHTS) - {row_of(room) for room in tried()}
    assert not unused, f"No view is left for these rows in rights.py: {unused}"


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_in_where_it_should_and_nowhere_else(
    world: World, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is answered is read in the next test; here most of the time would go into writing it out.
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    client = client_of(world, role)
    wrong = []
    for room in tried():
        try:
            path = address(world, room)
        except (KeyError, NoReverseMatch) as error:
            pytest.fail(NEW.format(room=room, arguments=f"{error!r} of {', '.join(room.arguments)}"))
        should = role in RIGHTS[row_of(room)]
        response = ask(client, "get", path)
        if response.status_code == 405:
            response = ask(client, "post", path)
        if is_refused(response) == should:
            wrong.append(f"{role} {'is refused' if should else 'gets in'}: {room} ({response.status_code} {path})")
        elif not should and response.request["REQUEST_METHOD"] == "GET" and can_send(client, path):
            wrong.append(f"{role} is refused, but can send the form: {room} ({path})")
    assert not wrong, "\n".join(["", *wrong, "If that is right, change its row in tests/contracts/admin/rights.py."])


@pytest.mark.parametrize("is_about", ["what is not hers", "what is hers, which the draft uses"])
def test_no_view_tells_a_sections_editor_of_a_draft_outside_her_section(world: World, is_about: str) -> None:
    client = client_of(world, "section")
    told: list[str] = []
    is_own = is_about.startswith("what is hers")
    for room in tried():
        if is_own and not set(room.arguments) & set(world.own()):
            continue
        path = address(world, room, own=is_own)
        told += [f"{room} ({method} {path})" for method in METHODS if SECRET in ask(client, method, path).text_of_all]
    assert not told, "\n".join(["", *told])


def can_send(client: Client, path: str) -> bool:
    response = ask(client, "post", path)
    return not is_refused(response) and response.status_code != 405


def client_of(world: World, role: str) -> Client:
    client = Client(raise_request_exception=False)
    if person := world.people[role]:
        client.force_login(person)
    return client
