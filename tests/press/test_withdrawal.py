"""Taking a release back, moving it, renaming it, and what readers meet afterwards."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.models import PageLogEntry

from press.models import PressIndexPage, PressReleasePage, Withdrawal
from press.withdrawing import withdraw
from site_core.models import PublicChange
from tests.factories import PressReleasePageFactory, add_user, publish

ROOM = "/pressmeddelanden/"


@pytest.fixture
def chief(client: Client) -> Any:
    user = add_user("Chefredaktörer", email="chef@example.se")
    client.force_login(user)
    return user


@pytest.fixture
def other(press_room: PressIndexPage) -> PressReleasePage:
    return publish(PressReleasePageFactory(parent=press_room, title="Det nya", slug="det-nya", live=False))


def send(client: Client, release: PressReleasePage, **data: Any) -> Any:
    return client.post(f"/admin/press/{release.pk}/aterkalla/", {"reason": "Fel siffror.", **data})


def test_published_by_mistake_is_gone(client: Client, release: PressReleasePage, chief: Any) -> None:
    assert send(client, release, kind="mistake").status_code == 302
    response = client.get(release.url)
    assert response.status_code == 410
    assert "Nytt avtal" not in response.content.decode()
    assert "Nytt avtal" not in client.get(ROOM).content.decode()


def test_replaced_leads_to_what_replaces_it(
    client: Client, release: PressReleasePage, other: PressReleasePage, chief: Any
) -> None:
    send(client, release, kind="replaced", replacement=other.pk)
    assert client.get(release.url, follow=False)["Location"] == other.href
    assert "Nytt avtal" not in client.get(ROOM).content.decode()
    # Should the new one go as well, there is nowhere left to lead to.
    withdraw(PressReleasePage.objects.get(pk=other.pk), "mistake", "Också fel.", by=chief)
    assert client.get(release.url).status_code == 410


def test_no_longer_current_stays_with_a_notice(client: Client, release: PressReleasePage, chief: Any) -> None:
    send(client, release, kind="outdated")
    html = client.get(release.url).content.decode()
    assert "inte längre aktuellt" in html
    assert html.index("Fel siffror.") < html.index("Det här har hänt.", html.index("<h1>"))
    assert "presspaket.zip" not in html
    assert client.get(f"{release.url}presspaket.zip").status_code == 404
    assert "Nytt avtal" not in client.get(ROOM).content.decode()
    assert "Återkallat" in client.get("/sok/?q=avtal").content.decode()


def test_a_withdrawal_needs_a_kind_a_reason_and_a_replacement_that_is_public(
    client: Client, release: PressReleasePage, press_room: PressIndexPage, chief: Any
) -> None:
    draft = PressReleasePageFactory(parent=press_room, live=False)
    for data, message in (
        ({"kind": "mistake", "reason": ""}, "Det här fältet är obligatoriskt"),
        ({"kind": "", "reason": "Det här skrevs."}, "Det här fältet är obligatoriskt"),
        ({"kind": "replaced"}, "Välj det pressmeddelande som ersätter det här."),
        ({"kind": "replaced", "replacement": draft.pk}, "Välj ett giltigt alternativ"),
        ({"kind": "replaced", "replacement": release.pk}, "Välj ett giltigt alternativ"),
    ):
        html = send(client, release, **data).content.decode()
        assert message in html, data
        assert data.get("reason", "Fel siffror.") in html
    assert Withdrawal.objects.count() == 0
    assert PressReleasePage.objects.get(pk=release.pk).live


def test_only_who_may_publish_may_withdraw_and_only_once(client: Client, release: PressReleasePage, chief: Any) -> None:
    send(client, release, kind="outdated")
    assert "bara en gång" in send(client, release, kind="mistake").client.get("/admin/").content.decode()
    assert Withdrawal.objects.get().kind == "outdated"
    client.force_login(add_user("Redaktörer", username="ed"))
    assert send(client, release, kind="mistake").status_code == 302
    assert Withdrawal.objects.get().kind == "outdated"


def test_a_role_can_be_given_the_right_to_withdraw(client: Client, release: PressReleasePage) -> None:
    editor, boss = add_user("Redaktörer", username="ed"), add_user(username="admin", is_superuser=True)
    withdraw_here = f"/admin/press/{release.pk}/aterkalla/"
    client.force_login(editor)
    send(client, release, kind="mistake")
    assert PressReleasePage.objects.get(pk=release.pk).live
    assert withdraw_here not in client.get(f"/admin/pages/{release.pk}/edit/").content.decode()
    group = editor.groups.get()
    right = Permission.objects.get(codename="withdraw_pressreleasepage")
    assert not group.permissions.filter(pk=right.pk).exists()
    client.force_login(boss)
    form = client.get(f"/admin/groups/edit/{group.pk}/").content.decode()
    assert "Återkalla pressmeddelanden" in form
    group.permissions.add(right)
    client.force_login(editor)
    assert withdraw_here in client.get(f"/admin/pages/{release.pk}/edit/").content.decode()
    assert send(client, release, kind="mistake").status_code == 302
    assert Withdrawal.objects.get().by == editor
    assert not PressReleasePage.objects.get(pk=release.pk).live
    assert client.get(release.url).status_code == 410


def test_the_right_to_withdraw_reaches_no_farther_than_the_right_to_edit(
    client: Client, release: PressReleasePage
) -> None:
    stranger = add_user(username="sektion")
    stranger.user_permissions.add(
        Permission.objects.get(codename="withdraw_pressreleasepage"), Permission.objects.get(codename="access_admin")
    )
    client.force_login(stranger)
    send(client, release, kind="mistake")
    assert client.get(f"/admin/press/{release.pk}/aterkalla/").status_code == 302
    client.logout()
    assert send(client, release, kind="mistake")["Location"].startswith("/admin/login/")
    assert not Withdrawal.objects.exists()


def test_a_lock_keeps_no_mistake_in_public(client: Client, release: PressReleasePage, chief: Any) -> None:
    PressReleasePage.objects.filter(pk=release.pk).update(locked=True, locked_by=add_user(username="annan"))
    assert send(client, release, kind="mistake").status_code == 302
    assert client.get(release.url).status_code == 410


def test_a_withdrawal_is_logged_with_its_reason_and_shown_in_the_history(
    client: Client, release: PressReleasePage, chief: Any
) -> None:
    send(client, release, kind="outdated")
    entry = PageLogEntry.objects.get(page=release.pk, action="press.withdrawn")
    assert entry.user == chief
    assert entry.message == "Återkallat: Fel siffror."
    html = client.get(release.url).content.decode()
    assert "Vad som har ändrats" in html
    assert "Återkallat: Fel siffror." in html
    assert PublicChange.objects.filter(page=release.pk, kind="withdrawn").count() == 1


def test_publishing_again_takes_a_withdrawal_back(client: Client, release: PressReleasePage, chief: Any) -> None:
    send(client, release, kind="mistake")
    publish(release, lead="Nu stämmer det.")
    assert client.get(release.url).status_code == 200
    assert "Nytt avtal" in client.get(ROOM).content.decode()
    assert not Withdrawal.objects.exists()
    assert PageLogEntry.objects.filter(action="press.withdrawal_ended").count() == 1


def test_a_correction_of_the_spelling_does_not_end_a_withdrawal(
    client: Client, release: PressReleasePage, chief: Any
) -> None:
    send(client, release, kind="outdated")
    publish(release, lead="Rättad stavning.")
    assert Withdrawal.objects.exists()
    assert "Nytt avtal" not in client.get(ROOM).content.decode()


def test_the_database_holds_no_replacement_without_a_release(release: PressReleasePage) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Withdrawal.objects.create(release=release, kind="replaced", reason="Fel.")


def test_a_renamed_release_is_found_at_its_former_address(
    client: Client, release: PressReleasePage, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        publish(release, slug="battre-adress")
    response = client.get(f"{ROOM}nytt-avtal/")
    assert response.status_code == 301
    assert response["Location"] == f"{ROOM}battre-adress/"


def test_all_releases_are_found_after_the_press_room_is_renamed(
    client: Client, release: PressReleasePage, press_room: PressIndexPage, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        publish(press_room, slug="nyheter")
    assert client.get(f"{ROOM}nytt-avtal/")["Location"] == "/nyheter/nytt-avtal/"
    assert client.get(ROOM)["Location"] == "/nyheter/"
    assert client.get("/nyheter/feed.atom").status_code == 200


def test_a_former_address_tells_nothing_of_a_draft(
    client: Client, release: PressReleasePage, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        publish(release, slug="battre-adress")
    assert client.get(f"{ROOM}nytt-avtal/").status_code == 301
    PressReleasePage.objects.get(pk=release.pk).unpublish()
    assert client.get(f"{ROOM}nytt-avtal/").status_code == 404


def test_a_former_address_of_a_replaced_release_leads_on(
    client: Client,
    release: PressReleasePage,
    other: PressReleasePage,
    chief: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        renamed = publish(release, slug="battre-adress")
    withdraw(renamed, "replaced", "Nytt avtal finns.", by=chief, replacement=other)
    assert client.get(f"{ROOM}nytt-avtal/")["Location"] == other.href


def test_what_has_been_public_is_not_deleted_by_an_editor(
    client: Client, release: PressReleasePage, press_room: PressIndexPage, chief: Any
) -> None:
    PressReleasePage.objects.get(pk=release.pk).unpublish()
    client.post(f"/admin/pages/{release.pk}/delete/")
    client.post(f"/admin/bulk/wagtailcore/page/delete/?id={release.pk}&next=/admin/")
    client.post(f"/admin/pages/{press_room.pk}/delete/")
    assert PressReleasePage.objects.filter(pk=release.pk).exists()
    draft = PressReleasePageFactory(parent=press_room, live=False)
    assert draft.permissions_for_user(chief).can_delete()
    assert release.permissions_for_user(add_user(username="admin", is_superuser=True)).can_delete()
