"""A draft is closed from its first word: one colleague is let in, others find nothing, nor does a section's editor."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .test_autosave import TELL_WHEN_WATCHING, write

TITLE = "Sjukhuset på ön läggs ned"
ADD_SECTION = """
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission
from pages.models import SectionPage
section, _ = Group.objects.get_or_create(name="Ett område")
section.permissions.add(Permission.objects.get(codename="access_admin"))
for codename in ("add_page", "change_page", "publish_page"):
    right = Permission.objects.get(codename=codename)
    GroupPagePermission.objects.get_or_create(group=section, page=SectionPage.objects.first(), permission=right)
"""


@pytest.fixture
def log_in(
    on_server: Callable[[str], None], add_people: Callable[..., None], log_in_as: Callable[[str], Page]
) -> Callable[[str], Page]:
    on_server(ADD_SECTION)
    add_people(anna="Redaktörer", karin="Redaktörer", carl="Chefredaktörer", sofia="Ett område")
    return log_in_as


def finds_nothing(person: Page, address: str) -> None:
    expect(person.get_by_text(TITLE)).to_have_count(0)
    person.goto(f"/admin/pages/search/?q={TITLE.replace(' ', '+')}")
    expect(person.get_by_role("heading", name="Sök", exact=False).first).to_be_visible()
    expect(person.get_by_role("link", name=TITLE)).to_have_count(0)
    assert person.goto(address).status == 404  # type: ignore[union-attr]


def test_a_draft_is_closed_before_its_first_word_is_saved(log_in: Callable[[str], Page]) -> None:
    anna = log_in("anna")
    anna.add_init_script(TELL_WHEN_WATCHING)
    anna.get_by_role("link", name="Skriv ett stängt pressmeddelande").click()
    expect(anna.get_by_label("Stäng för andra")).to_be_checked()
    anna.locator("html[data-watching]").wait_for()
    write(anna, TITLE)
    # It saves itself, and has an address of its own from then on.
    expect(anna).to_have_url(re.compile(r"/admin/pages/\d+/edit/"))
    address = anna.url
    for name in ("carl", "sofia"):
        finds_nothing(log_in(name), address)

    anna.reload()
    anna.get_by_role("link", name="Ändra", exact=True).click()
    anna.get_by_label("Karin").check()
    anna.get_by_role("button", name="Spara").click()
    expect(anna.locator(".messages")).to_contain_text("Bara de här ser det: Anna, Karin.")

    karin = log_in("karin")
    karin.get_by_role("link", name=TITLE).first.click()
    expect(karin.get_by_text("Bara de här ser utkastet: Anna, Karin.")).to_be_visible()
    anna.reload()
    expect(anna.get_by_role("row", name="Karin Tittade på det stängda utkastet")).to_be_visible()
