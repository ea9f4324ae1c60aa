"""Connects the subscription to what happens on the site."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from wagtail.signals import page_published

from site_core.models import BasePage, PublicChange
from site_core.publishing import change_noted
from site_core.scheduling import round_due
from site_core.subjects import subject_merged

from .announcing import announce, reopen
from .dispatch import do_what_is_due
from .merging import follow_merged
from .webhooks import act_on_event


def announce_change(page: BasePage, change: PublicChange, **kwargs: Any) -> None:
    announce(page, change)


def reopen_missed(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, BasePage) and instance.live:
        reopen(instance)


def follow_merged_subject(former: str, into: str, **kwargs: Any) -> None:
    follow_merged(former, into)


def connect() -> None:
    subject_merged.connect(follow_merged_subject, dispatch_uid="subscriptions.follow_merged_subject")
    change_noted.connect(announce_change, dispatch_uid="subscriptions.announce_change")
    page_published.connect(reopen_missed, dispatch_uid="subscriptions.reopen_missed")
    round_due.connect(do_what_is_due, dispatch_uid="subscriptions.do_what_is_due")
    if settings.EMAIL_PROVIDER:
        tracking = import_string("anymail.signals.tracking")
        tracking.connect(act_on_event, dispatch_uid="subscriptions.act_on_event")
