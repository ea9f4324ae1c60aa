"""A draft is closed from its first word: one colleague is let in, others find nothing, nor does a section's editor."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import PASSWORD, ROOT
from .test_autosave import TELL_WHEN_WATCHING, write

TITLE = "Sjukhuset på ön läggs ned"
ACCOUNTS = f"""
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission
from pages.models import SectionPage
from site_core.models import User
section, _ = Group.objects.get_or_create(name="Ett område")
section.permissions.add(Permission.objects.get(codename="access_admin"))
for codename in ("add_page", "change_page", "publish_page"):
    right = Permission.objects.get(codename=codename)
    GroupPagePermission.objects.get_or_create(group=section, page=SectionPage.objects.first(), permission=right)
people = {{"anna": "Redaktörer", "karin": "Redaktörer", "carl": "Chefredaktörer", "sofia": "Ett område"}}
for name, group in people.items():
    if not User.objects.filter(username=f"stangt-{{name}}").exists():
        user = User.objects.create_user(f"stangt-{{name}}", first_name=name.title(), password="{PASSWORD}")
        user.groups.add(Group.objects.get(name=group))
"""


@pytest.fixture
def log_in(browser: Browser, server: str, settings_of_server: dict[str, str]) -> Iterator[Callable[[str], Page]]:
    """Give a browser of her own to each of several people at once."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", ACCOUNTS]
    subprocess.run(command, cwd=ROOT, env=settings_of_server, check=True)
    contexts = []

    def log_in_as(name: str) -> Page:
        context = browser.new_context(base_url=server, locale="sv-SE", reduced_motion="reduce")
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.goto("/admin/")
        page.get_by_label("Användarnamn").fill(f"stangt-{name}")
        page.get_by_label("Lösenord").fill(PASSWORD)
        page.get_by_role("button", name="Logga in").click()
        page.wait_for_url("**/admin/")
        return page

    yield log_in_as
    for context in contexts:
        context.close()


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
