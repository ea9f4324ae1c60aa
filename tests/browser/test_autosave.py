"""A communicator in a hurry presses a button while the editor is saving by itself."""

import re

from playwright.sync_api import APIResponse, Page, Route, expect

# The editor looks for changes from this moment on, two seconds after the form came.
TELL_WHEN_WATCHING = """
    document.addEventListener('w-unsaved:watch-edits', () => document.documentElement.dataset.watching = '')
"""
ADD = "**/admin/pages/add/**"


class SlowLine:
    """Lets the server do what the first autosave of a page asks for, and holds its answer back."""

    def __init__(self, editor: Page) -> None:
        self.held: list[tuple[Route, APIResponse]] = []
        editor.route(ADD, self.take)

    def take(self, route: Route) -> None:
        if route.request.resource_type != "fetch":
            route.continue_()
            return
        answer = route.fetch()
        if answer.json()["success"]:
            self.held.append((route, answer))
        else:
            route.fulfill(response=answer)

    def let_through(self) -> None:
        route, answer = self.held.pop()
        route.fulfill(response=answer)


def begin(editor: Page) -> None:
    editor.add_init_script(TELL_WHEN_WATCHING)
    editor.get_by_role("link", name="Skriv ett pressmeddelande").click()
    editor.locator("html[data-watching]").wait_for()


def write(editor: Page, title: str) -> None:
    editor.locator("#id_title").fill(title)
    editor.locator("#id_lead").fill("Två saker hände på en gång.")


def write_until_it_saves(editor: Page, title: str) -> SlowLine:
    begin(editor)
    line = SlowLine(editor)
    write(editor, title)
    while not line.held:
        editor.wait_for_timeout(50)
    return line


def count_pages(editor: Page, title: str) -> int:
    editor.goto(f"/admin/pages/search/?q={title.replace(' ', '+')}")
    return editor.get_by_role("link", name=title, exact=True).count()


def test_a_draft_saved_while_it_saves_itself_is_saved_once(editor: Page) -> None:
    line = write_until_it_saves(editor, "Sparat i samma stund")
    editor.get_by_role("button", name="Spara utkast").click()
    editor.wait_for_timeout(300)
    line.let_through()
    expect(editor.locator(".messages")).to_contain_text("uppdaterad")
    expect(editor).to_have_url(re.compile(r"/admin/pages/\d+/edit/"))
    assert count_pages(editor, "Sparat i samma stund") == 1


def test_a_release_published_while_it_saves_itself_is_on_its_way_to_be_published(editor: Page) -> None:
    line = write_until_it_saves(editor, "Publicerat i samma stund")
    editor.get_by_role("button", name="Fler åtgärder").click()
    editor.get_by_role("button", name="Publicera").click()
    editor.wait_for_timeout(300)
    line.let_through()
    expect(editor.get_by_role("button", name="Publicera utan granskning")).to_be_visible()
    assert count_pages(editor, "Publicerat i samma stund") == 1


def test_the_editor_saves_nothing_by_itself_after_the_press(editor: Page) -> None:
    begin(editor)
    sent: list[str] = []

    def take(route: Route) -> None:
        pressed = "x-filled-in-by" in route.request.headers
        sent.append("press" if pressed else "by itself")
        if pressed:
            held.append(route)
        else:
            route.continue_()

    held: list[Route] = []
    editor.route(ADD, take)
    write(editor, "Tryckt utan att vänta")
    editor.get_by_role("button", name="Spara utkast").click(no_wait_after=True)
    editor.wait_for_timeout(2500)
    held.pop().continue_()
    expect(editor).to_have_url(re.compile(r"/admin/pages/\d+/edit/"))
    assert sent == ["press"]
    assert count_pages(editor, "Tryckt utan att vänta") == 1
