"""Connects Wagtail's and Django's signals to our own modules."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from .afterwards import guarded, make_robust
from .follow_ups import do_again
from .frame import drop_frames
from .models import BasePage, Menu, OrganisationSettings
from .publishing import record_publication
from .scheduling import round_due


def note_publication(instance: BasePage, revision: Any = None, **kwargs: Any) -> None:
    if isinstance(instance, BasePage):
        record_publication(instance, revision)


@guarded
def drop_frames_after_change(**kwargs: Any) -> None:
    drop_frames()


def drop_frames_after_save(sender: type[Model], **kwargs: Any) -> None:
    # Every kind of page is deleted under its own class: they are connected without a sender. Asked for each row that is
    # saved anywhere, so only what may fail behind the question is guarded.
    if issubclass(sender, Page | Menu | OrganisationSettings | Site):
        drop_frames_after_change()


def connect() -> None:
    make_robust()
    page_published.connect(note_publication, dispatch_uid="site_core.note_publication")
    round_due.connect(do_again, dispatch_uid="site_core.do_again")
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(drop_frames_after_change, dispatch_uid="site_core.drop_frames_after_change")
    for signal in (post_save, post_delete):
        signal.connect(drop_frames_after_save, dispatch_uid="site_core.drop_frames_after_save")
