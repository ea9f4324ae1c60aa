"""That the tests run on what they say."""

import os

from django.conf import settings
from django.db import connection


def test_the_tests_have_settings_of_their_own() -> None:
    assert settings.SETTINGS_MODULE == "site_core.settings.test"


def test_the_tests_run_on_the_database_that_was_asked_for() -> None:
    wanted = "postgresql" if os.environ.get("TEST_DATABASE_URL", "").startswith("postgres") else "sqlite"
    assert connection.vendor == wanted
