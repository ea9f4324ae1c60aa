"""One letter to one person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .announcement import Mailing
from .request import Request
from .subscriber import Subscriber


class Delivery(models.Model):
    """A letter that is to be sent, or was. The row is the truth: it is sent while it waits and never after.

    `due_at` is when it may be tried (again). Whoever takes a letter to send it moves that forward, so that others leave
    it alone for a while, and so that it is tried again if its taker dies.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("not sent")

    # Found by the index of the constraint below: one more would have to be written at each step of each letter.
    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, null=True, related_name="deliveries", db_index=False)
    subscriber = models.ForeignKey(Subscriber, on_delete=models.PROTECT, null=True, related_name="deliveries")
    request = models.ForeignKey(Request, on_delete=models.CASCADE, null=True, related_name="deliveries", db_index=False)
    # The numbers of the announcements that a digest tells this reader.
    contents = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    # The mail server's code ("550 5.1.1") or the kind of failure; never its words, which hold addresses.
    error = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["mailing", "subscriber"], name="one_delivery_per_mailing_and_subscriber"),
            models.UniqueConstraint(
                fields=["request"], condition=Q(request__isnull=False), name="one_delivery_per_request"
            ),
            models.CheckConstraint(
                condition=Q(mailing__isnull=False, subscriber__isnull=False, request=None)
                | Q(mailing=None, subscriber=None, request__isnull=False),
                name="delivery_is_news_or_answer",
            ),
        ]
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(state="waiting"), name="deliveries_to_send")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
