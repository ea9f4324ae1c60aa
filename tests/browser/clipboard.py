"""Pasting, as a browser does it when something has been copied in another program."""

from playwright.sync_api import Locator

PASTE = """(element, data) => {
    const clipboard = new DataTransfer();
    for (const [type, value] of Object.entries(data)) clipboard.setData(type, value);
    element.focus();
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }));
}"""


def paste(into: Locator, html: str = "", text: str = "") -> None:
    data = {"text/html": html, "text/plain": text}
    into.evaluate(PASTE, {kind: value for kind, value in data.items() if value})
