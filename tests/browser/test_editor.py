"""The editor's rooms: whole, Swedish, and unharmed by what we put into them."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.test_readers import violations

ROOMS = [
    "/admin/",
    "/admin/pages/",
    "/admin/images/",
    "/admin/documents/",
    "/admin/snippets/press/presscontact/",
    "/admin/snippets/press/presscontact/add/",
    "/admin/snippets/site_core/menu/",
    "/admin/settings/site_core/organisationsettings/",
    "/admin/reports/workflow/",
    "/admin/reports/site-history/",
    "/admin/account/",
]
# Words that an English sentence can hardly do without and a Swedish one never has.
ENGLISH = re.compile(
    r"\b(the|and|this|your|you|with|page|pages|edit|delete|save|choose|add|search|publish|status of)\b", re.I
)


def visible_text(page: Page) -> list[str]:
    return page.evaluate(
        """() => {
            const found = [];
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const parent = walker.currentNode.parentElement;
                const words = walker.currentNode.textContent.trim();
                if (words && parent.checkVisibility()) found.push(words);
            }
            for (const element of document.querySelectorAll('[aria-label], [placeholder]')) {
                found.push(element.getAttribute('aria-label') || element.getAttribute('placeholder'));
            }
            return found;
        }"""
    )


@pytest.fixture
def faults(editor: Page) -> list[str]:
    """What the browser complains of while a test runs: script errors, and what the policy blocked."""
    found: list[str] = []
    editor.on(
        "console", lambda message: found.append(f"{editor.url}: {message.text}") if message.type == "error" else None
    )
    editor.on("pageerror", lambda error: found.append(f"{editor.url}: {error}"))
    return found


def test_every_room_is_swedish_and_whole(editor: Page, faults: list[str]) -> None:
    english = set()
    for path in ROOMS:
        response = editor.goto(path)
        assert response is not None
        assert response.status == 200, path
        english |= {words for words in visible_text(editor) if ENGLISH.search(words)}
    assert english == set()
    assert faults == []


def test_the_page_editor_is_swedish_and_whole(editor: Page, faults: list[str]) -> None:
    editor.goto("/admin/pages/")
    editor.goto("/admin/")
    editor.locator(".press-today a", has_text="14 000 medarbetare").click()
    editor.wait_for_selector(".c-sf-add-button")
    english = {words for words in visible_text(editor) if ENGLISH.search(words)}
    editor.get_by_role("button", name="Växla status").click()
    editor.get_by_role("button", name="Sätt schema").first.click()
    editor.wait_for_timeout(300)
    english |= {words for words in visible_text(editor) if ENGLISH.search(words)}
    assert english == set()
    assert faults == []


def test_the_choosers_are_swedish_and_whole(editor: Page, faults: list[str]) -> None:
    editor.get_by_role("link", name="Skriv ett pressmeddelande").click()
    english: set[str] = set()

    def read_chooser() -> None:
        editor.locator(".modal-content h1").wait_for()
        english.update(words for words in visible_text(editor) if ENGLISH.search(words))
        editor.locator(".modal-content [data-dismiss]").first.click()
        editor.locator(".modal-content").wait_for(state="detached")

    editor.get_by_role("button", name="Välj en bild").first.click()
    read_chooser()
    editor.locator("#panel-child-innehall-attachments-section .c-sf-add-button").click()
    editor.get_by_role("button", name="Välj ett dokument").click()
    read_chooser()
    editor.get_by_role("button", name="Lägg till Kontakt").click()
    editor.locator("#panel-child-innehall-presskontakter-section").get_by_role("button", name="Välj").click()
    read_chooser()
    assert english == set()
    assert faults == []


def test_our_dashboard_panel_is_accessible(editor: Page) -> None:
    assert violations(editor, ".press-today") == []
