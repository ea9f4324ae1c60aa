"""What is not kept: run once a day."""

import logging
from datetime import timedelta

from django.utils import timezone

from site_core.models import Heartbeat

from .models import FailureReport, Mailing, Request, Subscriber
from .tokens import CONFIRM, LIFETIMES

logger = logging.getLogger(__name__)

RETENTION, EVERY = "subscription-retention", timedelta(hours=24)
KEEP_REQUESTS = LIFETIMES[CONFIRM] or timedelta(days=7)
KEEP_BODIES = timedelta(days=30)
KEEP_ADDRESSES = timedelta(days=28)
KEEP_REPORTS = timedelta(days=90)


def clean_when_due() -> None:
    """Take away what has been kept for as long as it may be, once a day."""
    if Heartbeat.is_older_than(RETENTION, EVERY):
        clean()
        Heartbeat.beat(RETENTION)


def clean() -> None:
    """Take away old forms, the text of old letters, and the addresses of those who have left."""
    now = timezone.now()
    requests, _rows = Request.objects.filter(at__lt=now - KEEP_REQUESTS).delete()
    bodies = Mailing.objects.filter(opened_at__lt=now - KEEP_BODIES).exclude(text="").update(text="", html="")
    FailureReport.objects.filter(at__lt=now - KEEP_REPORTS).delete()
    left = Subscriber.objects.filter(ended_at__lt=now - KEEP_ADDRESSES, digest__isnull=False)
    erased = 0
    for subscriber in left.iterator(chunk_size=500):
        subscriber.forget()
        erased += 1
    logger.info("Retention: %d requests, %d bodies, %d addresses taken away", requests, bodies, erased)
