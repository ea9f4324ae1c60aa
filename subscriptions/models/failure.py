"""Addresses that must not be mailed, and reports from mail providers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Suppression(models.Model):
    """An address that gets nothing, whoever asks: kept as a keyed hash only."""

    class Reason(models.TextChoices):
        BOUNCED = "bounced", _("the address does not exist")
        COMPLAINED = "complained", _("marked as spam")

    digest = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=10, choices=Reason)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.at:%Y-%m-%d}"


class FailureReport(models.Model):
    """A report about a letter that has been acted upon: the same one sent again changes nothing."""

    key = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key[:12]
