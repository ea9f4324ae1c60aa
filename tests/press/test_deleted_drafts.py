"""Who may delete a draft, and how it comes back."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from wagtail.models import Comment, CommentReply, Page, PageLogEntry, PageViewRestriction

from pages.models import HomePage, StandardPage
from press.closing import close
from press.models import ClosedDraft, EmbargoLink, PressIndexPage, PressReleasePage, ReleaseContact, Topic
from site_core.models import DeletedDraft, User
from site_core.scheduling import run_round
from tests.factories import (
    PressContactFactory,
    StandardPageFactory,
    add_document,
    add_user,
    blocks,
    publish,
)
from tests.press.test_review import act, submit
from tests.site_core.test_publishing import edit_form

BIN = "/admin/borttagna-utkast/"


@pytest.fixture
def anna(client: Client, db: None) -> User:
    user = add_user("Redaktörer", username="anna", first_name="Anna")
    client.force_login(user)
    return user


@pytest.fixture
def bo(db: None) -> User:
    return add_user("Redaktörer", username="bo", email="bo@example.se")


@pytest.fixture
def chief(db: None) -> User:
    return add_user("Chefredaktörer", username="chef")


def write(client: Client, press_room: PressIndexPage, title: str = "Annas utkast") -> PressReleasePage:
    """Begin a release as an editor does."""
    new = PressReleasePage(title=title, slug="annas-utkast", lead="Så här är det.")
    client.post(f"/admin/pages/add/press/pressreleasepage/{press_room.pk}/", edit_form(new))
    return PressReleasePage.objects.get(title=title)


def delete(client: Client, page: Page, road: str = "one") -> bool:
    """Try to delete a page by the address or by ticking a box; tell whether it is gone."""
    if road == "one":
        client.post(f"/admin/pages/{page.pk}/delete/")
    else:
        client.post(f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}&next=/admin/")
    return not Page.objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize("road", ["one", "bulk"])
def test_an_own_draft_is_deleted_and_comes_back(
    client: Client, press_room: PressIndexPage, anna: User, road: str
) -> None:
    draft = write(client, press_room)
    assert delete(client, draft, road)
    assert "30 dagar" in client.get("/admin/").content.decode()
    page = client.get(BIN).content.decode()
    assert "Annas utkast" in page
    entry = DeletedDraft.objects.get()
    client.post(f"{BIN}{entry.pk}/")
    back = PressReleasePage.objects.get(title="Annas utkast")
    assert back.get_latest_revision_as_object().lead == "Så här är det."
    assert back.owner == anna
    assert not back.live
    assert not DeletedDraft.objects.exists()
    assert client.get(f"/admin/pages/{back.pk}/edit/").status_code == 200
    assert client.get(f"/admin/pages/{back.pk}/history/").status_code == 200
    # It is hers as before, and what she writes now is kept.
    client.post(f"/admin/pages/{back.pk}/edit/", edit_form(back, lead="Nytt."))
    assert PressReleasePage.objects.get(pk=back.pk).get_latest_revision_as_object().lead == "Nytt."
    assert delete(client, back, road)


@pytest.mark.parametrize("road", ["one", "bulk"])
@pytest.mark.parametrize(
    "case", ["colleague's", "touched by a colleague", "submitted", "sent back", "scheduled", "published"]
)
def test_an_editor_deletes_nothing_else(
    client: Client, press_room: PressIndexPage, anna: User, bo: User, case: str, road: str
) -> None:
    if case == "colleague's":
        client.force_login(bo)
    draft = write(client, press_room)
    if case == "touched by a colleague":
        client.force_login(bo)
        client.post(f"/admin/pages/{draft.pk}/edit/", edit_form(draft, lead="Bo skrev."))
    elif case in ("submitted", "sent back"):
        draft = submit(client, draft, anna)
        if case == "sent back":
            act(client, draft, "reject", bo, comment="Skriv om.")
    elif case == "scheduled":
        publish(draft, go_live_at=timezone.now() + timedelta(days=1))
    elif case == "published":
        publish(draft)
        PressReleasePage.objects.get(pk=draft.pk).unpublish()
    client.force_login(anna)
    assert not delete(client, draft, road)
    assert not DeletedDraft.objects.exists()


def test_what_was_scheduled_once_is_not_deleted(
    client: Client, press_room: PressIndexPage, anna: User, chief: User
) -> None:
    draft = write(client, press_room)
    publish(draft, go_live_at=timezone.now() + timedelta(days=1))
    PressReleasePage.objects.get(pk=draft.pk).scheduled_revision.save(update_fields=["approved_go_live_at"])
    PressReleasePage.objects.get(pk=draft.pk).revisions.update(approved_go_live_at=None)
    assert not delete(client, draft)


def test_a_chief_editor_clears_away_what_waits_for_nothing(
    client: Client, press_room: PressIndexPage, anna: User, chief: User
) -> None:
    waiting = submit(client, write(client, press_room), anna)
    client.force_login(chief)
    assert not delete(client, waiting)
    waiting.current_workflow_state.cancel(user=anna)
    assert delete(client, waiting)
    # The one who had begun it can take it back too.
    client.force_login(anna)
    assert "Annas utkast" in client.get(BIN).content.decode()


def test_pages_of_every_kind_and_what_lies_below_them(client: Client, home: HomePage, anna: User, bo: User) -> None:
    others = StandardPageFactory(parent=home, title="Bos sida", live=False, owner=bo)
    assert not delete(client, others)
    mine = StandardPageFactory(parent=home, title="Min sida", live=False, owner=anna)
    StandardPageFactory(parent=mine, title="Bos under min", live=False, owner=bo)
    assert not delete(client, mine)
    assert not delete(client, mine, "bulk")


def test_everything_that_belongs_to_a_draft_comes_back(client: Client, press_room: PressIndexPage, anna: User) -> None:
    draft = write(client, press_room)
    topic, contact, document = Topic.objects.create(name="Vård", slug="vard"), PressContactFactory(), add_document()
    gone: Any = PressContactFactory()
    draft.topics.add(topic)
    draft.release_contacts.add(ReleaseContact(contact=contact), ReleaseContact(contact=gone))
    draft.attachments = blocks(draft, ("document", {"document": document.pk, "title": ""}), field="attachments")
    draft.save()
    revision = draft.save_revision(user=anna)
    comment = Comment(user=anna, text="Stämmer det?", contentpath="lead", revision_created=revision)
    comment.replies.add(CommentReply(user=anna, text="Ja."))
    draft.wagtail_admin_comments.add(comment)
    draft.save()
    link = EmbargoLink.objects.create(release=draft, recipient="DN", expires_at=timezone.now() + timedelta(days=1))
    PageViewRestriction.objects.create(page=draft, restriction_type="login")
    entries = PageLogEntry.objects.filter(page=draft.pk).count()
    assert delete(client, draft)
    gone.delete()
    client.post(f"{BIN}{DeletedDraft.objects.get().pk}/")
    back = PressReleasePage.objects.get(title="Annas utkast")
    assert list(back.topics.all()) == [topic]
    assert [place.contact for place in back.release_contacts.all()] == [contact]
    assert back.attachments[0].value["document"] == document
    assert back.wagtail_admin_comments.get().text == "Stämmer det?"
    assert back.wagtail_admin_comments.get().replies.get().text == "Ja."
    draft = back.get_latest_revision_as_object()
    assert [place.contact for place in draft.release_contacts.all()] == [contact]
    assert back.embargo_links.get().key == link.key
    assert back.get_view_restrictions().count() == 1
    # The deletion and the return are in its log as well.
    assert PageLogEntry.objects.filter(page=back.pk).count() == entries + 3
    assert client.get(f"/admin/pages/{back.pk}/edit/").status_code == 200
    assert client.get(f"/admin/pages/{back.pk}/history/").status_code == 200


def test_a_tree_of_drafts_comes_back_as_it_was(client: Client, home: HomePage, anna: User) -> None:
    client.force_login(add_user(username="admin", is_superuser=True))
    top = StandardPageFactory(parent=home, title="Överst", live=False)
    middle = StandardPageFactory(parent=top, title="Mitten", live=False)
    StandardPageFactory(parent=middle, title="Underst", live=False)
    assert delete(client, top)
    client.post(f"{BIN}{DeletedDraft.objects.get(title='Överst').pk}/")
    assert StandardPage.objects.get(title="Underst").get_parent().title == "Mitten"
    assert StandardPage.objects.get(title="Mitten").get_parent().title == "Överst"
    assert not DeletedDraft.objects.exists()


def test_an_address_that_is_taken_and_a_place_that_is_gone(
    client: Client, home: HomePage, press_room: PressIndexPage, anna: User
) -> None:
    draft = write(client, press_room)
    delete(client, draft)
    write(client, press_room, "Ett annat")
    client.post(f"{BIN}{DeletedDraft.objects.get().pk}/")
    back = PressReleasePage.objects.get(title="Annas utkast")
    assert back.slug == "annas-utkast-2"
    delete(client, back)
    Page.objects.get(pk=press_room.pk).delete()
    client.post(f"{BIN}{DeletedDraft.objects.get().pk}/")
    assert "går inte att lägga tillbaka" in client.get(BIN).content.decode()
    assert DeletedDraft.objects.exists()


def test_nobody_else_sees_what_was_deleted(
    client: Client, press_room: PressIndexPage, anna: User, bo: User, chief: User
) -> None:
    delete(client, write(client, press_room))
    entry = DeletedDraft.objects.get()
    for other in (bo, chief):
        client.force_login(other)
        assert not client.get(BIN).context["drafts"]
        assert client.post(f"{BIN}{entry.pk}/").status_code == 404
    client.force_login(add_user(username="admin", is_superuser=True))
    assert "Annas utkast" in client.get(BIN).content.decode()


def test_after_thirty_days_it_is_erased(client: Client, press_room: PressIndexPage, anna: User) -> None:
    delete(client, write(client, press_room))
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        run_round()
        assert DeletedDraft.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        run_round()
        assert not DeletedDraft.objects.exists()


def test_a_closed_draft_is_in_nobody_elses_bin_and_comes_back_closed(
    client: Client, press_room: PressIndexPage, anna: User
) -> None:
    draft = write(client, press_room)
    close(draft, [], [], by=anna)
    assert delete(client, draft)
    # The message that it was saved is read now.
    client.get("/admin/")
    client.force_login(add_user(username="admin", is_superuser=True))
    assert "Annas utkast" not in client.get(BIN).content.decode()
    client.force_login(anna)
    client.post(f"{BIN}{DeletedDraft.objects.get().pk}/")
    assert ClosedDraft.objects.filter(release__title="Annas utkast").exists()
