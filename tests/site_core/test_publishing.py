"""The public date and the change notes: what moves them, and what does not."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from press.models import PressIndexPage, PressReleasePage
from site_core.choices import ChangeType
from site_core.models import PublicChange
from site_core.publishing import public_change, record_publication
from tests.at_once import meanwhile, needs_row_locks
from tests.factories import PressReleasePageFactory, add_user, publish

FIRST = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LATER = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


@pytest.fixture
def dated(press_room: PressIndexPage) -> PressReleasePage:
    """A release first published in March."""
    with time_machine.travel(FIRST, tick=False):
        return publish(PressReleasePageFactory(parent=press_room, live=False))


def test_first_publication_sets_the_date(dated: PressReleasePage) -> None:
    assert dated.public_updated_at == FIRST
    assert not dated.is_updated
    assert [(change.kind, change.at) for change in dated.public_changes.all()] == [("first", FIRST)]


def test_a_minor_change_moves_nothing(dated: PressReleasePage) -> None:
    with time_machine.travel(LATER, tick=False):
        dated = publish(dated, lead="Rättat stavfel.")
    assert dated.lead == "Rättat stavfel."
    assert dated.public_updated_at == FIRST
    assert dated.history == []


def test_a_major_change_moves_the_date_and_is_told(dated: PressReleasePage) -> None:
    with time_machine.travel(LATER, tick=False):
        dated = publish(dated, change_type=ChangeType.MAJOR, change_note="Beloppet är ändrat.")
    assert dated.public_updated_at == LATER
    assert dated.first_published_at == FIRST
    assert [change.note for change in dated.history] == ["Beloppet är ändrat."]


def test_the_next_change_is_minor_again(dated: PressReleasePage) -> None:
    with time_machine.travel(LATER, tick=False):
        dated = publish(dated, change_type=ChangeType.MAJOR, change_note="Beloppet är ändrat.")
    with time_machine.travel(LATER + timedelta(days=1), tick=False):
        dated = publish(dated, lead="Rättat stavfel.")
    assert dated.public_updated_at == LATER
    assert len(dated.history) == 1


def test_the_same_revision_published_twice_is_told_once(dated: PressReleasePage) -> None:
    draft = dated.get_latest_revision_as_object()
    draft.change_type, draft.change_note = ChangeType.MAJOR, "Beloppet är ändrat."
    revision = draft.save_revision()
    with time_machine.travel(LATER, tick=False):
        revision.publish()
    with time_machine.travel(LATER + timedelta(hours=1), tick=False):
        revision.publish()
        record_publication(draft, revision)
    dated.refresh_from_db()
    assert dated.public_updated_at == LATER
    assert PublicChange.objects.filter(page=dated, kind="major").count() == 1


def test_an_old_revision_does_not_bring_the_old_date_back(dated: PressReleasePage) -> None:
    first_revision = dated.latest_revision
    with time_machine.travel(LATER, tick=False):
        publish(dated, change_type=ChangeType.MAJOR, change_note="Beloppet är ändrat.")
        first_revision.publish()
    dated.refresh_from_db()
    assert dated.public_updated_at == LATER


def test_a_preview_of_an_old_revision_shows_the_own_date_of_the_page(dated: PressReleasePage) -> None:
    first_revision = dated.latest_revision
    with time_machine.travel(LATER, tick=False):
        dated = publish(dated, change_type=ChangeType.MAJOR, change_note="Beloppet är ändrat.")
    assert dated.revisions.get(pk=first_revision.pk).as_object().public_updated_at == LATER


def test_unpublishing_and_publishing_again_keeps_the_date(dated: PressReleasePage) -> None:
    dated.unpublish()
    with time_machine.travel(LATER, tick=False):
        dated = publish(dated)
    assert dated.live
    assert dated.public_updated_at == FIRST


def test_a_scheduled_page_is_not_public_until_its_time(press_room: PressIndexPage) -> None:
    release = PressReleasePageFactory(parent=press_room, live=False)
    with time_machine.travel(FIRST, tick=False):
        release = publish(release, go_live_at=LATER)
    assert not release.live
    assert release.public_updated_at is None
    assert not PublicChange.objects.exists()
    with time_machine.travel(LATER + timedelta(seconds=30), tick=False):
        call_command("run_due")
    release.refresh_from_db()
    assert release.live
    assert release.public_updated_at == LATER + timedelta(seconds=30)


def test_the_rest_of_the_site_hears_of_each_public_change_once(
    press_room: PressIndexPage, django_capture_on_commit_callbacks: Any
) -> None:
    heard = []

    def listen(change: PublicChange, **kwargs: Any) -> None:
        heard.append(change.kind)

    public_change.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            release = publish(PressReleasePageFactory(parent=press_room, live=False))
            release = publish(release, lead="Rättat stavfel.")
            publish(release, change_type=ChangeType.MAJOR, change_note="Nytt belopp.")
    finally:
        public_change.disconnect(listen)
    assert heard == ["first", "major"]


def test_a_copy_starts_without_date_or_note(dated: PressReleasePage) -> None:
    copy = dated.copy(update_attrs={"slug": "kopia"}, keep_live=False)
    copy.refresh_from_db()
    assert copy.public_updated_at is None
    assert copy.change_note == ""


def edit_form(page: PressReleasePage, **fields: str) -> dict[str, str]:
    return {
        "title": page.title,
        "slug": page.slug,
        "lead": page.lead,
        "image_caption": "",
        "body-count": "0",
        "attachments-count": "0",
        "release_contacts-TOTAL_FORMS": "0",
        "release_contacts-INITIAL_FORMS": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **fields,
    }


def test_a_major_change_without_a_note_is_refused_and_loses_nothing(client: Client, dated: PressReleasePage) -> None:
    client.force_login(add_user("Chefredaktörer"))
    form = edit_form(dated, lead="Ny ingress.", change_type="major", **{"action-publish": "1"})
    response = client.post(f"/admin/pages/{dated.pk}/edit/", form)
    assert "Skriv vad som har ändrats" in response.content.decode()
    assert "Ny ingress." in response.content.decode()
    dated.refresh_from_db()
    assert dated.lead != "Ny ingress."


def test_a_draft_may_lack_its_note(client: Client, dated: PressReleasePage) -> None:
    client.force_login(add_user("Chefredaktörer"))
    response = client.post(f"/admin/pages/{dated.pk}/edit/", edit_form(dated, lead="Ny ingress.", change_type="major"))
    assert response.status_code == 302
    dated.refresh_from_db()
    assert dated.get_latest_revision_as_object().change_type == ChangeType.MAJOR


def test_a_major_change_with_a_note_is_published(client: Client, dated: PressReleasePage) -> None:
    client.force_login(add_user("Chefredaktörer"))
    form = edit_form(dated, change_type="major", change_note="Nytt belopp.", **{"action-publish": "1"})
    response = client.post(f"/admin/pages/{dated.pk}/edit/", form)
    client.post(response["Location"], {"reason": "Bråttom."})
    page = PressReleasePage.objects.get(pk=dated.pk)
    assert [change.note for change in page.history] == ["Nytt belopp."]
    assert timezone.now() - page.public_updated_at < timedelta(minutes=1)


def test_a_page_never_published_is_not_asked_about_changes(client: Client, press_room: PressIndexPage) -> None:
    client.force_login(add_user("Chefredaktörer"))
    new = client.get(f"/admin/pages/add/press/pressreleasepage/{press_room.pk}/").content.decode()
    assert 'name="change_type"' not in new
    published = publish(PressReleasePageFactory(parent=press_room, live=False))
    assert 'name="change_type"' in client.get(f"/admin/pages/{published.pk}/edit/").content.decode()


@needs_row_locks
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_processes_that_publish_at_once_tell_of_one_first_publication(
    put_back: None, press_room: PressIndexPage
) -> None:
    release = PressReleasePageFactory(parent=press_room)
    first, second = release.save_revision(), release.save_revision()
    told = meanwhile(
        lambda: record_publication(release, first),
        lambda: record_publication(PressReleasePage.objects.get(pk=release.pk), second),
        second_waits=True,
    )
    assert told is None
    assert [change.revision_id for change in PublicChange.objects.all()] == [first.pk]
