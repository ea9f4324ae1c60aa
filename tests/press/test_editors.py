"""What editors may do, and what they see first."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Workflow

from press.models import PressContact, PressIndexPage, PressReleasePage
from site_core.models import Heartbeat
from tests.factories import PressReleasePageFactory, add_user, publish
from tests.site_core.test_publishing import edit_form


def test_the_dashboard_shows_what_waits_what_is_begun_and_what_is_out(
    client: Client, press_room: PressIndexPage, release: PressReleasePage
) -> None:
    scheduled = PressReleasePageFactory(parent=press_room, title="Väntar", live=False)
    publish(scheduled, go_live_at=timezone.now() + timedelta(days=1))
    PressReleasePageFactory(parent=press_room, title="Påbörjat", live=False, has_unpublished_changes=True)
    client.force_login(add_user("Chefredaktörer"))
    html = client.get("/admin/").content.decode()
    assert "Skriv ett pressmeddelande" in html
    assert f"/admin/press/{scheduled.pk}/embargokontroll/" in html
    waits, begun, out = (html.index(heading) for heading in ("Väntar på sin tid", "Påbörjade", "Senast publicerade"))
    assert (
        waits
        < html.index(">Väntar</a>")
        < begun
        < html.index(">Påbörjat</a>")
        < out
        < html.index(">Nytt avtal</a>", out)
    )


def test_the_dashboard_warns_when_the_scheduler_stands_still(client: Client, db: None) -> None:
    client.force_login(add_user("Redaktörer"))
    assert "schemaläggaren har aldrig kört" in client.get("/admin/").content.decode()
    call_command("run_due")
    assert "schemaläggaren" not in client.get("/admin/").content.decode()
    Heartbeat.objects.filter(name="scheduler").update(at=timezone.now() - timedelta(minutes=4))
    assert "schemaläggaren körde senast" in client.get("/admin/").content.decode()


def test_an_editor_submits_and_a_chief_editor_publishes(press_room: PressIndexPage) -> None:
    editor, chief = add_user("Redaktörer", username="ed"), add_user("Chefredaktörer", username="chef")
    release = PressReleasePageFactory(parent=press_room, live=False)
    assert release.permissions_for_user(editor).can_edit()
    assert not release.permissions_for_user(editor).can_publish()
    assert release.permissions_for_user(chief).can_publish()
    assert Workflow.objects.get(active=True).name == "Granskning av en kollega"
    assert release.get_workflow() is not None


def test_an_editor_may_add_a_contact_and_not_change_the_menus(client: Client, db: None) -> None:
    client.force_login(add_user("Redaktörer"))
    assert client.get("/admin/snippets/press/presscontact/add/").status_code == 200
    assert client.get("/admin/snippets/site_core/menu/").status_code == 302
    client.post("/admin/snippets/press/presscontact/add/", {"name": "Anna Berg", "telephone": "010-123 45 67"})
    assert PressContact.objects.get().name == "Anna Berg"


@pytest.mark.parametrize(
    ("fields", "message"),
    [({"telephone": "", "email": ""}, "så att pressen kan nå"), ({"telephone": "12"}, "inget telefonnummer")],
)
def test_a_contact_can_be_reached(fields: dict[str, str], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        PressContact(name="Anna Berg", **fields).full_clean()


def test_a_release_has_no_pages_below_and_lives_in_the_press_room() -> None:
    assert [model.__name__ for model in PressReleasePage.allowed_parent_page_models()] == ["PressIndexPage"]
    assert PressReleasePage.allowed_subpage_models() == []
    assert [model.__name__ for model in PressIndexPage.allowed_subpage_models()] == ["PressReleasePage"]


def test_the_dashboard_costs_the_same_however_many_releases_there_are(
    client: Client, press_room: PressIndexPage
) -> None:
    client.force_login(add_user("Chefredaktörer"))

    def cost() -> int:
        client.get("/admin/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/")
        return len(queries)

    for _number in range(5):
        publish(PressReleasePageFactory(parent=press_room, live=False), go_live_at=timezone.now() + timedelta(days=1))
    few = cost()
    for _number in range(15):
        publish(PressReleasePageFactory(parent=press_room, live=False), go_live_at=timezone.now() + timedelta(days=2))
    assert cost() == few


@pytest.mark.parametrize("taken", [False, True])
def test_a_page_without_an_address_takes_one_from_its_title(
    client: Client, press_room: PressIndexPage, taken: bool
) -> None:
    if taken:
        PressReleasePageFactory(parent=press_room, slug="bat-for-oarna")
    client.force_login(add_user("Chefredaktörer"))
    new = PressReleasePage(title="Båt för öarna", slug="", lead="Så här är det.")
    client.post(f"/admin/pages/add/press/pressreleasepage/{press_room.pk}/", edit_form(new))
    assert PressReleasePage.objects.get(title="Båt för öarna").slug == ("bat-for-oarna-2" if taken else "bat-for-oarna")


def test_a_title_that_gives_no_address_asks_for_one(client: Client, press_room: PressIndexPage) -> None:
    client.force_login(add_user("Chefredaktörer"))
    new = PressReleasePage(title="!?", slug="", lead="Så här är det.")
    response = client.post(f"/admin/pages/add/press/pressreleasepage/{press_room.pk}/", edit_form(new))
    assert response.context["form"].errors == {"slug": ["Det här fältet är obligatoriskt"]}
    assert response.context["form"]["lead"].value() == "Så här är det."
