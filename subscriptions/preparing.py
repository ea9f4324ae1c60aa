"""From a mailing to a delivery for each subscriber, a batch at a time: memory stays flat and nothing is lost."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from .composing import compose_news
from .digests import told_in
from .models import Announcement, Choice, Delivery, Mailing, Subscriber

BATCH = 1000


def prepare_all() -> None:
    """Prepare every mailing that is not yet prepared; another process may be doing the same."""
    for pk in list(Mailing.objects.filter(prepared_at=None).order_by("pk").values_list("pk", flat=True)):
        while prepare_batch(pk):
            pass
    finish_mailings()


@transaction.atomic
def prepare_batch(pk: int) -> bool:
    """Write the deliveries of the next subscribers; tell whether there is more to do.

    The mailing's row is locked meanwhile: another process leaves it alone, and one that is killed leaves nothing half
    done, because the deliveries and how far they reach are written together.
    """
    waiting = Mailing.objects.select_for_update(skip_locked=True, of=("self",)).select_related("announcement")
    mailing = waiting.filter(pk=pk, prepared_at=None).first()
    if mailing is None:
        return False
    last = _prepare_news(mailing, mailing.announcement) if mailing.announcement else _prepare_digest(mailing)
    if last is None:
        mailing.prepared_at = timezone.now()
    else:
        mailing.cursor = last
    mailing.save()
    return last is not None


def finish_mailings() -> None:
    """Note which mailings have nothing left to send."""
    left = Delivery.objects.filter(state=Delivery.State.WAITING, mailing__isnull=False).values("mailing")
    prepared = Mailing.objects.filter(prepared_at__isnull=False, finished_at=None)
    prepared.exclude(pk__in=left).update(finished_at=timezone.now())


def _prepare_news(mailing: Mailing, announcement: Announcement) -> int | None:
    if not announcement.still_holds():
        return None
    if not mailing.subject:
        letter = compose_news(announcement)
        mailing.subject, mailing.text, mailing.html = letter.subject, letter.text, letter.html
    readers = Subscriber.objects.active().filter(frequency=mailing.kind, confirmed_at__lte=announcement.created_at)
    numbers = list(
        readers.following(announcement.subjects)
        .filter(pk__gt=mailing.cursor)
        .order_by("pk")
        .values_list("pk", flat=True)[:BATCH]
    )
    Delivery.objects.bulk_create(
        Delivery(mailing=mailing, subscriber_id=number, due_at=mailing.opened_at) for number in numbers
    )
    return numbers[-1] if numbers else None


def _prepare_digest(mailing: Mailing) -> int | None:
    news = [item for item in told_in(mailing) if item.still_holds()]
    readers = Subscriber.objects.active().filter(frequency=mailing.kind, pk__gt=mailing.cursor)
    if not news:
        readers = readers.exclude(carried_over=[])
    batch = list(readers.order_by("pk").defer("address")[:BATCH])
    if not batch:
        return None
    contents = _contents(batch, news)
    Delivery.objects.bulk_create(
        Delivery(mailing=mailing, subscriber_id=number, contents=told, due_at=mailing.opened_at)
        for number, told in contents.items()
    )
    Subscriber.objects.filter(pk__in=[reader.pk for reader in batch]).exclude(carried_over=[]).update(carried_over=[])
    return batch[-1].pk


def _contents(batch: list[Subscriber], news: list[Announcement]) -> dict[int, list[int]]:
    """Work out what a digest tells each reader: what they follow, once, and what was left over at a change."""
    followed = defaultdict(set)
    for number, subject in Choice.objects.filter(subscriber__in=batch).values_list("subscriber", "subject"):
        followed[number].add(subject)
    extra = {number for reader in batch for number in reader.carried_over}
    carried = {item.pk: item for item in Announcement.objects.filter(pk__in=extra, stopped_at=None)}
    told = _already_told(batch, {item.pk for item in news} | extra)
    contents = {}
    for reader in batch:
        wanted = {
            item.pk: item
            for item in news
            if reader.confirmed_at <= item.created_at
            and (reader.everything or not followed[reader.pk].isdisjoint(item.subjects))
        }
        wanted |= {number: carried[number] for number in reader.carried_over if number in carried}
        left = [item for item in wanted.values() if item.pk not in told[reader.pk]]
        if left:
            contents[reader.pk] = [item.pk for item in sorted(left, key=lambda item: (item.due_at, item.pk))]
    return contents


def _already_told(batch: Iterable[Subscriber], numbers: set[int]) -> dict[int, set[int]]:
    """Return which of some announcements each reader has in a letter already: at once, or in another digest."""
    told: dict[int, set[int]] = defaultdict(set)
    letters = Delivery.objects.filter(subscriber__in=batch).exclude(state=Delivery.State.CANCELLED)
    at_once = letters.filter(mailing__announcement__in=numbers)
    for reader, number in at_once.values_list("subscriber", "mailing__announcement"):
        told[reader].add(number)
    first = Announcement.objects.filter(pk__in=numbers).order_by("due_at").first()
    if first:
        digests = letters.filter(mailing__ends_at__gte=first.due_at)
        for reader, contents in digests.values_list("subscriber", "contents"):
            told[reader].update(contents)
    return told
