"""Migrations: nothing left to do, and no block definition in any of them."""

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

ROOT = Path(__file__).resolve().parents[2]
OURS = ("site_core", "press", "pages")


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_block_definitions_stay_out_of_migrations() -> None:
    for app in OURS:
        for path in (ROOT / app / "migrations").glob("0*.py"):
            assert "wagtail.blocks" not in path.read_text(encoding="utf-8"), path
            assert "block_lookup" not in path.read_text(encoding="utf-8"), path


def test_models_that_are_costly_to_change_are_our_own() -> None:
    assert get_user_model()._meta.label == "site_core.User"
    assert get_image_model()._meta.label == "site_core.SiteImage"
    assert get_document_model()._meta.label == "site_core.SiteDocument"
