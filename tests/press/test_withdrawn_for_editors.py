"""That a release is withdrawn is said wherever an editor meets it, and publishing it again asks first."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from press.models import PressIndexPage, PressReleasePage, Withdrawal
from press.withdrawing import needs_consent_to_republish, withdraw
from tests.factories import PressReleasePageFactory, add_user, publish
from tests.press.test_review import submit
from tests.site_core.test_publishing import edit_form


@pytest.fixture
def chief(client: Client, db: None) -> Any:
    user = add_user("Chefredaktörer", username="chef", first_name="Eva", last_name="Ek")
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("kind", "words"),
    [("mistake", "publicerat av misstag"), ("replaced", "ersatt"), ("outdated", "inte längre aktuellt")],
)
def test_every_room_says_that_it_is_withdrawn(
    client: Client, release: PressReleasePage, press_room: PressIndexPage, chief: Any, kind: str, words: str
) -> None:
    replacement = (
        publish(PressReleasePageFactory(parent=press_room, title="Ersättaren", live=False))
        if kind == "replaced"
        else None
    )
    # Recent edits and the report of old pages know it too.
    client.post(f"/admin/pages/{release.pk}/edit/", edit_form(release))
    withdraw(PressReleasePage.objects.get(pk=release.pk), kind, "Fel siffror.", by=chief, replacement=replacement)
    rooms = [
        "/admin/",
        f"/admin/pages/{press_room.pk}/",
        "/admin/pages/search/?q=avtal",
        f"/admin/choose-page/{press_room.pk}/",
        "/admin/choose-page/search/?q=avtal",
        "/admin/reports/aging-pages/",
    ]
    for room in rooms:
        response = client.get(room)
        html = response.json()["html"] if response["Content-Type"] == "application/json" else response.content.decode()
        assert f"återkallat: {words}" in html.lower(), room
    editor = client.get(f"/admin/pages/{release.pk}/edit/").content.decode()
    assert "Det här återkallades" in editor
    assert "Eva Ek skrev: ”Fel siffror.”" in editor


def test_what_is_not_withdrawn_says_nothing_of_it(client: Client, release: PressReleasePage, chief: Any) -> None:
    for room in ("/admin/", f"/admin/pages/{release.get_parent().pk}/", f"/admin/pages/{release.pk}/edit/"):
        html = client.get(room).content.decode()
        assert "återkallat:" not in html.lower(), room
        assert "Det här återkallades" not in html, room


@pytest.mark.parametrize("hour", ["", "2099-01-01 09:00"])
def test_publishing_or_scheduling_again_asks_first(
    client: Client, release: PressReleasePage, chief: Any, hour: str
) -> None:
    withdraw(release, "mistake", "Fel siffror.", by=chief)
    release = PressReleasePage.objects.get(pk=release.pk)
    form = edit_form(release, go_live_at=hour, **{"action-publish": "1"})
    asked = client.post(f"/admin/pages/{release.pk}/edit/", form)["Location"]
    page = client.get(asked).content.decode()
    assert "Fel siffror." in page
    assert "Vill du publicera det igen?" in page
    refused = client.post(asked, {"reason": "Bråttom."}).content.decode()
    assert "Pressmeddelandet har återkallats. Kryssa i om det verkligen ska publiceras igen." in refused
    assert "Bråttom." in refused
    assert Withdrawal.objects.exists()
    release = PressReleasePage.objects.get(pk=release.pk)
    assert not release.live
    assert release.scheduled_revision is None
    client.post(asked, {"reason": "Bråttom.", "republish": "on"})
    release = PressReleasePage.objects.get(pk=release.pk)
    assert release.live or release.scheduled_revision
    assert Withdrawal.objects.exists() == bool(hour)


def test_consent_is_needed_for_what_was_taken_down_only(release: PressReleasePage, chief: Any) -> None:
    assert needs_consent_to_republish(release) is None
    withdrawal = withdraw(release, "outdated", "Gammalt.", by=chief)
    assert needs_consent_to_republish(release) is None
    withdrawal.delete()
    withdrawal = withdraw(PressReleasePage.objects.get(pk=release.pk), "mistake", "Fel.", by=chief)
    assert needs_consent_to_republish(release) == withdrawal


@pytest.mark.parametrize("kind", ["mistake", "outdated"])
def test_a_withdrawal_stops_what_is_scheduled_and_what_is_being_reviewed(
    client: Client, release: PressReleasePage, chief: Any, kind: str
) -> None:
    release = submit(client, release, add_user("Redaktörer", username="anna"))
    assert release.workflow_in_progress
    publish(release, lead="Kommer senare.", go_live_at=timezone.now() + timedelta(hours=1))
    assert PressReleasePage.objects.get(pk=release.pk).scheduled_revision is not None
    client.force_login(chief)
    client.post(f"/admin/press/{release.pk}/aterkalla/", {"kind": kind, "reason": "Fel."})
    release = PressReleasePage.objects.get(pk=release.pk)
    assert release.scheduled_revision is None
    assert not release.workflow_in_progress
    call_command("run_due")
    assert Withdrawal.objects.filter(release=release).exists()
