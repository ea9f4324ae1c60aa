"""Publishing and unpublishing at the hour that an editor has set.

Safe to run twice at once, and late. One page that can't be published holds up no other: it is tried again next time.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model, QuerySet
from django.dispatch import Signal
from django.utils import dateparse, timezone
from wagtail.models import DraftStateMixin, Page, Revision

from .media.privacy import repair_references
from .models import Heartbeat

logger = logging.getLogger(__name__)

# Sent at each round, once a minute, to whoever else has something that may be due.
round_due = Signal()

SCHEDULER = "scheduler"
# Once a minute is the rule; three missed rounds are worth a warning.
LATE_AFTER = timedelta(minutes=3)
SWEEP = "repair-references"
SWEEP_EVERY = timedelta(hours=24)


def run_schedule() -> int:
    """Do what is due and note that it was done; return how many pages failed."""
    failures = _each(_expired(), _unpublish) + _each(_due(), _publish)
    Heartbeat.beat(SCHEDULER)
    return failures


def sweep_when_due() -> None:
    """Once a day, repair what a crash may have left of the record of which page uses which file."""
    if Heartbeat.is_older_than(SWEEP, SWEEP_EVERY):
        Heartbeat.beat(SWEEP)
        logger.info("Repaired the references of %d objects", repair_references())


def run_round() -> None:
    """Do everything that is due: publish, and whatever other apps have. A failure there is logged by the signal."""
    run_schedule()
    sweep_when_due()
    round_due.send_robust(sender=None)


def scheduler_is_late() -> bool:
    """Tell whether the scheduler has not run for so long that an administrator should look."""
    return Heartbeat.is_older_than(SCHEDULER, LATE_AFTER)


def _expired() -> list[tuple[type[Model], int]]:
    models = [Page, *(m for m in apps.get_models() if issubclass(m, DraftStateMixin) and not issubclass(m, Page))]
    return [(model, pk) for model in models for pk in _over(model).values_list("pk", flat=True)]


def _over(model: type[Model]) -> QuerySet[Any]:
    return model._default_manager.filter(live=True, expire_at__lte=timezone.now())


def _due() -> list[tuple[type[Model], int]]:
    due = Revision.objects.filter(approved_go_live_at__lte=timezone.now()).order_by("approved_go_live_at")
    return [(Revision, pk) for pk in due.values_list("pk", flat=True)]


def _each(found: list[tuple[type[Model], int]], act: Callable[[type[Model], int], None]) -> int:
    failures = 0
    for model, pk in found:
        try:
            with transaction.atomic():
                act(model, pk)
        except Exception:
            failures += 1
            logger.exception("What was due could not be done: %s %d", model._meta.label, pk)
    return failures


def _unpublish(model: type[Model], pk: int) -> None:
    # Asked anew under the lock: somebody may just have given it more time.
    item: Any = _over(model).select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if item is None:
        return
    waiting = item.scheduled_revision
    item.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    if waiting is not None:
        # Wagtail forgets it, but it is a publication of its own, with an hour of its own.
        waiting.save(update_fields=["approved_go_live_at"])


def _publish(model: type[Model], pk: int) -> None:
    due = Revision.objects.select_for_update(skip_locked=True).filter(pk=pk, approved_go_live_at__lte=timezone.now())
    # Whoever has the row, or had it, has published it.
    revision = due.first()
    if revision is None:
        return
    if _has_expired(revision):
        Revision.objects.filter(pk=pk).update(approved_go_live_at=None)
        logger.warning("A revision expired before it could be published: %d", pk)
        return
    revision.publish(log_action="wagtail.publish.scheduled")


def _has_expired(revision: Revision) -> bool:
    expire_at: datetime | None = dateparse.parse_datetime(revision.content.get("expire_at") or "")
    return expire_at is not None and expire_at <= timezone.now()
