"""From a form to a subscription.

A form writes one row, whoever's address it holds, and does nothing else: so it takes the same time and gives the same
answer for everybody. What the row means is worked out afterwards, and only told by mail to whom the address belongs.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from .addresses import address_hash, mailbox_hash
from .digests import last_end
from .leaving import end_subscription, note_consent
from .models import Announcement, Consent, Delivery, Frequency, Mailing, Request, Subscriber, Suppression, Wording

logger = logging.getLogger(__name__)

# A mailbox gets so many letters that it may not have asked for.
MOST_LETTERS, LETTERS_TIME = 3, timedelta(days=1)


@dataclass(frozen=True)
class Wish:
    """What somebody wants to be told of, and how often."""

    frequency: str
    everything: bool = False
    subjects: list[str] = field(default_factory=list)


def ask_to_subscribe(address: str, wish: Wish, wording: str, page: str) -> Request:
    """Note a form for a new subscription, or for other choices in an old one."""
    return _note(
        Request.Kind.SUBSCRIBE,
        address,
        frequency=wish.frequency,
        everything=wish.everything,
        subjects=wish.subjects,
        wording=Wording.of(wording),
        page=page[:200],
    )


def ask_for_link(address: str) -> Request:
    """Note a form that asks for a link to manage a subscription."""
    return _note(Request.Kind.MANAGE, address)


def ask_for_new_address(subscriber: Subscriber, address: str) -> Request:
    """Note that a subscriber wants mail to go to another address, once its owner has confirmed it."""
    return _note(Request.Kind.NEW_ADDRESS, address, subscriber=subscriber)


def _note(kind: str, address: str, **fields: object) -> Request:
    return Request.objects.create(
        kind=kind, address=address, mailbox=mailbox_hash(address), at=timezone.now(), **fields
    )


def handle_requests() -> None:
    """Work out what each new form means, and write the letter that answers it."""
    for pk in list(Request.objects.filter(handled_at=None).order_by("pk").values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                _handle(pk)
        except Exception:
            logger.exception("A request could not be handled: %d", pk)


def _handle(pk: int) -> None:
    request = Request.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk, handled_at=None).first()
    if request is None:
        return
    request.handled_at = timezone.now()
    if request.kind != Request.Kind.NEW_ADDRESS:
        known = Subscriber.objects.with_address(request.address)
        # To manage a subscription that has ended is to see that it has; a sign-up begins it anew.
        request.subscriber = known.first()
    request.save()
    if not _must_be_silent(request):
        Delivery.objects.create(request=request, due_at=request.handled_at)


def _is_suppressed(address: str) -> bool:
    return Suppression.objects.filter(digest=address_hash(address)).exists()


def _must_be_silent(request: Request) -> bool:
    if _is_suppressed(request.address):
        return True
    # The mailbox's other letters, also those on their way: a lock on them would not stop two at once, and need not.
    since = request.at - LETTERS_TIME
    earlier = Delivery.objects.filter(request__mailbox=request.mailbox, request__at__gt=since)
    return earlier.count() >= MOST_LETTERS


@transaction.atomic
def confirm(request_id: int) -> Subscriber | None:
    """Do what a form asked for, now that its addressee has confirmed it; None where the form is no more.

    Confirming twice is confirming once: what has been changed or ended since stays so.
    """
    request = Request.objects.select_for_update(of=("self",)).filter(pk=request_id).first()
    if request is None or request.kind == Request.Kind.MANAGE or _is_suppressed(request.address):
        return None
    if request.confirmed_at is None:
        request.confirmed_at = timezone.now()
        if request.kind == Request.Kind.NEW_ADDRESS:
            _change_address(request)
        else:
            request.subscriber = _begin(request)
        request.save()
    return request.subscriber


def _begin(request: Request) -> Subscriber:
    now = timezone.now()
    wish = Wish(request.frequency, request.everything, request.subjects)
    subscriber, is_new = Subscriber.objects.select_for_update().get_or_create(
        digest=address_hash(request.address),
        defaults={"address": request.address, "confirmed_at": now, "frequency": wish.frequency},
    )
    if subscriber.is_active and not is_new:
        _carry_over(subscriber, wish)
    else:
        subscriber.confirmed_at, subscriber.carried_over = now, []
        _wake(subscriber)
    _take_wish(subscriber, wish)
    note_consent(subscriber, Consent.Act.CONFIRMED, wording=request.wording, page=request.page)
    return subscriber


@transaction.atomic
def change(subscriber: Subscriber, wish: Wish) -> Subscriber:
    """Change what is followed and how often. One that was paused begins again; one that has ended stays so."""
    subscriber = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    if subscriber.ended_at:
        return subscriber
    if subscriber.paused_at:
        subscriber.confirmed_at = timezone.now()
        _wake(subscriber)
    else:
        _carry_over(subscriber, wish)
    _take_wish(subscriber, wish)
    note_consent(subscriber, Consent.Act.CHANGED)
    return subscriber


def _take_wish(subscriber: Subscriber, wish: Wish) -> None:
    subscriber.frequency, subscriber.everything = wish.frequency, wish.everything
    subscriber.save()
    subscriber.follow(() if wish.everything else wish.subjects)


def _wake(subscriber: Subscriber) -> None:
    subscriber.ended_at = subscriber.paused_at = None
    subscriber.end_reason, subscriber.soft_failures = "", 0
    subscriber.first_soft_failure_at = subscriber.last_soft_failure_at = None


def _carry_over(subscriber: Subscriber, wish: Wish) -> None:
    """See to it that what was on its way at the old frequency comes, once, when the frequency is changed."""
    if wish.frequency == subscriber.frequency:
        return
    waiting = [item for item in _on_the_way(subscriber) if item.pk in subscriber.carried_over or subscriber.wants(item)]
    if wish.frequency != Frequency.IMMEDIATE:
        subscriber.carried_over = [item.pk for item in waiting]
        return
    subscriber.carried_over = []
    mailings = Mailing.objects.filter(announcement__in=waiting)
    for mailing in mailings:
        Delivery.objects.get_or_create(mailing=mailing, subscriber=subscriber, defaults={"due_at": timezone.now()})


def _on_the_way(subscriber: Subscriber) -> Iterable[Announcement]:
    """Return what has been opened, and would have been told at the old frequency but has not been yet."""
    opened = Announcement.objects.told().filter(created_at__gte=subscriber.confirmed_at)
    letters = Delivery.objects.filter(subscriber=subscriber).exclude(state=Delivery.State.CANCELLED)
    if subscriber.frequency == Frequency.IMMEDIATE:
        # Those whose mailing has not got so far; it now passes by.
        coming = opened.filter(mailing__prepared_at=None, mailing__cursor__lt=subscriber.pk)
    else:
        coming = opened.filter(due_at__gt=last_end(subscriber.frequency))
        # The last digest may be under way, and pass by too.
        passing = Mailing.objects.filter(kind=subscriber.frequency, prepared_at=None, cursor__lt=subscriber.pk).first()
        if passing:
            coming = opened.filter(due_at__gt=passing.starts_at)
    told = set(letters.values_list("mailing__announcement", flat=True))
    recent = letters.filter(mailing__announcement=None).values_list("contents", flat=True)
    told.update(number for contents in recent for number in contents)
    carried = opened.filter(pk__in=subscriber.carried_over)
    return [item for item in (coming | carried).distinct() if item.pk not in told]


def _change_address(request: Request) -> None:
    subscriber = Subscriber.objects.select_for_update().get(requests=request)
    if subscriber.ended_at:
        return
    other = Subscriber.objects.with_address(request.address).exclude(pk=subscriber.pk).first()
    if other:
        # Whoever has both addresses has shown it by confirming this one: one subscription is enough.
        end_subscription(other, Subscriber.End.MERGED)
        other.forget()
    subscriber.address, subscriber.digest = request.address, address_hash(request.address)
    subscriber.generation += 1
    if subscriber.paused_at:
        subscriber.confirmed_at = timezone.now()
    # What failed was the old address.
    _wake(subscriber)
    subscriber.save()
    note_consent(subscriber, Consent.Act.NEW_ADDRESS)


def leave(subscriber_id: int, reason: str) -> None:
    """End a subscription by its number; one that has ended, or is no more, is left as it is."""
    if subscriber := Subscriber.objects.filter(pk=subscriber_id).first():
        end_subscription(subscriber, reason)
