"""Connects Wagtail's signals to our own modules."""

from typing import Any

from wagtail.signals import page_published

from .models import BasePage
from .publishing import record_publication


def note_publication(instance: BasePage, revision: Any = None, **kwargs: Any) -> None:
    if isinstance(instance, BasePage):
        record_publication(instance, revision)


def connect() -> None:
    page_published.connect(note_publication, dispatch_uid="site_core.note_publication")
