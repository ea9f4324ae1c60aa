"""Two people at once: what readers rely on stays, and what was deleted comes back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_readers import violations
from tests.factories import PDF

ADD_TOPIC = """
from press.models import PressReleasePage, Topic
topic, _new = Topic.objects.get_or_create(name="Färjor", slug="farjor")
topic.releases.add(PressReleasePage.objects.listed().first())
"""


@pytest.fixture
def log_in(
    on_server: Callable[[str], None], add_people: Callable[..., None], log_in_as: Callable[[str], Page]
) -> Callable[[str], Page]:
    on_server(ADD_TOPIC)
    add_people(**{"bevara-anna": "Redaktörer", "bevara-eva": "Chefredaktörer"})
    return log_in_as


def test_what_readers_rely_on_stays_and_a_draft_comes_back(log_in: Callable[[str], Page], tmp_path: Path) -> None:
    anna, eva = log_in("bevara-anna"), log_in("bevara-eva")
    # Anna writes, deletes and takes back.
    anna.get_by_role("link", name="Skriv ett pressmeddelande").click()
    anna.locator("#id_title").fill("Annas ofärdiga")
    anna.locator("#id_lead").fill("Mer kommer.")
    with anna.expect_navigation():
        anna.get_by_role("button", name="Spara utkast").click()
    draft = anna.url.partition("/edit/")[0]
    anna.goto(f"{draft}/delete/")
    anna.get_by_role("button", name="Ja, radera").click()
    anna.get_by_role("link", name="Borttagna utkast").first.click()
    expect(anna.get_by_role("rowheader", name="Annas ofärdiga")).to_be_visible()
    assert violations(anna) == []
    eva.goto("/admin/borttagna-utkast/")
    expect(eva.get_by_role("main")).not_to_contain_text("Annas ofärdiga")
    anna.get_by_role("button", name=re.compile("Återställ")).click()
    anna.get_by_role("status").or_(anna.locator(".messages")).get_by_role("link", name="Redigera").click()
    expect(anna.locator("#id_lead")).to_have_value("Mer kommer.")
    # Neither of them deletes what a live release shows, and Anna does not replace it.
    new = tmp_path / "ny.pdf"
    new.write_bytes(PDF)
    anna.goto("/admin/documents/")
    anna.get_by_role("link", name="Pressmeddelandet i sin helhet").first.click()
    document = anna.url
    anna.locator("#id_title").fill("Hela texten")
    anna.locator("#id_file").set_input_files(new)
    anna.get_by_role("button", name="Spara").click()
    expect(anna.get_by_role("main")).to_contain_text("du får inte publicera det som använder den")
    expect(anna.locator("#id_title")).to_have_value("Hela texten")
    eva.goto(document)
    eva.locator("#id_file").set_input_files(new)
    eva.get_by_label("Vad är nytt i filen?").fill("Rättad tabell.")
    eva.get_by_role("button", name="Spara").click()
    eva.wait_for_url("**/admin/documents/")
    eva.goto(document)
    eva.get_by_role("link", name="Tidigare filer").click()
    expect(eva.get_by_role("main")).to_contain_text("Rättad tabell.")
    # A topic in use is not deleted but merged, and its former address leads on.
    eva.goto("/admin/snippets/press/topic/")
    eva.get_by_role("link", name="Färjor").first.click()
    eva.goto(eva.url.replace("/edit/", "/delete/"))
    expect(eva.get_by_role("alert")).to_contain_text("Går inte att ta bort")
    assert violations(eva) == []
    eva.get_by_role("link", name="Slå ihop med ett annat, eller pensionera").click()
    expect(eva.get_by_label("Slå ihop ”Färjor” med")).to_be_visible()
    assert violations(eva) == []
    eva.get_by_label("Slå ihop ”Färjor” med").select_option(label="Regional utveckling")
    with eva.expect_navigation():
        eva.get_by_role("button", name="Slå ihop").click()
    eva.goto("/pressmeddelanden/amne/farjor/")
    eva.wait_for_url("**/amne/regional-utveckling/")
