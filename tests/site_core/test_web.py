"""Probes, error pages and the small files at fixed addresses."""

from datetime import UTC, datetime, timedelta

import html5lib
import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from site_core import urls
from site_core.web.errors import gone, server_error


def explode(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


urlpatterns = [path("trasig/", explode), path("borttagen/", gone), *urls.urlpatterns]
handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500


@pytest.mark.parametrize("probe", ["/livez", "/readyz"])
@override_settings(SECURE_SSL_REDIRECT=True, ALLOWED_HOSTS=["www.example.se"])
def test_probes_answer_whatever_the_host(client: Client, db: None, probe: str) -> None:
    response = client.get(probe, headers={"host": "10.1.2.3:8000"})
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Cache-Control"] == "no-store"


def test_alive_needs_no_database(client: Client) -> None:
    assert client.get("/livez").status_code == 200


def test_not_ready_while_a_migration_waits(client: Client, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'press'")
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"migrations pending\n")


def test_a_missing_page_helps_the_reader_on(client: Client, db: None) -> None:
    response = client.get("/finns-inte/")
    html = response.content.decode()
    assert response.status_code == 404
    assert "<h1>Sidan finns inte här</h1>" in html
    assert "<title>Sidan finns inte här" in html
    assert 'action="/sok/"' in html
    text = html.partition("<h1>")[2].partition("</main>")[0]
    assert len(text) > 150


@override_settings(ROOT_URLCONF=__name__)
def test_a_removed_page_says_so(client: Client, db: None) -> None:
    response = client.get("/borttagen/")
    assert response.status_code == 410
    assert "Sidan är borttagen" in response.content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_a_forged_form_is_answered_in_swedish(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "anna", "password": "fel"})
    assert response.status_code == 403
    assert "Du får inte se den här sidan" in response.content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_an_error_is_answered_in_swedish_with_the_headers_on(client: Client, db: None) -> None:
    client.raise_request_exception = False
    response = client.get("/trasig/")
    assert response.status_code == 500
    assert "Något gick fel hos oss" in response.content.decode()
    assert "default-src 'self'" in response["Content-Security-Policy"]


def test_the_error_page_needs_neither_database_nor_template() -> None:
    # No database either: this test asks for none, and pytest refuses every query.
    with override_settings(TEMPLATES=[]):
        response = server_error(RequestFactory().get("/"))
    html5lib.HTMLParser(strict=True).parse(response.content.decode())


def test_robots_may_read_all_but_the_editors_rooms(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /sok/",
        "Disallow: /embargo/",
        "",
        "Sitemap: http://testserver/sitemap.xml",
        "Sitemap: http://testserver/nyheter.xml",
    ]


def test_security_contact_is_valid_for_less_than_a_year(client: Client, db: None) -> None:
    response = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)
    assert fields["Canonical"] == "http://testserver/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "sv, en"
    assert "Contact" in fields


def test_the_login_page_is_swedish(client: Client, db: None) -> None:
    html = client.get("/admin/login/").content.decode()
    assert "Logga in till VästKom" in html
    assert "Lösenord" in html
    assert "Password" not in html
