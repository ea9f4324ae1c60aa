"""Handing work over: to Celery where there is a broker, else done here."""

import logging
from typing import Any

from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from . import rounds, tasks

logger = logging.getLogger(__name__)


def do_what_is_due(**kwargs: Any) -> None:
    """Hand the round over; do it here if that can't be done."""
    if not settings.BROKER_URL or not _hand_over():
        rounds.write_letters()
        rounds.send_letters()
        rounds.read_what_came_back()


def answer_soon() -> None:
    """Have a form answered at once, where somebody else can do it; the next round answers it in any case."""
    if settings.BROKER_URL:
        transaction.on_commit(_hand_over)


def _hand_over() -> bool:
    try:
        tasks.write_letters.apply_async(expires=tasks.STALE, retry=False)
    except OperationalError as error:
        logger.warning("The broker can't be reached: %s", type(error).__name__)
        return False
    return True
