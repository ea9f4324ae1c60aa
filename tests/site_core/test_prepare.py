"""What is done once before new code serves."""

import pytest
from django.core.management import call_command
from django.test import override_settings
from wagtail.models import Site

from pages.models import HomePage


@pytest.mark.parametrize(
    ("base_url", "host", "port"),
    [("https://www.example.se", "www.example.se", 443), ("http://127.0.0.1:8123", "127.0.0.1", 8123)],
)
def test_the_site_learns_its_address(home: HomePage, base_url: str, host: str, port: int) -> None:
    with override_settings(WAGTAILADMIN_BASE_URL=base_url):
        call_command("prepare", verbosity=0)
        call_command("prepare", verbosity=0)
    site = Site.objects.get()
    assert (site.hostname, site.port, site.root_url) == (host, port, base_url)


def test_the_demonstration_is_loaded_only_when_asked_for(home: HomePage, monkeypatch: pytest.MonkeyPatch) -> None:
    call_command("prepare", verbosity=0)
    assert home.get_children().count() == 0
    monkeypatch.setenv("LOAD_DEMO", "1")
    call_command("prepare", verbosity=0)
    home.refresh_from_db()
    assert home.numchild > 0
