"""Every page type, as readers with different needs and devices meet it."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .addresses import PAGES, RELEASE, TEXT_ONLY

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What the first view of a release with text only may weigh over the wire, fonts included.
MOST_BYTES = 90_000


def violations(page: Page, context: Any = None) -> list[str]:
    result = Axe().run(page, context=context, options={"runOnly": RULES})
    return [
        f"{violation['id']}: {[node['target'] for node in violation['nodes'][:3]]}"
        for violation in result.response["violations"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page_type(browser: Browser, server: str, scheme: Any) -> None:
    found = {}
    for width in (360, 1280):
        context = browser.new_context(
            base_url=server, color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce"
        )
        page = context.new_page()
        for path in PAGES:
            page.goto(path)
            if problems := violations(page):
                found[path, width] = problems
        context.close()
    assert found == {}


def test_every_page_fits_a_narrow_screen(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, viewport={"width": 320, "height": 640})
    page = context.new_page()
    wide = {}
    for path in PAGES:
        page.goto(path)
        excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if excess > 0:
            wide[path] = excess
    context.close()
    assert wide == {}


def test_nothing_fails_and_nobody_else_is_asked(context: BrowserContext, server: str) -> None:
    page = context.new_page()
    faults: list[str] = []
    host = urlsplit(server).netloc
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: faults.append(request.url) if urlsplit(request.url).netloc != host else None)
    for path in PAGES[:-2]:
        page.goto(path, wait_until="load")
    assert faults == []
    assert context.cookies() == []


def test_a_release_with_text_only_is_light(context: BrowserContext) -> None:
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: list[float] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(TEXT_ONLY, wait_until="networkidle")
    page.wait_for_timeout(300)
    assert page.evaluate("document.fonts.check('700 20px \"Schibsted Grotesk\"')")
    assert len(sizes) >= 8
    assert sum(sizes) <= MOST_BYTES


def test_the_menu_works_with_the_keyboard(browser: Browser, server: str) -> None:
    page = browser.new_context(base_url=server, viewport={"width": 360, "height": 740}).new_page()
    page.goto("/om/")
    summary = page.get_by_text("Meny", exact=True)
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Kontakt")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Kontakt")).to_be_hidden()
    assert page.evaluate("document.activeElement.textContent.trim()") == "Meny"
    page.context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_site_works_without_script(browser: Browser, server: str, width: int) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto("/")
    if width < 992:
        page.get_by_text("Meny", exact=True).click()
    page.get_by_role("link", name="Kontakt").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kontakt")
    page.goto("/sok/")
    page.get_by_label("Vad letar du efter?").fill("kommunerna")
    page.get_by_role("button", name="Sök").click()
    expect(page.get_by_text("träffar på ”kommunerna”")).to_be_visible()
    context.close()


def test_the_second_level_opens_and_closes_on_a_wide_screen(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/om/")
    group = page.locator(".menu__group > summary").first
    group.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Elevhälsa")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Elevhälsa")).to_be_hidden()


def test_targets_are_large_enough_for_a_thumb(browser: Browser, server: str) -> None:
    page = browser.new_context(base_url=server, viewport={"width": 360, "height": 740}).new_page()
    page.goto("/pressmeddelanden/")
    page.get_by_text("Meny", exact=True).click()
    small = page.evaluate(
        """() => [...document.querySelectorAll('.menu a, .menu summary, .pagination a, button')]
            .filter(element => element.offsetParent && element.getBoundingClientRect().height < 43.5)
            .map(element => element.textContent.trim())"""
    )
    assert small == []
    page.context.close()


def test_paper_gets_the_sender_the_date_and_no_menu(page: Page) -> None:
    page.goto(RELEASE)
    page.emulate_media(media="print")
    expect(page.locator(".wordmark").first).to_be_visible()
    expect(page.locator(".dateline")).to_be_visible()
    expect(page.locator(".menu")).to_be_hidden()
    expect(page.locator(".breadcrumb")).to_be_hidden()
    expect(page.locator(".print-address")).to_have_text(page.url)
