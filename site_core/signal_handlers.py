"""Connects Wagtail's and Django's signals to our own modules."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.models import Page, Revision, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from .frame import drop_frames
from .media.publishing import ask_before_saving, ask_before_scheduling
from .models import BasePage, Menu, OrganisationSettings
from .publishing import record_publication


def note_publication(instance: BasePage, revision: Any = None, **kwargs: Any) -> None:
    if isinstance(instance, BasePage):
        record_publication(instance, revision)


def ask_about_files(instance: Model, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    if raw:
        return
    if isinstance(instance, BasePage) and update_fields is None:
        ask_before_saving(instance)
    elif isinstance(instance, Revision) and "approved_go_live_at" in (update_fields or ()):
        ask_before_scheduling(instance)


def drop_frames_after_page_change(**kwargs: Any) -> None:
    drop_frames()


def drop_frames_after_save(sender: type[Model], **kwargs: Any) -> None:
    # Every kind of page is deleted under its own class: they are connected without a sender.
    if issubclass(sender, Page | Menu | OrganisationSettings | Site):
        drop_frames()


def connect() -> None:
    page_published.connect(note_publication, dispatch_uid="site_core.note_publication")
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(drop_frames_after_page_change, dispatch_uid="site_core.drop_frames_after_page_change")
    pre_save.connect(ask_about_files, dispatch_uid="site_core.ask_about_files")
    for signal in (post_save, post_delete):
        signal.connect(drop_frames_after_save, dispatch_uid="site_core.drop_frames_after_save")
