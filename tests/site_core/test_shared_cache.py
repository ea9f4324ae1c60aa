"""A cache that all processes share: what one of them changes, the others see at once."""

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
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
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
