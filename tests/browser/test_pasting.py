"""What is pasted becomes blocks of ours, or the editor is told what did not come along."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.clipboard import paste
from tests.browser.test_autosave import TELL_WHEN_WATCHING
from tests.browser.test_readers import violations

WORD = """<html><body><!--StartFragment--><h1>Bakgrund</h1>
<p class=MsoNormal>Synligt <del>raderat</del><span style='display:none;mso-hide:all'>dolt</span> i texten.</p>
<p class=MsoListParagraph style='mso-list:l0 level1'><span style='mso-list:Ignore'>·<span>&nbsp;</span></span>Punkt</p>
<h2>Siffror</h2>
<table class=MsoTableGrid><tr><td><p>Kommun</p></td><td><p>Antal</p></td></tr>
<tr><td><p>Skövde</p></td><td><p>49</p></td></tr></table>
<p class=MsoNormal><img src="file:///c:/bild.png" width=300>Sist.</p><!--EndFragment--></body></html>"""
EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table><col width=64><col width=64>
<tr><td class=xl65>Kommun</td><td class=xl65>Antal</td></tr><tr><td>Skövde</td><td align=right x:num>49</td></tr>
</table></body></html>"""


def begin(editor: Page, title: str) -> Locator:
    """Start a release; return its body."""
    editor.goto("/admin/")
    editor.add_init_script(TELL_WHEN_WATCHING)
    editor.get_by_role("link", name="Skriv ett pressmeddelande").click()
    editor.locator("html[data-watching]").wait_for()
    editor.locator("#id_title").fill(title)
    editor.locator("#id_lead").fill("Det här har hänt.")
    return editor.locator("#panel-child-innehall-body-section")


def add(body: Locator, label: str) -> None:
    body.locator(".c-sf-add-button").last.click()
    body.page.get_by_role("option", name=label, exact=True).click()


def kinds(body: Locator) -> list[str]:
    """The types of the blocks that are not deleted."""
    return body.locator("[data-streamfield-child]:visible > input[name$='-type']").evaluate_all(
        "inputs => inputs.map((input) => input.value)"
    )


def test_a_document_becomes_blocks_and_what_was_left_out_is_told(editor: Page) -> None:
    body = begin(editor, "Klistrat från Word")
    add(body, "Text")
    paste(body.locator("[contenteditable=true]"), WORD, "Bakgrund")
    status = body.get_by_role("status")
    expect(status).to_contain_text("2 rubriker, 1 tabell och 1 bild")
    expect(status).to_contain_text("Bilder följer inte med")
    expect(status).to_contain_text("Utelämnat: borttagen eller överstruken text och dold text")
    assert kinds(body) == ["heading", "text", "heading", "table", "text"]
    expect(body.locator(".paste-note")).to_be_focused()
    assert violations(editor, ".paste-note") == []
    # The editor saves by itself what the paste put in.
    expect(editor).to_have_url(re.compile(r"/admin/pages/\d+/edit/"))
    editor.reload()
    assert kinds(body) == ["heading", "text", "heading", "table", "text"]
    expect(body).to_contain_text("Synligt i texten.")
    expect(body.locator("li")).to_have_text("Punkt")
    expect(body).not_to_contain_text("raderat")
    expect(body).not_to_contain_text("dolt")
    expect(body.locator(".column-heading").first).to_have_value("Kommun")

    # In the middle of a text the row of blocks stands where the cursor was, and can be taken back.
    text = body.locator("[contenteditable=true]").first
    text.click()
    editor.keyboard.press("Control+Home")
    for _step in range(len("Synligt")):
        editor.keyboard.press("ArrowRight")
    paste(text, "<h2>Mitt i</h2><p>Nytt</p>", "Mitt i")
    expect(body.get_by_role("status")).to_contain_text("1 rubrik")
    assert kinds(body) == ["heading", "text", "heading", "text", "text", "heading", "table", "text"]
    body.get_by_role("button", name="Ångra").click()
    assert kinds(body) == ["heading", "text", "heading", "table", "text"]
    expect(text).to_contain_text("Synligt i texten.")


def test_where_there_is_no_room_for_blocks_it_becomes_text_and_says_so(editor: Page) -> None:
    body = begin(editor, "Klistrat i en faktaruta")
    add(body, "Fakta")
    text = body.locator("[contenteditable=true]")
    paste(text, WORD, "Bakgrund")
    expect(body.get_by_role("status")).to_contain_text("Här finns ingen plats för rubriker och tabeller")
    expect(text.locator("li")).to_have_text("Punkt")
    expect(text).to_contain_text("Skövde | 49")
    expect(text).not_to_contain_text("raderat")
    # Without an answer the words are there all the same.
    editor.route("**/inklistrat/", lambda route: route.abort())
    paste(text, "<h2>Rubriken</h2>", "Rubriken som text")
    expect(text).to_contain_text("Rubriken som text")
    expect(body.get_by_role("status")).to_contain_text("utan den")


def test_a_table_of_ours_takes_a_pasted_table(editor: Page) -> None:
    body = begin(editor, "Klistrat från Excel")
    add(body, "Tabell")
    body.get_by_label("Tabellrubrik").fill("Kommuner")
    paste(body.get_by_label("Tabellrubrik"), EXCEL, "Kommun\tAntal\nSkövde\t49")
    headings, cells = body.locator(".column-heading"), body.locator("tbody input[type=text]")
    expect(headings).to_have_count(2)
    expect(headings.nth(1)).to_have_value("Antal")
    expect(cells.nth(1)).to_have_value("49")
    expect(body.get_by_label("Tabellrubrik")).to_have_value("Kommuner")

    # From a cell on: rows and columns are added, and what stands there is overwritten only when that is wanted.
    answers = [False, True]
    editor.on("dialog", lambda dialog: dialog.accept() if answers.pop(0) else dialog.dismiss())
    with editor.expect_event("dialog"):
        paste(cells.nth(1), text="50\tja\n51\tnej")
    expect(cells.nth(1)).to_have_value("49")
    paste(cells.nth(1), text="50\tja\n51\tnej")
    expect(headings).to_have_count(3)
    expect(cells).to_have_count(6)
    expect(body.get_by_role("status")).to_contain_text("2 rader och 2 kolumner")
    assert cells.evaluate_all("inputs => inputs.map((input) => input.value)") == ["Skövde", "50", "ja", "", "51", "nej"]
    body.get_by_role("button", name="Ångra").click()
    expect(headings).to_have_count(2)
    expect(cells.nth(1)).to_have_value("49")
