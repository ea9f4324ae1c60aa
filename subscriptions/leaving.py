"""The end of a subscription, however it comes."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from .models import Consent, Delivery, Request, Subscriber


def note_consent(subscriber: Subscriber, act: str, **fields: object) -> None:
    """Write down what somebody agreed to, or took back, as it is now."""
    Consent.objects.create(
        subscriber=subscriber,
        act=act,
        frequency=subscriber.frequency,
        everything=subscriber.everything,
        subjects=subscriber.subjects,
        at=timezone.now(),
        **fields,
    )


@transaction.atomic
def end_subscription(subscriber: Subscriber, reason: str) -> bool:
    """End a subscription and cancel what was on its way to it; False where it had ended already."""
    subscriber = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    if subscriber.ended_at:
        return False
    subscriber.end(reason, timezone.now())
    subscriber.save()
    note_consent(subscriber, Consent.Act.ENDED)
    _cancel_letters(subscriber)
    return True


@transaction.atomic
def erase(subscriber: Subscriber) -> None:
    """Take away everything that tells who somebody is, at once."""
    end_subscription(subscriber, Subscriber.End.ERASED)
    subscriber = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    Request.objects.filter(Q(subscriber=subscriber) | Q(address__iexact=subscriber.address)).delete()
    subscriber.forget()


def _cancel_letters(subscriber: Subscriber) -> None:
    waiting = Delivery.objects.filter(subscriber=subscriber, state=Delivery.State.WAITING)
    waiting.update(state=Delivery.State.CANCELLED)
