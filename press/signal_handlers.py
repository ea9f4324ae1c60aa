"""Keeps the list of releases, and what is counted from it, true to what readers may see."""

from typing import Any

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.log_actions import log
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from site_core.models import PublicChange
from site_core.publishing import public_change

from .listing import forget_counts
from .models import Municipality, PressReleasePage, Topic, Withdrawal
from .notifications import tell_editors_of_publication


def relist_release(instance: Any, **kwargs: Any) -> None:
    PressReleasePage.objects.filter(pk=instance.pk).relist()
    note_topics()
    drop_counts()


def note_topics(**kwargs: Any) -> None:
    Topic.objects.note_shown()


def relist_released(instance: Withdrawal, **kwargs: Any) -> None:
    PressReleasePage.objects.filter(pk=instance.release_id).relist()
    note_topics()
    drop_counts()


def relist_below(instance: Page, **kwargs: Any) -> None:
    PressReleasePage.objects.descendant_of(instance, inclusive=True).relist()
    note_topics()
    drop_counts()


def relist_restricted(instance: PageViewRestriction, **kwargs: Any) -> None:
    relist_below(instance.page)


def end_withdrawal(instance: Any, **kwargs: Any) -> None:
    """Publishing a release anew that a withdrawal took down is how an editor takes the withdrawal back."""
    withdrawal = getattr(instance, "withdrawal", None)
    if instance.live and withdrawal and withdrawal.takes_page_down:
        with transaction.atomic():
            withdrawal.delete()
            log(instance, "press.withdrawal_ended")


def tell_editors(page: Any, change: PublicChange, **kwargs: Any) -> None:
    if isinstance(page, PressReleasePage) and change.kind == PublicChange.Kind.FIRST:
        tell_editors_of_publication(page)


def drop_counts(**kwargs: Any) -> None:
    """Forget the counts now, and once more when the change that is under way has been committed."""
    forget_counts()
    transaction.on_commit(forget_counts)


def connect() -> None:
    public_change.connect(tell_editors, dispatch_uid="press.tell_editors")
    page_published.connect(end_withdrawal, PressReleasePage, dispatch_uid="press.end_withdrawal")
    post_save.connect(relist_release, PressReleasePage, dispatch_uid="press.relist_release")
    page_unpublished.connect(relist_release, PressReleasePage, dispatch_uid="press.relist_release")
    post_page_move.connect(relist_below, dispatch_uid="press.relist_below")
    for signal in (post_save, post_delete):
        signal.connect(relist_restricted, PageViewRestriction, dispatch_uid="press.relist_restricted")
        signal.connect(relist_released, Withdrawal, dispatch_uid="press.relist_released")
        signal.connect(drop_counts, Topic, dispatch_uid="press.drop_counts")
        signal.connect(drop_counts, Municipality, dispatch_uid="press.drop_counts")
    post_delete.connect(drop_counts, PressReleasePage, dispatch_uid="press.drop_counts")
    for through in (PressReleasePage.topics.through, PressReleasePage.municipalities.through):
        m2m_changed.connect(drop_counts, through, dispatch_uid="press.drop_counts")
    m2m_changed.connect(note_topics, PressReleasePage.topics.through, dispatch_uid="press.note_topics")
