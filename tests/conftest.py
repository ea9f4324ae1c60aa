"""Fixtures that every test can ask for."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from wagtail.models import Site

from pages.models import HomePage
from press.models import PressIndexPage, PressReleasePage
from site_core.web.clients import limiter
from tests.factories import PressIndexPageFactory, PressReleasePageFactory, home_page
from tests.services import find_chromium, find_common_face, find_valkey

# Without a browser, a common face or a cache server these can do nothing. tests/run.py says so; ALL=1 makes it fail.
collect_ignore = [
    *([] if find_chromium() else ["browser"]),
    *([] if find_common_face() else ["browser/test_stillness.py"]),
    *([] if find_valkey() else ["site_core/test_shared_cache.py", "subscriptions/test_broker.py"]),
]


@pytest.fixture(scope="session", autouse=True)
def media_folder() -> Iterator[None]:
    yield
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture(scope="session")
def put_back(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Put back what every new site has, after tests that commit for real have had their tables emptied."""
    yield
    with django_db_blocker.unblock():
        connection.creation.deserialize_db_from_string(connection._test_serialized_contents)  # type: ignore[attr-defined]
        connection.close()


@pytest.fixture(autouse=True)
def _cold_caches() -> None:
    cache.clear()
    Site.clear_site_root_paths_cache()


@pytest.fixture(autouse=True)
def _no_limits_used_up() -> None:
    limiter.cache_clear()


@pytest.fixture
def home(db: Any) -> HomePage:
    return home_page()


@pytest.fixture
def press_room(home: HomePage) -> PressIndexPage:
    return PressIndexPageFactory(parent=home)


@pytest.fixture
def release(press_room: PressIndexPage) -> PressReleasePage:
    """A published press release."""
    release = PressReleasePageFactory(parent=press_room, title="Nytt avtal", slug="nytt-avtal", live=False)
    release.save_revision().publish()
    return PressReleasePage.objects.get(pk=release.pk)
