"""What is too long is said and not cut, a title can be read on a phone, and colleagues can comment."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Letters
from tests.browser.test_autosave import begin, write_until_it_saves

GIVE_AN_ADDRESS = """
from site_core.models import User
User.objects.filter(username="admin").update(email="admin@example.se")
"""
LONG_TITLE = "Kommunernas överenskommelse om samverkansnämndsorganisationsförändringar"


@pytest.fixture
def colleague(
    on_server: Callable[[str], None], add_people: Callable[..., None], log_in_as: Callable[[str], Page]
) -> Page:
    """A page in a browser of her own where another editor has logged in."""
    on_server(GIVE_AN_ADDRESS)
    add_people(bodil="Redaktörer")
    return log_in_as("bodil")


def save(editor: Page) -> None:
    with editor.expect_navigation():
        editor.get_by_role("button", name="Spara utkast").click()
    expect(editor.locator(".messages")).to_contain_text(re.compile("uppdaterad|skapad"))


def test_a_colleague_sees_answers_and_resolves_a_comment_on_a_field(
    editor: Page, colleague: Page, letters: Letters
) -> None:
    # A comment that is begun while the page saves itself is there when the answer comes.
    line = write_until_it_saves(editor, "Kommenterat tillsammans")
    lead = editor.locator("#panel-child-innehall-lead-section")
    lead.hover()
    lead.get_by_role("button", name="Lägg till kommentar").click()
    editor.locator(".comment__input").fill("Stämmer siffran?")
    line.let_through()
    expect(editor).to_have_url(re.compile(r"/admin/pages/\d+/edit/"))
    expect(editor.locator(".comment__input")).to_have_value("Stämmer siffran?")
    editor.get_by_role("button", name="Kommentera", exact=True).click()
    save(editor)
    address = editor.url

    colleague.goto(address)
    colleague.get_by_role("button", name="Växla kommentarer").click()
    comment = colleague.locator(".comment")
    expect(comment).to_contain_text("Stämmer siffran?")
    comment.click()
    comment.locator(".comment__reply-input, textarea").fill("Ja, enligt SCB.")
    comment.get_by_role("button", name="Svara").click()
    save(colleague)
    letter = letters.text_to("admin@example.se")
    assert "har uppdaterat kommentarer" in letter
    assert "Ja, enligt SCB." in letter

    comment.click()
    comment.get_by_label("Fler åtgärder").first.click()
    comment.get_by_role("menuitem", name="Markera som klar").click()
    save(colleague)
    assert "Klara kommentarer" in letters.text_to("admin@example.se")
    editor.goto(address)
    expect(editor.locator("#id_lead")).to_be_visible()
    expect(editor.locator(".comment")).to_have_count(0)


def test_what_is_too_long_is_said_and_kept(editor: Page) -> None:
    begin(editor)
    editor.locator("#id_title").fill(LONG_TITLE)
    editor.locator("#id_lead").focus()
    editor.keyboard.insert_text("ord " * 225)
    note = editor.locator("#panel-child-innehall-lead-section").get_by_role("status")
    expect(note).to_contain_text("899 av högst 600 tecken")
    expect(editor.locator("#id_lead")).to_have_accessible_description(re.compile("899 av högst 600 tecken"))
    editor.get_by_role("button", name="Spara utkast").click()
    expect(editor.locator("#panel-child-innehall-child-lead-errors")).to_contain_text("600 tecken")
    expect(editor.locator("#id_lead")).to_have_value(re.compile("(ord ){224}ord"))
    editor.locator("#id_lead").fill("Kort.")
    save(editor)

    editor.goto("/admin/pages/8/")
    for width in (360, 390):
        editor.set_viewport_size({"width": width, "height": 800})
        row = editor.locator("tbody tr", has=editor.get_by_role("link", name=LONG_TITLE))
        box = row.get_by_role("link", name=LONG_TITLE).bounding_box()
        assert box is not None
        assert box["width"] > 150
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert editor.evaluate("document.documentElement.scrollWidth") <= width
        row.get_by_role("checkbox").check(trial=True)
        row.get_by_role("button", name="Fler alternativ").click(trial=True)
