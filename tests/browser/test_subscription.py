"""The subscription from form to letter and back, as people with different needs go through it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .conftest import Letters
from .test_readers import violations

Round = Callable[[], None]


@pytest.mark.parametrize("javascript", [True, False])
def test_somebody_subscribes_changes_and_leaves_by_keyboard_alone(
    browser: Browser, server: str, letters: Letters, do_what_is_due: Round, javascript: bool
) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=javascript, reduced_motion="reduce")
    page = context.new_page()
    address = f"tangent-{javascript}@example.se".lower()
    page.goto("/prenumeration/")
    page.get_by_label("Din e-postadress").focus()
    page.keyboard.type(address)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label("Allt vi publicerar")).to_be_checked()
    tab_to(page, page.get_by_label("Direkt, när något publiceras"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("En gång om dagen")).to_be_checked()
    page.wait_for_timeout(3200)
    tab_to(page, page.get_by_role("button", name="Prenumerera"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Titta i din e-post")
    expect(page.get_by_text(address)).to_be_visible()

    do_what_is_due()
    page.goto(letters.link_to(address, "bekrafta"))
    tab_to(page, page.get_by_role("button", name="Ja, jag vill prenumerera"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, nu är det klart")

    page.goto("/prenumeration/hantera/")
    page.get_by_label("Din e-postadress").fill(address)
    page.wait_for_timeout(3200)
    page.get_by_role("button", name="Skicka länken").click()
    do_what_is_due()
    page.goto(letters.link_to(address, "hantera"))
    page.get_by_label("En gång i veckan").check()
    page.get_by_role("button", name="Spara mina val").click()
    expect(page.get_by_role("status")).to_have_text("Dina val är sparade.")
    expect(page.get_by_label("En gång i veckan")).to_be_checked()
    page.get_by_role("button", name="Avsluta prenumerationen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Prenumerationen är avslutad")
    assert context.cookies() == []
    context.close()


def tab_to(page: Page, target: object) -> None:
    """Press Tab until something has the focus."""
    for _time in range(60):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):  # type: ignore[attr-defined]
            return
    raise AssertionError("The keyboard does not reach it")


def test_what_is_wrong_is_told_beside_the_field_and_in_a_summary_that_has_the_focus(page: Page) -> None:
    page.goto("/prenumeration/?amne=digitalt")
    page.get_by_label("Din e-postadress").fill("anna@")
    page.wait_for_timeout(3200)
    page.get_by_role("button", name="Prenumerera").click()
    expect(page).to_have_title("Fel: Prenumerera på våra nyheter – VästKom")
    summary = page.get_by_role("group", name="Något behöver rättas")
    expect(summary).to_be_focused()
    field = page.get_by_label("Din e-postadress")
    expect(field).to_have_value("anna@")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Digital samverkan")).to_be_checked()
    assert violations(page) == []
    summary.get_by_role("link", name="Skriv en e-postadress").click()
    expect(field).to_be_focused()


def test_the_home_page_a_release_and_a_topic_lead_to_the_form(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Din e-postadress").fill("anna@example.se")
    page.get_by_role("button", name="Fortsätt").click()
    expect(page.get_by_label("Din e-postadress")).to_have_value("anna@example.se")
    assert "anna" not in page.url
    page.goto("/pressmeddelanden/amne/digitalt/")
    page.get_by_role("link", name="Prenumerera på Digital samverkan").click()
    expect(page.get_by_label("Digital samverkan")).to_be_checked()
    page.goto("/pressmeddelanden/millennium-blir-nytt-it-stod-for-varden/")
    page.get_by_role("link", name="Prenumerera på nyheter om det här").click()
    expect(page.get_by_label("Bara det jag väljer här nedanför")).to_be_checked()


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_axe_finds_nothing_behind_the_links_of_a_letter(
    browser: Browser, server: str, letters: Letters, do_what_is_due: Round, scheme: str, width: int
) -> None:
    context = browser.new_context(
        base_url=server,
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport={"width": width, "height": 900},
        reduced_motion="reduce",
    )
    page = context.new_page()
    address = f"{scheme}{width}@example.se"
    subscribe(page, address, do_what_is_due)
    page.goto(letters.link_to(address, "bekrafta"))
    check(page)
    page.get_by_role("button", name="Ja, jag vill prenumerera").click()
    check(page)
    page.goto("/prenumeration/hantera/")
    page.get_by_label("Din e-postadress").fill(address)
    page.wait_for_timeout(3200)
    page.get_by_role("button", name="Skicka länken").click()
    do_what_is_due()
    page.goto(letters.link_to(address, "hantera"))
    check(page)
    page.get_by_role("link", name="Radera allt").click()
    check(page)
    page.get_by_role("button", name="Radera allt").click()
    check(page)
    context.close()


def subscribe(page: Page, address: str, do_what_is_due: Round) -> None:
    page.goto("/prenumeration/")
    page.get_by_label("Din e-postadress").fill(address)
    page.get_by_label("Allt vi publicerar").check()
    page.get_by_label("Direkt, när något publiceras").check()
    page.wait_for_timeout(3200)
    page.get_by_role("button", name="Prenumerera").click()
    check(page)
    do_what_is_due()


def check(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_communicator_sees_whom_a_release_reaches_and_stops_the_mailing(
    editor: Page, context: BrowserContext, do_what_is_due: Round, letters: Letters
) -> None:
    subscribe(context.new_page(), "lasare@example.se", do_what_is_due)
    reader = context.new_page()
    reader.goto(letters.link_to("lasare@example.se", "bekrafta"))
    reader.get_by_role("button", name="Ja, jag vill prenumerera").click()
    editor.get_by_role("link", name="Skriv ett pressmeddelande").click()
    editor.locator("#id_title").fill("Ett utskick som stoppas")
    editor.locator("#id_lead").fill("Det här ska ingen få.")
    editor.get_by_role("button", name="Spara utkast").click()
    expect(editor).to_have_url(re.compile(r"/admin/pages/\d+/edit/"), timeout=15_000)
    number = re.findall(r"/pages/(\d+)/", editor.url)[0]

    editor.goto(f"/admin/prenumeration/fore/{number}/")
    expect(editor.get_by_role("heading", name=re.compile("prenumerant(er)? får mejl"))).to_be_visible()
    letter = editor.frame_locator("iframe")
    expect(letter.get_by_role("heading", name="Ett utskick som stoppas")).to_be_visible()
    assert violations(editor, ".press-admin") == []

    editor.goto(f"/admin/pages/{number}/edit/")
    editor.get_by_role("button", name="Fler åtgärder").click()
    editor.get_by_role("button", name="Publicera").click()
    editor.get_by_label("Skäl").fill("Ett försök.")
    editor.get_by_role("button", name="Publicera utan granskning").click()
    expect(editor.locator(".messages")).to_contain_text("publicerat")
    editor.goto("/admin/")
    editor.get_by_role("button", name=re.compile("Stoppa utskicket.*Ett utskick som stoppas")).click()
    expect(editor.get_by_text("Utskicket är stoppat.")).to_be_visible()
    do_what_is_due()
    assert "Ett utskick som stoppas" not in letters.text_to("lasare@example.se")
