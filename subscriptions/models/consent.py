"""What people agreed to: rows that are added and never changed."""

import hashlib
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .subscriber import Frequency, Subscriber


class Wording(models.Model):
    """A text about personal data as it stood above the button; its number is its version."""

    digest = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    first_used_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @staticmethod
    def digest_of(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    @classmethod
    def of(cls, text: str) -> "Wording":
        return cls.objects.get_or_create(digest=cls.digest_of(text), defaults={"text": text})[0]


class Consent(models.Model):
    """One thing that a subscriber agreed to or took back. Holds no address and nothing about the device."""

    class Act(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        CHANGED = "changed", _("changed")
        NEW_ADDRESS = "new_address", _("new address")
        ENDED = "ended", _("ended")

    subscriber = models.ForeignKey(Subscriber, on_delete=models.PROTECT, related_name="consents")
    act = models.CharField(max_length=12, choices=Act)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, null=True, related_name="+")
    frequency = models.CharField(max_length=10, choices=Frequency)
    everything = models.BooleanField()
    subjects = models.JSONField(default=list)
    # The address within the site of the form that was filled in; empty where it was a link in a mail.
    page = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.at:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("A consent is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A consent is never deleted")
