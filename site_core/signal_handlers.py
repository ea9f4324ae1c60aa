"""Connects Wagtail's and Django's signals to our own modules."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.models import Page, Site, UploadedFile
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from .frame import drop_frames
from .media.pictures.preparing import check_upload
from .models import BasePage, Menu, OrganisationSettings, SiteImage
from .publishing import record_publication


def note_publication(instance: BasePage, revision: Any = None, **kwargs: Any) -> None:
    if isinstance(instance, BasePage):
        record_publication(instance, revision)


def drop_frames_after_page_change(**kwargs: Any) -> None:
    drop_frames()


def drop_frames_after_save(sender: type[Model], **kwargs: Any) -> None:
    # Every kind of page is deleted under its own class: they are connected without a sender.
    if issubclass(sender, Page | Menu | OrganisationSettings | Site):
        drop_frames()


def clean_before_it_waits(instance: UploadedFile, **kwargs: Any) -> None:
    """Clean a picture that Wagtail lays aside until its form is filled in: it may lie there for ever."""
    if instance._state.adding and instance.for_content_type == ContentType.objects.get_for_model(SiteImage):
        prepared = check_upload(instance.file)
        instance.file = ContentFile(prepared.content, name=prepared.name)


def connect() -> None:
    pre_save.connect(clean_before_it_waits, UploadedFile, dispatch_uid="site_core.clean_before_it_waits")
    page_published.connect(note_publication, dispatch_uid="site_core.note_publication")
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(drop_frames_after_page_change, dispatch_uid="site_core.drop_frames_after_page_change")
    for signal in (post_save, post_delete):
        signal.connect(drop_frames_after_save, dispatch_uid="site_core.drop_frames_after_save")
