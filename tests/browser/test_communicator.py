"""A communicator writes a release; a visitor finds and reads it with the keyboard alone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.factories import PDF

TITLE = "Ny samverkan om vård i skärgården"


def panel(editor: Page, name: str) -> Locator:
    return editor.locator(f"#panel-child-innehall-{name}-section")


def add_block(editor: Page, label: str) -> None:
    """Add a block at the end of the body."""
    panel(editor, "body").locator(".c-sf-add-button").last.click()
    editor.get_by_role("option", name=label, exact=True).click()


def write_release(editor: Page, pdf: Path) -> None:
    editor.get_by_role("link", name="Skriv ett pressmeddelande").click()
    editor.locator("#id_title").fill(TITLE)
    editor.locator("#id_lead").fill("Fyra kommuner delar nu på en läkare till sjöss.")

    add_block(editor, "Rubrik")
    editor.locator("[name='body-0-value-text']").fill("Så går det till")
    add_block(editor, "Citat")
    editor.locator("[name='body-1-value-text']").fill("Båten går oavsett väder.")
    editor.locator("[name='body-1-value-speaker']").fill("Anna Berg")
    editor.locator("[name='body-1-value-role']").fill("skeppare")

    attachments = panel(editor, "attachments")
    attachments.locator(".c-sf-add-button").click()
    attachments.get_by_role("button", name="Välj ett dokument").click()
    editor.get_by_role("tab", name="Ladda upp").click()
    editor.locator("#id_document-chooser-upload-title").fill("Hela avtalet")
    editor.locator("#id_document-chooser-upload-file").set_input_files(pdf)
    editor.locator(".modal-content").get_by_role("button", name="Ladda upp").click()
    expect(attachments.get_by_text("Hela avtalet")).to_be_visible()
    # What readers will miss in the file is said where it is chosen.
    expect(attachments.get_by_role("status")).to_contain_text("Varning: Pdf:en gick inte att läsa här")

    contacts = panel(editor, "presskontakter")
    contacts.get_by_role("button", name="Lägg till Kontakt").click()
    contacts.get_by_role("button", name="Välj").click()
    editor.get_by_role("link", name="Karin Ekström, presschef").click()
    expect(contacts.get_by_text("Karin Ekström")).to_be_visible()


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "Hela avtalet.pdf"
    path.write_bytes(PDF + b" " * (118_000 - len(PDF)))
    return path


def press_until(page: Page, name: str, most: int = 120) -> None:
    """Press Tab until the link or button with a name has the focus."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()").startswith(name):
            return
    raise AssertionError(f"{name} can't be reached with the keyboard")


def test_from_draft_to_reader(editor: Page, browser: Browser, server: str, pdf: Path) -> None:
    write_release(editor, pdf)
    # The draft saves itself, and has an address of its own from then on.
    expect(editor).to_have_url(re.compile(r"/admin/pages/\d+/edit/"), timeout=15_000)

    editor.get_by_role("button", name="Växla förhandsgranskning").click()
    # The panel follows what is written; opened while the page saves itself for the first time, it waits for a change.
    editor.locator("#id_lead").fill("Fyra kommuner i Bohuslän delar nu på en läkare till sjöss.")
    framed = editor.frame_locator("iframe[data-w-preview-target='iframe'], #w-preview-iframe, .w-preview iframe").first
    expect(framed.get_by_role("heading", level=1)).to_have_text(TITLE, timeout=20_000)
    with editor.expect_popup() as opened:
        editor.get_by_role("link", name="Förhandsgranska i ny flik").click()
    preview = opened.value
    expect(preview.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(preview.get_by_text("”Båten går oavsett väder.”")).to_be_visible()
    expect(preview.get_by_text("Karin Ekström")).to_be_visible()
    preview.close()

    editor.get_by_role("button", name="Fler åtgärder").click()
    editor.get_by_role("button", name="Publicera").click()
    # Nobody else has read it: the site asks why.
    expect(editor.get_by_role("heading", level=1)).to_contain_text("Publicera utan granskning")
    editor.get_by_label("Skäl").fill("Alla andra är lediga.")
    editor.get_by_role("button", name="Publicera utan granskning").click()
    expect(editor.locator(".messages")).to_contain_text("publicerat")

    visitor = browser.new_context(base_url=server, locale="sv-SE").new_page()
    visitor.goto("/")
    press_until(visitor, "Hoppa till innehållet")
    visitor.keyboard.press("Enter")
    press_until(visitor, TITLE)
    visitor.goto("/pressmeddelanden/")
    press_until(visitor, TITLE)
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)
    figure = visitor.get_by_role("figure").filter(has_text="Båten går oavsett väder.")
    expect(figure).to_contain_text("Anna Berg, skeppare")
    press_until(visitor, "Hela avtalet")
    label = visitor.evaluate("document.activeElement.textContent")
    assert label == "Hela avtalet (Pdf, 118\u00a0kB, öppnas i nytt fönster)"
    with visitor.context.expect_page() as opened_pdf:
        visitor.keyboard.press("Enter")
    answer = visitor.request.get(opened_pdf.value.url or visitor.evaluate("document.activeElement.href"))
    assert answer.headers["content-type"] == "application/pdf"
    assert len(answer.body()) == 118_000
    assert visitor.context.cookies() == []
