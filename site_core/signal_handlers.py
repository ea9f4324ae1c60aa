"""Connects Wagtail's and Django's signals to our own modules."""

from typing import Any

from django.apps import apps
from django.contrib.auth.signals import user_logged_in
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.http import HttpRequest
from wagtail.models import Page, ReferenceIndex, Site, UploadedFile
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from .afterwards import guarded, make_robust
from .bin import empty_when_due, put_aside
from .deletion import keep_used
from .fields import ReferencedManyToManyField
from .follow_ups import do_again
from .frame import drop_frames
from .media.pictures.preparing import check_upload
from .models import BasePage, FormerFile, Menu, OrganisationSettings, SiteImage
from .publishing import record_publication
from .scheduling import round_due
from .web.session_store import SessionStore


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


@guarded
def delete_former_file(instance: FormerFile, **kwargs: Any) -> None:
    """Let the stored file go with the row, as Wagtail does with those of images and documents."""
    file = instance.file
    transaction.on_commit(lambda: file.delete(save=False))


@guarded
def record_references(
    instance: Model, action: str, reverse: bool, model: type[Model], pk_set: set[Any] | None, **kwargs: Any
) -> None:
    """Bring the reference index up to date with what pages are about: Wagtail looks before that is stored."""
    if action.startswith("post_"):
        users, numbers = (model, pk_set or ()) if reverse else (type(instance), [instance.pk])
        with transaction.atomic():
            for user in users._default_manager.filter(pk__in=numbers):
                ReferenceIndex.create_or_update_for_object(user)


def begin_session(request: HttpRequest, **kwargs: Any) -> None:
    # Elsewhere than on the site, in a test of a library say, sessions may be of another kind.
    if isinstance(request.session, SessionStore):
        request.session.begin()


def clean_before_it_waits(instance: UploadedFile, **kwargs: Any) -> None:
    """Clean a picture that Wagtail lays aside until its form is filled in: it may lie there for ever."""
    if instance._state.adding and instance.for_content_type == ContentType.objects.get_for_model(SiteImage):
        prepared = check_upload(instance.file)
        instance.file = ContentFile(prepared.content, name=prepared.name)


def connect() -> None:
    make_robust()
    user_logged_in.connect(begin_session, dispatch_uid="site_core.begin_session")
    pre_save.connect(clean_before_it_waits, UploadedFile, dispatch_uid="site_core.clean_before_it_waits")
    page_published.connect(note_publication, dispatch_uid="site_core.note_publication")
    round_due.connect(do_again, dispatch_uid="site_core.do_again")
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(drop_frames_after_change, dispatch_uid="site_core.drop_frames_after_change")
    for signal in (post_save, post_delete):
        signal.connect(drop_frames_after_save, dispatch_uid="site_core.drop_frames_after_save")
    pre_delete.connect(keep_used, dispatch_uid="site_core.keep_used")
    for model in apps.get_models():
        for field in model._meta.local_many_to_many:
            if isinstance(field, ReferencedManyToManyField):
                m2m_changed.connect(
                    record_references, field.remote_field.through, dispatch_uid="site_core.record_references"
                )
    pre_delete.connect(put_aside, dispatch_uid="site_core.put_aside")
    round_due.connect(empty_when_due, dispatch_uid="site_core.empty_when_due")
    post_delete.connect(delete_former_file, FormerFile, dispatch_uid="site_core.delete_former_file")
