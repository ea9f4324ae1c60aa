"""Doing again what failed after a publication.

The rows are the truth: a live page whose publication was never noted lacks its change, and a change that somebody could
not be told of has an entry in the page's log.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import PageLogEntry, get_page_models

from .afterwards import guarded
from .choices import ChangeType
from .models import BasePage, PublicChange
from .publishing import NOT_TOLD, TOLD_AFTER_ALL, note_change, record_publication

# What has not succeeded by then is no news to anybody any more.
TRIED_FOR = timedelta(days=1)


def do_again(**kwargs: Any) -> None:
    """Note the publications that were not noted, and tell of the changes that were not told."""
    for page in _not_noted():
        _note(page)
    for change in _not_told():
        _tell(change)


@guarded
def _note(page: BasePage) -> None:
    record_publication(page, page.live_revision)


@guarded
def _tell(change: PublicChange) -> None:
    page: Any = change.page.specific
    # What the editor wrote about this change is forgotten on the page, which has been published; the revision has it.
    content = change.revision.content if change.revision else {}
    for name in set(page.change_fields) & set(content):
        setattr(page, name, content[name])
    if note_change(page, change):
        log(page, TOLD_AFTER_ALL, data={"change": change.pk})


def _not_noted() -> Iterator[BasePage]:
    """Find live pages that Wagtail published and that have no first change, or none for the major one they tell of."""
    changes = PublicChange.objects.filter(page_id=OuterRef("pk"))
    never = ~Exists(changes.filter(kind=PublicChange.Kind.FIRST))
    untold = Q(change_type=ChangeType.MAJOR) & ~Exists(changes.filter(revision_id=OuterRef("live_revision_id")))
    for model in get_page_models():
        if issubclass(model, BasePage):
            yield from model.objects.filter(never | untold, live=True, live_revision__isnull=False)


def _not_told() -> list[PublicChange]:
    entries = PageLogEntry.objects.filter(timestamp__gt=timezone.now() - TRIED_FOR)
    failed, done = (
        {entry.data["change"] for entry in entries.filter(action=action)} for action in (NOT_TOLD, TOLD_AFTER_ALL)
    )
    return list(PublicChange.objects.filter(pk__in=failed - done).select_related("page", "revision"))
