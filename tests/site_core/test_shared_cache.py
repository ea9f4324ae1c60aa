"""A cache that all processes share: what one of them changes, the others see at once."""

import socket
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.test import Client
from django.test.utils import override_settings

from pages.models import HomePage
from site_core.frame import KEY
from tests.services import find_valkey
from tests.site_core.test_navigation import add_menu


@pytest.fixture
def shared_cache(_cold_caches: None) -> Any:
    backend = {
        "BACKEND": "site_core.web.cache.ForgivingRedisCache",
        "LOCATION": find_valkey(),
        "KEY_PREFIX": "test",
    }
    with override_settings(CACHES={"default": backend}):
        cache.delete(KEY)
        yield caches["default"]
        cache.delete(KEY)


def test_the_frame_is_kept_and_dropped_for_all(client: Client, home: HomePage, shared_cache: Any) -> None:
    menu = add_menu("main", {"url": "/kontakt/", "label": "Kontakt"})
    client.get("/")
    kept = shared_cache.get(KEY)
    assert [link.label for link in kept[home.get_site().pk].main_menu] == ["Kontakt"]
    menu.delete()
    assert shared_cache.get(KEY) is None
    assert "Kontakt" not in client.get("/").content.decode()


def test_the_site_works_while_the_cache_is_down(client: Client, home: HomePage) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody_listens = f"redis://127.0.0.1:{free.getsockname()[1]}/0"
    backend = {"BACKEND": "site_core.web.cache.ForgivingRedisCache", "LOCATION": nobody_listens}
    add_menu("main", {"url": "/kontakt/", "label": "Kontakt"})
    with override_settings(CACHES={"default": backend}):
        response = client.get("/")
        assert response.status_code == 200
        assert "Kontakt" in response.content.decode()
        assert cache.get("x", "fallback") == "fallback"
        assert cache.get_many(["x"]) == {}
        assert cache.set_many({"x": 1}) == ["x"]
        assert not cache.add("x", 1)
        assert not cache.delete("x")
        cache.clear()
