"""A communicator who has promised a newspaper eight o'clock types it in her own way, with the keyboard alone."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from site_core.times import MONTHS, WEEKDAYS
from tests.browser.test_autosave import TELL_WHEN_WATCHING

PROMISED = datetime.now(ZoneInfo("Europe/Stockholm")) + timedelta(days=10)
DAY = f"{PROMISED.day} {MONTHS[PROMISED.month - 1]} {PROMISED.year}"
WEEKDAY = WEEKDAYS[PROMISED.weekday()]
WORDS = f"{WEEKDAY} {DAY} kl. 08.00, om "
WAYS = [
    f"{DAY} kl. 08.00",
    f"{WEEKDAY} den {DAY} kl 8",
    f"{PROMISED:%Y-%m-%d} kl 08:00",
    f"{PROMISED:%Y-%m-%d}T08:00",
    f"{PROMISED:%d/%m/%Y} 08:00",
    f"{PROMISED.day}.{PROMISED.month}.{PROMISED.year} 8.00",
    f"{PROMISED:%Y%m%d} 0800",
    f"{DAY.replace(' ', chr(0xA0))} \u2013 KL. 08.00",
]
REFUSED = [
    (f"{WEEKDAYS[PROMISED.weekday() - 1]} {DAY} kl. 08.00", f"är en {WEEKDAY}, inte en"),
    (DAY, "Skriv klockslaget också"),
    (f"{DAY} kl. 25.61", "Klockslaget 25.61 finns inte"),
    ("03/04/26 08.00", "Skriv året med fyra siffror"),
    ("1 januari 2020 kl. 08.00", "sedan"),
    ("så fort som möjligt", "Det går inte att förstå tiden"),
]


def open_schedule(editor: Page) -> None:
    # The editor opens the panel by itself where it was open before.
    editor.wait_for_load_state()
    panel = editor.get_by_role("button", name="Status").first
    if panel.get_attribute("aria-expanded") != "true":
        panel.click()
    expect(panel).to_have_attribute("aria-expanded", "true")
    editor.get_by_role("button", name=re.compile("(Sätt|Redigera) schema")).click()
    expect(editor.get_by_label("Publicera vid datum/tid", exact=True)).to_be_visible()


def type_in(field: Locator, text: str) -> None:
    field.fill("")
    field.press_sequentially(text)
    field.press("Tab")


def test_an_hour_is_typed_understood_and_saved_with_the_keyboard_alone(editor: Page) -> None:
    editor.get_by_role("link", name="Skriv ett pressmeddelande").click()
    editor.locator("#id_title").fill("Lovat till klockan åtta")
    editor.locator("#id_lead").fill("En tidning väntar.")
    editor.get_by_role("button", name="Spara utkast").click()
    expect(editor.locator(".messages")).to_contain_text("skapad")
    open_schedule(editor)
    start = editor.get_by_label("Publicera vid datum/tid", exact=True)
    end = editor.get_by_label("Utgångsdatum/tid", exact=True)
    understood = editor.locator("#id_go_live_at-read")
    for text in WAYS:
        type_in(start, text)
        expect(understood).to_contain_text(WORDS)
        assert start.input_value() == text
    for text, said in REFUSED:
        type_in(start, text)
        expect(understood).to_contain_text(said)
        expect(start).to_have_attribute("aria-invalid", "true")
        assert start.input_value() == text

    # Choosing in the browser's calendar writes into the field; an open one lies over no button of ours.
    editor.get_by_label("Utgångsdatum/tid: Välj i kalender").fill(f"{PROMISED:%Y-%m-%d}T09:30")
    expect(end).to_have_value(f"{PROMISED:%Y-%m-%d} 09:30")
    expect(editor.locator("#id_expire_at-read")).to_contain_text(f"{DAY} kl. 09.30")

    # What was refused beside the field is refused when it is saved, and stays as it was typed.
    save = editor.get_by_role("button", name="Spara schema")
    save.click()
    expect(editor.locator(".messages")).to_contain_text("valideringsfel")
    open_schedule(editor)
    start = editor.get_by_label("Publicera vid datum/tid", exact=True)
    expect(start).to_have_value("så fort som möjligt")
    expect(editor.locator("#schedule-publishing-dialog")).to_contain_text("Det går inte att förstå tiden")

    start.focus()
    editor.keyboard.press("Control+A")
    editor.keyboard.type(f"{DAY} kl. 08.00")
    expect(editor.locator("#id_go_live_at-read")).to_contain_text(WORDS)
    while not save.evaluate("button => button === document.activeElement"):
        editor.keyboard.press("Tab")
    editor.keyboard.press("Enter")
    expect(editor.locator(".messages")).to_contain_text(f"Utkastets tid för publicering: {WORDS}")
    open_schedule(editor)
    expect(editor.get_by_label("Publicera vid datum/tid", exact=True)).to_have_value(f"{DAY} kl. 08.00")


def test_text_is_saved_by_itself_beside_an_hour_that_is_not_understood(editor: Page) -> None:
    editor.add_init_script(TELL_WHEN_WATCHING)
    editor.get_by_role("link", name="Skriv ett pressmeddelande").click()
    editor.locator("#id_title").fill("Sparat fast tiden är oklar")
    editor.locator("#id_lead").fill("Ingressen.")
    editor.get_by_role("button", name="Spara utkast").click()
    expect(editor.locator(".messages")).to_contain_text("skapad")
    editor.locator("html[data-watching]").wait_for()
    open_schedule(editor)
    start = editor.get_by_label("Publicera vid datum/tid", exact=True)
    with editor.expect_response(lambda answer: answer.request.method == "POST" and "/edit/" in answer.url) as saved:
        type_in(start, "nån gång i veckan")
    assert saved.value.json()["success"]
    expect(start).to_have_value("nån gång i veckan")
    expect(editor.locator("#id_go_live_at-read")).to_contain_text("Det går inte att förstå tiden")
    # Closing the dialogue forgets nothing: the next button must not publish at once.
    editor.keyboard.press("Escape")
    expect(start).to_be_hidden()
    editor.get_by_role("button", name="Spara utkast").click()
    expect(editor.locator(".messages")).to_contain_text("valideringsfel")
    open_schedule(editor)
    expect(editor.get_by_label("Publicera vid datum/tid", exact=True)).to_have_value("nån gång i veckan")


def test_the_date_of_a_filter_stays_as_it_is_typed(editor: Page) -> None:
    editor.goto("/admin/reports/site-history/")
    editor.get_by_role("button", name="Visa filter").click()
    editor.get_by_role("button", name="Datum").click()
    field = editor.locator("input[name=timestamp_from]")
    type_in(field, "26 november")
    expect(field).to_have_value("26 november")
