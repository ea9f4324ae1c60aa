"""Our own rooms of the admin, for editors who use a keyboard, a magnifier or a screen reader."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import Page, Route

from tests.browser.test_readers import violations
from tests.contracts.admin.rights import NOT_TRIED
from tests.contracts.admin.world import World, address, rooms

# Parts of Wagtail's without a name: the field for tags, where text is written, what opens and closes a block.
NOT_OURS = [".tagit", ".public-DraftEditor-content", "[data-streamfield-child] > .w-panel"]
# Not rooms: what readers are sent, in a frame, and parts that a script puts into a room.
LETTERS = {"subscriptions_letter", "subscriptions_mailed_letter"}


@pytest.fixture
def markup(db: None) -> dict[str, tuple[str, str]]:
    """The address and the markup of each of our own views, and of Wagtail's that show panels of ours."""
    world, client = World(), Client()
    client.force_login(world.people["admin"])  # type: ignore[arg-type]
    ours = [room for room in rooms() if not room.name.startswith("wagtail") and room.name not in NOT_TRIED]
    paths = {str(room): address(world, room) for room in ours}
    paths |= {
        "the dashboard": "/admin/",
        "a release that waits": f"/admin/pages/{world.draft.pk}/edit/",
        "a release that is scheduled": f"/admin/pages/{world.scheduled.pk}/edit/",
        "a release that is public": f"/admin/pages/{world.published.pk}/edit/",
        "an image": f"/admin/images/{world.image.pk}/",
        "a document": f"/admin/documents/edit/{world.document.pk}/",
        "a topic": f"/admin/snippets/press/topic/edit/{world.topic.pk}/",
    }
    answers = {name: (path, client.get(path)) for name, path in paths.items()}
    return {
        name: (path, answer.content.decode())
        for name, (path, answer) in answers.items()
        if answer.status_code == 200 and not answer.streaming and b"<html" in answer.content and name not in LETTERS
    }


def test_axe_finds_nothing_in_any_of_our_own_rooms(markup: dict[str, tuple[str, str]], editor: Page) -> None:
    """Each is shown as it was written out, with the scripts and styles of the site."""
    by_path = dict(markup.values())

    def answer(route: Route) -> None:
        html = by_path.get(urlsplit(route.request.url).path)
        if html and route.request.is_navigation_request():
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        else:
            route.continue_()

    editor.route("**/admin/**", answer)
    found = {}
    for name, (path, _html) in markup.items():
        editor.goto(path)
        # What slides or fades in is seen as it stays.
        editor.evaluate("Promise.all(document.getAnimations().map(animation => animation.finished))")
        inside = "main" if editor.locator("main").count() else "body"
        if problems := violations(editor, {"include": [[inside]], "exclude": [[part] for part in NOT_OURS]}):
            found[name] = problems
    assert found == {}


@pytest.mark.django_db
def test_there_are_rooms_to_look_at() -> None:
    assert len({room.name for room in rooms() if not room.name.startswith("wagtail")} - NOT_TRIED) > 20
