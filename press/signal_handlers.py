"""Keeps the list of releases, and what is counted from it, true to what readers may see."""

import logging
from typing import Any

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from wagtail.log_actions import log
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from site_core.afterwards import guarded
from site_core.models import PublicChange
from site_core.publishing import public_change
from site_core.scheduling import round_due

from .closing import forget_titles
from .closing_start import close_at_birth
from .listing import forget_counts
from .models import ClosedDraft, FormerAddress, Municipality, PressReleasePage, Topic, Withdrawal
from .notifications import tell_editors_of_publication

logger = logging.getLogger(__name__)


@guarded
def relist_release(instance: Any, **kwargs: Any) -> None:
    PressReleasePage.objects.filter(pk=instance.pk).relist()
    drop_counts()


@guarded
def relist_released(instance: Withdrawal, **kwargs: Any) -> None:
    PressReleasePage.objects.filter(pk=instance.release_id).relist()
    drop_counts()


@guarded
def relist_below(instance: Page, **kwargs: Any) -> None:
    PressReleasePage.objects.descendant_of(instance, inclusive=True).relist()
    drop_counts()


@guarded
def relist_restricted(instance: PageViewRestriction, **kwargs: Any) -> None:
    relist_below(instance.page)


def end_withdrawal(instance: Any, **kwargs: Any) -> None:
    """Publishing a release anew that a withdrawal took down is how an editor takes the withdrawal back."""
    withdrawal = getattr(instance, "withdrawal", None)
    if instance.live and withdrawal and withdrawal.takes_page_down:
        with transaction.atomic():
            withdrawal.delete()
            log(instance, "press.withdrawal_ended")


def end_closing(instance: Any, **kwargs: Any) -> None:
    """What is public is closed to nobody, and isn't closed again should it be unpublished."""
    if instance.live:
        ClosedDraft.objects.filter(release=instance.pk).delete()


def forget_closed_title(instance: PressReleasePage, **kwargs: Any) -> None:
    """A draft deleted while it is closed: the log must not tell its title to those who were outside."""
    if ClosedDraft.objects.filter(release=instance.pk).exists():
        forget_titles(instance.pk)


def tell_editors(page: Any, change: PublicChange, **kwargs: Any) -> None:
    if isinstance(page, PressReleasePage) and change.kind == PublicChange.Kind.FIRST:
        tell_editors_of_publication(page)


def note_former_address(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Let the address that a topic or municipality is about to leave lead to its new one."""
    former = type(instance).objects.filter(pk=instance.pk).values_list("slug", flat=True).first()
    if former and former != instance.slug and not raw:
        FormerAddress.lead(former, instance)


@guarded
def give_up_former_address(instance: Any, **kwargs: Any) -> None:
    """What has an address now has it, whatever had it formerly."""
    FormerAddress.give_up(instance.slug, instance.KIND)


@guarded
def drop_counts(**kwargs: Any) -> None:
    """Forget the counts now, and once more when the change that is under way has been committed."""
    forget_counts()
    transaction.on_commit(forget_counts, robust=True)


def put_right(**kwargs: Any) -> None:
    """Do what failed when a release went out or came back: where it stands, and that its withdrawal has ended."""
    missed = PressReleasePage.objects.wrongly_listed()
    if missed.exists():
        logger.warning("Releases that were not where they belong in the list: %d", missed.count())
        missed.relist()
        drop_counts()
    for release in PressReleasePage.objects.live().filter(withdrawal__kind__in=Withdrawal.TAKES_PAGE_DOWN):
        end_withdrawal(release)
        relist_release(release)


def connect() -> None:
    round_due.connect(put_right, dispatch_uid="press.put_right")
    public_change.connect(tell_editors, dispatch_uid="press.tell_editors")
    page_published.connect(end_withdrawal, PressReleasePage, dispatch_uid="press.end_withdrawal")
    page_published.connect(end_closing, PressReleasePage, dispatch_uid="press.end_closing")
    post_save.connect(close_at_birth, PressReleasePage, dispatch_uid="press.close_at_birth")
    pre_delete.connect(forget_closed_title, PressReleasePage, dispatch_uid="press.forget_closed_title")
    post_save.connect(relist_release, PressReleasePage, dispatch_uid="press.relist_release")
    page_unpublished.connect(relist_release, PressReleasePage, dispatch_uid="press.relist_release")
    post_page_move.connect(relist_below, dispatch_uid="press.relist_below")
    for model in (Topic, Municipality):
        pre_save.connect(note_former_address, model, dispatch_uid="press.note_former_address")
        post_save.connect(give_up_former_address, model, dispatch_uid="press.give_up_former_address")
    for signal in (post_save, post_delete):
        signal.connect(relist_restricted, PageViewRestriction, dispatch_uid="press.relist_restricted")
        signal.connect(relist_released, Withdrawal, dispatch_uid="press.relist_released")
        signal.connect(drop_counts, Topic, dispatch_uid="press.drop_counts")
        signal.connect(drop_counts, Municipality, dispatch_uid="press.drop_counts")
    post_delete.connect(drop_counts, PressReleasePage, dispatch_uid="press.drop_counts")
    for through in (PressReleasePage.topics.through, PressReleasePage.municipalities.through):
        m2m_changed.connect(drop_counts, through, dispatch_uid="press.drop_counts")
