"""Sending a mailing again to those whom it did not reach."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from site_core.models import User

from .models import Delivery, Mailing, Subscriber, Suppression


def unreached(mailing: Mailing) -> QuerySet[Delivery]:
    """Return the letters that failed and whose readers still subscribe and may be mailed."""
    suppressed = Suppression.objects.filter(digest=OuterRef("subscriber__digest"))
    failed = Delivery.objects.filter(mailing=mailing, state=Delivery.State.FAILED)
    return failed.filter(subscriber__in=Subscriber.objects.active()).exclude(Exists(suppressed))


@transaction.atomic
def resend(mailing: Mailing, by: User) -> int:
    """Let the letters that failed wait again, each under its old Message-ID; return how many."""
    numbers = list(unreached(mailing).values_list("pk", flat=True))
    again = Delivery.objects.filter(pk__in=numbers)
    number = again.update(state=Delivery.State.WAITING, attempts=0, due_at=timezone.now(), error="")
    Mailing.objects.filter(pk=mailing.pk).update(finished_at=None)
    log(mailing, "subscriptions.mailing_resent", user=by, data={"number": number})
    return number
