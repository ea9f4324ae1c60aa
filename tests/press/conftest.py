"""Two who write and review."""

import pytest

from site_core.models import User
from tests.factories import add_user


@pytest.fixture
def anna(db: None) -> User:
    return add_user("Redaktörer", username="anna", email="anna@example.se", first_name="Anna")


@pytest.fixture
def bo(db: None) -> User:
    return add_user("Redaktörer", username="bo", email="bo@example.se", first_name="Bo")
