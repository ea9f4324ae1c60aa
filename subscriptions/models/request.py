"""What somebody asked for in a form, until the one whose address it is has confirmed it by mail."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .consent import Wording
from .subscriber import Frequency, Subscriber


class Request(models.Model):
    """One form that was sent in. Anybody can write any address, so the row says nothing about whose it is.

    Each is kept for a week, which is as long as the links that are mailed about it are valid.
    """

    class Kind(models.TextChoices):
        SUBSCRIBE = "subscribe", _("subscribe")
        MANAGE = "manage", _("a link to manage a subscription")
        NEW_ADDRESS = "new_address", _("another address")

    kind = models.CharField(max_length=12, choices=Kind)
    address = models.EmailField()
    mailbox = models.CharField(max_length=64)
    frequency = models.CharField(max_length=10, choices=Frequency, blank=True)
    everything = models.BooleanField(default=False)
    subjects = models.JSONField(default=list)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, null=True, related_name="+")
    page = models.CharField(max_length=200, blank=True)
    # For another address: whose subscription it is. For a sign-up: the subscription that confirming it gave.
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, null=True, related_name="requests")
    at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["mailbox", "at"], name="requests_of_mailbox"),
            models.Index(fields=["id"], condition=Q(handled_at=None), name="requests_to_handle"),
            models.Index(fields=["at"], name="requests_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
