"""Who subscribes, and to what."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from subscriptions.addresses import address_hash

if TYPE_CHECKING:
    from .announcement import Announcement


class Frequency(models.TextChoices):
    """How often somebody wants mail."""

    IMMEDIATE = "immediate", _("At once, when something is published")
    DAILY = "daily", _("Once a day, all of it in one letter")
    WEEKLY = "weekly", _("Once a week, all of it in one letter")


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def active(self) -> "SubscriberQuerySet":
        """Those who get mail."""
        return self.filter(ended_at=None, paused_at=None)

    def with_address(self, address: str) -> "SubscriberQuerySet":
        return self.filter(digest=address_hash(address))

    def following(self, subjects: Iterable[str]) -> "SubscriberQuerySet":
        """Those who chose everything, or one of these subjects at least: each once, however many they share."""
        chosen = Choice.objects.filter(subscriber=OuterRef("pk"), subject__in=list(subjects))
        return self.filter(Q(everything=True) | Exists(chosen))


class Subscriber(models.Model):
    """Somebody who has confirmed an address. The row outlives the address, for the numbers, and then names nobody."""

    class End(models.TextChoices):
        ASKED = "asked", _("ended by the subscriber")
        ONE_CLICK = "one_click", _("ended by the mail program's button")
        BOUNCED = "bounced", _("the address does not exist")
        COMPLAINED = "complained", _("marked as spam")
        ERASED = "erased", _("erased by the subscriber")
        EDITOR = "editor", _("ended by an editor")
        MERGED = "merged", _("joined with another subscription")

    # Empty once it has been erased.
    address = models.EmailField(_("e-mail address"), blank=True)
    digest = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 -- erased ones have none
    frequency = models.CharField(_("frequency"), max_length=10, choices=Frequency)
    everything = models.BooleanField(_("everything"), default=False)
    # Announcements that were on their way under a frequency that was then changed: the next digest has them.
    carried_over = models.JSONField(default=list, blank=True)
    confirmed_at = models.DateTimeField(_("subscriber since"))
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=10, choices=End, blank=True)
    paused_at = models.DateTimeField(null=True)
    soft_failures = models.PositiveSmallIntegerField(default=0)
    first_soft_failure_at = models.DateTimeField(null=True)
    last_soft_failure_at = models.DateTimeField(null=True)
    # Part of the links to manage a subscription: a new number makes the old links useless.
    generation = models.PositiveIntegerField(default=0)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        permissions = [("export_subscribers", _("Can see and export subscribers' addresses"))]
        indexes = [
            models.Index(
                fields=["frequency", "id"], condition=Q(ended_at=None, paused_at=None), name="active_subscribers"
            )
        ]

    def __str__(self) -> str:
        # Never the address: what is printed ends up in logs.
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_active(self) -> bool:
        return self.ended_at is None and self.paused_at is None

    @property
    def subjects(self) -> list[str]:
        return sorted(self.choices.values_list("subject", flat=True))

    def follow(self, subjects: Iterable[str]) -> None:
        """Replace the subjects that are followed."""
        self.choices.all().delete()
        Choice.objects.bulk_create(Choice(subscriber=self, subject=subject) for subject in dict.fromkeys(subjects))

    def wants(self, announcement: "Announcement") -> bool:
        """Tell whether an announcement is about something that is followed."""
        return self.everything or not set(self.subjects).isdisjoint(announcement.subjects)

    def end(self, reason: str, at: datetime) -> None:
        """Note the end; save the row afterwards."""
        self.ended_at, self.end_reason, self.carried_over = at, reason, []

    def forget(self) -> None:
        """Take away what tells who it is."""
        self.address, self.digest = "", None
        self.save(update_fields=["address", "digest"])
        self.choices.all().delete()


class Choice(models.Model):
    """One subject that somebody follows, by its key."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="choices")
    subject = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "subscriber"], name="one_choice_per_subject")]

    def __str__(self) -> str:
        return self.subject
