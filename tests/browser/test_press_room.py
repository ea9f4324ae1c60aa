"""The press room's own tools, as a communicator and a journalist use them."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.test_readers import violations

TITLE = "Hemligt till klockan nio"


def save_draft(editor: Page) -> str:
    """Write a draft; return the number of its page."""
    editor.get_by_role("link", name="Skriv ett pressmeddelande").click()
    editor.locator("#id_title").fill(TITLE)
    editor.locator("#id_lead").fill("Ingen utanför redaktionen vet det här ännu.")
    editor.get_by_role("button", name="Fyrbodals kommunalförbund").click()
    expect(editor.get_by_label("Strömstad")).to_be_checked()
    expect(editor.get_by_label("Skövde")).not_to_be_checked()
    editor.get_by_role("button", name="Spara utkast").click()
    editor.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    return editor.url.split("/pages/")[1].split("/")[0]


def test_an_embargo_from_link_to_check(editor: Page, browser: Browser, server: str) -> None:
    number = save_draft(editor)
    editor.goto(f"/admin/press/{number}/embargolankar/")
    editor.get_by_label("För vem").fill("Eva Ek, Nyheterna")
    editor.get_by_role("button", name="Skapa länken").click()
    address = editor.get_by_label("Adress för Eva Ek, Nyheterna").input_value()
    assert violations(editor, ".press-admin") == []

    journalist = browser.new_context(base_url=server, locale="sv-SE").new_page()
    journalist.goto(address)
    expect(journalist.get_by_role("region", name="Embargo")).to_contain_text("får inte publiceras före oss")
    expect(journalist.get_by_role("heading", level=1)).to_have_text(TITLE)
    # In words alone: a topic of a coming release may be as secret as the release.
    expect(journalist.get_by_text("Strömstad").first).to_be_visible()
    assert violations(journalist) == []

    editor.goto(f"/admin/press/{number}/embargokontroll/")
    expect(editor.get_by_text("ingenting av pressmeddelandet syns någonstans")).to_be_visible()
    expect(editor.get_by_text("Läcka")).to_have_count(0)
    assert violations(editor, ".press-admin") == []

    editor.goto(f"/admin/press/{number}/embargolankar/")
    with editor.expect_navigation():
        editor.get_by_role("button", name="Dra in").click()
    journalist.goto(address)
    expect(journalist.get_by_role("heading", level=1)).to_have_text("Länken gäller inte längre")
    assert violations(journalist) == []


def test_a_journalist_narrows_down_with_the_keyboard_and_copies_a_quote(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, locale="sv-SE", permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/pressmeddelanden/")
    page.get_by_role("navigation", name="Filtrera pressmeddelanden").get_by_role("link", name="Hälsa och vård").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hälsa och vård")
    page.get_by_role("link", name=re.compile("^2018")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hälsa och vård, 2018")
    page.get_by_role("link", name="Kommunerna kan dela vårdens nya it-stöd").click()

    page.get_by_role("button", name="Kopiera citatet").first.click()
    expect(page.get_by_role("button", name="Kopierat").first).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "– Thomas Jungbeck, direktör, VästKom" in copied
    assert re.search(r"/pressmeddelanden/millennium[\w-]+/#citat-\w+$", copied)

    with page.expect_download() as kit:
        page.get_by_role("link", name="Allt i en fil").click()
    assert kit.value.suggested_filename == "millennium-blir-nytt-it-stod-for-varden.zip"
    context.close()


def test_a_release_is_withdrawn(editor: Page, browser: Browser, server: str) -> None:
    editor.goto("/admin/pages/search/?q=Konsten")
    editor.get_by_role("link", name="Konsten kommer hem till äldre i hela länet").first.click()
    editor.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    number = editor.url.split("/pages/")[1].split("/")[0]
    editor.goto(f"/admin/press/{number}/aterkalla/")
    editor.get_by_role("button", name="Återkalla pressmeddelandet").click()
    expect(editor.get_by_text("Det här fältet är obligatoriskt").first).to_be_visible()
    assert violations(editor, ".press-admin") == []
    editor.get_by_label("Inte längre aktuellt").check()
    editor.get_by_label("Skäl").fill("Projektet är avslutat.")
    editor.get_by_role("button", name="Återkalla pressmeddelandet").click()
    expect(editor.locator(".messages")).to_contain_text("återkallat")

    visitor = browser.new_context(base_url=server, locale="sv-SE").new_page()
    visitor.goto("/pressmeddelanden/kultur-for-aldre/")
    expect(visitor.get_by_role("note")).to_contain_text("Projektet är avslutat.")
    assert violations(visitor) == []
