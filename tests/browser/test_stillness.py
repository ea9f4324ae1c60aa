"""Nothing moves under a reader's eyes while a page is coming."""

import time

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from .addresses import PAGES, RELEASE

# Cumulative layout shift; web.dev calls 0.1 good.
MOST_SHIFT = 0.001
LATE = 0.4


def shift_of(page: Page, path: str) -> float:
    page.goto(path, wait_until="load")
    return float(
        page.evaluate(
            """() => new Promise(resolve => {
                let total = 0;
                new PerformanceObserver(list => {
                    for (const entry of list.getEntries()) total += entry.value;
                }).observe({type: 'layout-shift', buffered: true});
                document.fonts.ready.then(() => setTimeout(() => resolve(total), 250));
            })"""
        )
    )


def test_nothing_moves(context: BrowserContext) -> None:
    page = context.new_page()
    shifts = {path: shift_of(page, path) for path in PAGES[:-2]}
    assert {path: shift for path, shift in shifts.items() if shift > MOST_SHIFT} == {}


@pytest.mark.parametrize("path", [RELEASE, "/prenumeration/"])
def test_nothing_moves_when_the_faces_come_late(context: BrowserContext, path: str) -> None:
    page = context.new_page()
    page.route("**/*.woff2", come_late)
    assert shift_of(page, path) <= MOST_SHIFT
    assert page.evaluate("document.fonts.check('700 20px \"Schibsted Grotesk\"')")


def come_late(route: Route) -> None:
    time.sleep(LATE)
    route.continue_()
