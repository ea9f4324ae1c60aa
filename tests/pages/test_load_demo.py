"""The demonstration site."""

import io
import re
from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest
from django.core.management import call_command
from django.test import Client
from pypdf import PdfReader
from wagtail.models import Page, Revision

from pages.models import SectionPage
from press.models import PressReleasePage
from site_core.models import SiteDocument, SiteImage, User

MILLENNIUM = "/pressmeddelanden/millennium-blir-nytt-it-stod-for-varden/"


@pytest.fixture
def demo(db: None, capsys: pytest.CaptureFixture[str]) -> str:
    call_command("load_demo")
    return capsys.readouterr().out


def test_the_whole_site_is_there(client: Client, demo: str) -> None:
    for path in ("/", "/pressmeddelanden/", "/om/", "/kontakt/", "/sok/?q=kommunerna", MILLENNIUM):
        assert client.get(path).status_code == 200, path
    assert SectionPage.objects.live().count() == 3
    releases = PressReleasePage.objects.live()
    assert releases.count() >= 12
    assert len({release.first_published_at.year for release in releases}) >= 5
    assert SiteImage.objects.exclude(alt_text="").count() == SiteImage.objects.count() >= 5


def test_loading_again_changes_nothing(demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = list(Page.objects.values_list("pk", "title", "latest_revision_id")), Revision.objects.count()
    call_command("load_demo")
    assert "nothing was changed" in capsys.readouterr().out
    assert (list(Page.objects.values_list("pk", "title", "latest_revision_id")), Revision.objects.count()) == before


def test_the_release_that_the_site_grew_from_tells_its_facts(client: Client, demo: str) -> None:
    html = client.get(MILLENNIUM).content.decode()
    facts = [
        "Cerner Sverige AB",
        "Millennium",
        "25\u00a0000",
        "5\u00a0700",
        "49\u00a0kommuner",
        "8\u00a0oktober",
        "Thomas Jungbeck",
    ]
    for fact in facts:
        assert fact in html, fact
    assert re.search(
        r'<a href="/dokument/\d+/[^"]+" target="_blank" rel="noopener">Pressmeddelandet i sin helhet '
        r"\(Pdf, \d+\u00a0kB, öppnas i nytt fönster\)</a>",
        html,
    )


def test_the_pdf_files_are_tagged_titled_and_swedish(demo: str) -> None:
    assert SiteDocument.objects.count() >= 5
    for document in SiteDocument.objects.all():
        with document.file.open("rb") as file:
            reader = PdfReader(io.BytesIO(file.read()), strict=True)
        catalog: Any = reader.trailer["/Root"]
        assert catalog["/Lang"] == "sv-SE"
        assert catalog["/MarkInfo"]["/Marked"]
        assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
        elements = [kid.get_object() for kid in catalog["/StructTreeRoot"]["/K"]["/K"]]
        tags = [element["/S"] for element in elements]
        assert tags.count("/H1") == 1
        assert "/P" in tags
        assert all("/Alt" in element for element in elements if element["/S"] == "/Figure")
        assert reader.metadata is not None
        assert reader.metadata.title
        assert reader.metadata.title.split()[0] in reader.pages[0].extract_text()


def test_every_link_leads_somewhere_and_every_page_is_valid(client: Client, demo: str) -> None:
    seen, waiting = set(), ["/"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        response = client.get(path)
        assert response.status_code == 200, path
        if not response["Content-Type"].startswith("text/html"):
            continue
        html = response.content.decode()
        html5lib.HTMLParser(strict=True).parse(html)
        ids = re.findall(r'\bid="([^"]+)"', html)
        assert len(ids) == len(set(ids)), path
        assert len(re.findall(r"<h1[ >]", html)) == 1, path
        links = (urlsplit(link) for link in re.findall(r'<a [^>]*?href="([^"]+)"', html))
        waiting += [link.path for link in links if not link.scheme and link.path and link.path.startswith("/")]
    assert len(seen) > 25


def test_the_local_administrator_gets_the_password_asked_for(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DEMO_ADMIN_PASSWORD", "ett-losenord-for-demo")
    call_command("load_demo", "--local-admin")
    assert User.objects.get(username="admin").check_password("ett-losenord-for-demo")
    assert "ett-losenord-for-demo" not in capsys.readouterr().out


def test_or_a_random_one_that_is_printed_once(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DEMO_ADMIN_PASSWORD", raising=False)
    call_command("load_demo", "--local-admin")
    password = re.search(r"password: (\S+)", capsys.readouterr().out)
    assert password is not None
    assert User.objects.get(username="admin").check_password(password[1])
    call_command("load_demo", "--local-admin")
    assert "password" not in capsys.readouterr().out
