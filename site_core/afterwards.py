"""What follows a publication can't stop it, nor anything else that follows.

When a page goes out, counts are dropped, subscribers and editors are told, search is brought up to date. If one of
these fails, the page has gone out all the same, the others do their part, and the log tells of it. Each runs in a
savepoint, so that a question that the database refused spoils nothing around it.
"""

import logging
from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.db import transaction
from django.dispatch import Signal
from django_tasks import TaskResultStatus
from django_tasks.backends.immediate import ImmediateBackend
from wagtail import signals

logger = logging.getLogger(__name__)

# What Wagtail sends when something has been done; not what it sends before, so that it can be stopped or changed.
DONE = (
    signals.published,
    signals.unpublished,
    signals.page_published,
    signals.page_unpublished,
    signals.page_slug_changed,
    signals.post_page_move,
    signals.workflow_submitted,
    signals.workflow_approved,
    signals.workflow_rejected,
    signals.workflow_cancelled,
    signals.task_submitted,
    signals.task_approved,
    signals.task_rejected,
    signals.task_cancelled,
)


class AfterwardsSignal(Signal):
    """A signal whose receivers can't stop what it tells of: where one fails, its answer is the exception."""

    def send(self, sender: Any, **named: Any) -> list[tuple[Any, Any]]:
        return self.send_robust(sender, **named)

    def _live_receivers(self, sender: Any) -> Any:
        # Django has no other place where a receiver could be given a savepoint.
        receivers, asynchronous = super()._live_receivers(sender)
        return [_in_savepoint(receiver) for receiver in receivers], asynchronous


def make_robust() -> None:
    """Let no receiver of what Wagtail has done stop it. Wagtail sends with `send`, and has no setting for that."""
    for signal in DONE:
        signal.__class__ = AfterwardsSignal


def _in_savepoint(receiver: Callable[..., Any]) -> Callable[..., Any]:
    def call(**named: Any) -> Any:
        with transaction.atomic():
            return receiver(**named)

    # Some are objects, which have no name of their own for the log.
    call.__qualname__ = getattr(receiver, "__qualname__", type(receiver).__qualname__)
    return call


class guarded:
    """Let a receiver of Django's own signals, or a hook that runs afterwards, fail without stopping anything."""

    def __init__(self, follow_up: Callable[..., Any]) -> None:
        self.follow_up = follow_up
        update_wrapper(self, follow_up)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        try:
            with transaction.atomic():
                return self.follow_up(*args, **kwargs)
        except Exception:
            logger.exception("What follows a change failed: %s", self.__qualname__)  # type: ignore[attr-defined]


class SavepointBackend(ImmediateBackend):
    """Runs Wagtail's tasks, which bring the search and reference indexes up to date, at once as its own backend does.

    One that fails is logged there; in a savepoint it leaves the transaction that publishes a page in order.
    """

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        with transaction.atomic():
            result = super().enqueue(task, args, kwargs)
            if result.status == TaskResultStatus.FAILED:
                transaction.set_rollback(True)
        return result
