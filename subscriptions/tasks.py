"""What Celery runs. The rows are the truth: a task carries nothing, and may come twice, late or never."""

from celery import shared_task
from django.conf import settings

from . import rounds

# In seconds. A task that nobody has taken by the next round is not needed: that round has its own.
STALE = 55


@shared_task
def write_letters() -> None:
    """Write the letters that are due, and have them sent while they are being written."""
    rounds.open_letters()
    for _sender in range(settings.MAIL_SENDERS):
        send_letters.apply_async(expires=STALE, retry=False)
    rounds.finish_writing()
    rounds.read_what_came_back()


@shared_task
def send_letters() -> None:
    """Send what waits."""
    rounds.send_letters()
