"""Connects Wagtail's and Django's signals to our own modules."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from wagtail.models import Page, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from .frame import drop_frames
from .models import BasePage, Menu, OrganisationSettings
from .publishing import record_publication
from .web.session_store import SessionStore


def note_publication(instance: BasePage, revision: Any = None, **kwargs: Any) -> None:
    if isinstance(instance, BasePage):
        record_publication(instance, revision)


def drop_frames_after_page_change(**kwargs: Any) -> None:
    drop_frames()


def drop_frames_after_save(sender: type[Model], **kwargs: Any) -> None:
    # Every kind of page is deleted under its own class: they are connected without a sender.
    if issubclass(sender, Page | Menu | OrganisationSettings | Site):
        drop_frames()


def begin_session(request: HttpRequest, **kwargs: Any) -> None:
    # Elsewhere than on the site, in a test of a library say, sessions may be of another kind.
    if isinstance(request.session, SessionStore):
        request.session.begin()


def connect() -> None:
    user_logged_in.connect(begin_session, dispatch_uid="site_core.begin_session")
    page_published.connect(note_publication, dispatch_uid="site_core.note_publication")
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(drop_frames_after_page_change, dispatch_uid="site_core.drop_frames_after_page_change")
    for signal in (post_save, post_delete):
        signal.connect(drop_frames_after_save, dispatch_uid="site_core.drop_frames_after_save")
