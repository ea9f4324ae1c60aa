"""Two colleagues at once: what one has read is what goes out."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_readers import violations

# Two people work at once here, on whatever machine.
expect.set_options(timeout=30_000)
LogIn = Callable[[str], Page]


@pytest.fixture
def log_in(add_people: Callable[..., None], log_in_as: LogIn) -> LogIn:
    add_people(ylva="Redaktörer", nils="Redaktörer")
    return log_in_as


def begin(page: Page, title: str) -> str:
    """Write a release and save it as a draft; return the address of its editor."""
    page.goto("/admin/")
    page.get_by_role("link", name="Skriv ett pressmeddelande").click()
    page.locator("#id_title").fill(title)
    page.locator("#id_lead").fill("Fyra kommuner delar på en läkare.")
    page.get_by_role("button", name="Spara utkast").click()
    expect(page).to_have_url(re.compile(r"/admin/pages/\d+/edit/"))
    return page.url


def submit(page: Page) -> None:
    page.get_by_role("button", name="Fler åtgärder").click()
    page.get_by_role("button", name="Skicka på granskning").click()
    expect(page.locator(".messages")).to_contain_text("skickat på granskning")


def open_editor(page: Page, address: str) -> None:
    """Open a page, and wait until the editor looks for changes in it."""
    page.add_init_script(
        "document.addEventListener('w-unsaved:watch-edits', () => { document.documentElement.dataset.watching = '' })"
    )
    page.goto(address)
    page.locator("html[data-watching]").wait_for(state="attached")


def test_what_is_typed_behind_the_back_of_a_reviewer_goes_nowhere(log_in: LogIn) -> None:
    ylva, nils = log_in("ylva"), log_in("nils")
    address = begin(ylva, "En båt som ingen har läst om")
    # A tab that was left open, where Ylva types on after she has let go of the text.
    left_open = ylva.context.new_page()
    open_editor(left_open, address)
    submit(ylva)
    nils.goto("/admin/")
    typed = "Fyra kommuner delar på en läkare och en hemlighet."
    left_open.locator("#id_lead").fill(typed)
    expect(left_open.get_by_text("Autosparning är pausad").first).to_be_visible()
    left_open.get_by_role("button", name="Spara utkast").click()
    left_open.get_by_role("dialog").get_by_role("button", name="Spara utkast").click()
    expect(left_open.locator(".messages")).to_contain_text("låst")
    expect(left_open.locator("#id_lead")).to_have_value(typed)

    waits = nils.get_by_role("region", name="Väntar på din granskning")
    waits.get_by_role("link", name="En båt som ingen har läst om").click()
    notice = nils.get_by_role("region", name="Väntar på din granskning")
    expect(notice).to_contain_text("Ylva skickade texten på granskning")
    expect(nils.locator("#id_lead")).to_have_value("Fyra kommuner delar på en läkare.")
    assert violations(nils, ".review-notice") == []
    nils.locator("footer").get_by_role("button", name="Godkänn och publicera nu").click()
    expect(nils.locator(".messages")).to_contain_text("”En båt som ingen har läst om” är godkänt och publicerat.")

    nils.goto("/pressmeddelanden/en-bat-som-ingen-har-last-om/")
    expect(nils.get_by_text("Fyra kommuner delar på en läkare.").first).to_be_visible()


def test_the_sender_approves_what_the_reviewer_has_mended(log_in: LogIn) -> None:
    ylva, nils = log_in("ylva"), log_in("nils")
    address = begin(ylva, "En båt som två har skrivit om")
    submit(ylva)
    open_editor(nils, address)
    nils.locator("#id_lead").fill("Fyra kommuner i Bohuslän delar på en läkare.")
    nils.get_by_role("button", name="Fler åtgärder").click()
    nils.get_by_role("button", name="Spara utkast").click()
    expect(nils.get_by_role("region", name="Du har ändrat texten")).to_be_visible()
    expect(nils.get_by_role("button", name=re.compile("Godkänn"))).to_have_count(0)
    nils.get_by_role("button", name="Skicka mina ändringar på granskning").click()
    expect(nils.locator(".messages")).to_contain_text("Någon annan godkänner dina ändringar.")

    ylva.goto("/admin/")
    ylva.get_by_role("region", name="Väntar på din granskning").get_by_role("link").first.click()
    notice = ylva.get_by_role("region", name="Väntar på din granskning")
    expect(notice).to_contain_text("Vad som är nytt sedan det lästes senast")
    expect(notice.locator(".addition").first).to_contain_text("i Bohuslän")
    ylva.get_by_role("button", name="Fler åtgärder").click()
    ylva.get_by_role("button", name="Skicka tillbaka").click()
    ylva.get_by_label("Vad behöver ändras?").fill("Fem kommuner, inte fyra.")
    ylva.locator(".modal-content").get_by_role("button", name="Skicka tillbaka").click()
    expect(ylva.locator(".messages")).to_contain_text("tillbakaskickat, med din kommentar")
    open_editor(nils, address)
    expect(nils.get_by_role("region", name="Tillbakaskickat för ändringar")).to_contain_text("Fem kommuner, inte fyra.")
