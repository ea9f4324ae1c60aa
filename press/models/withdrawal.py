"""Taking back what has been published."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    def ended_by_publishing(self) -> "WithdrawalQuerySet":
        """Those that end when the release is published again.

        A release that is no longer current stays withdrawn when its spelling is corrected, so that ends nothing.
        """
        return self.filter(kind__in=Withdrawal.TAKES_PAGE_DOWN)


class Withdrawal(models.Model):
    """That a release no longer stands, why, and what became of its page. Never deleted but by publishing anew."""

    class Kind(models.TextChoices):
        MISTAKE = "mistake", _("Published by mistake: the page is gone")
        REPLACED = "replaced", _("Replaced: the address leads to another release")
        OUTDATED = "outdated", _("No longer current: the page stays, with a notice")

    TAKES_PAGE_DOWN = (Kind.MISTAKE, Kind.REPLACED)

    release = models.OneToOneField("press.PressReleasePage", on_delete=models.CASCADE, related_name="withdrawal")
    kind = models.CharField(_("what has happened"), max_length=10, choices=Kind)
    reason = models.TextField(
        _("reason"),
        max_length=500,
        help_text=_("Readers see it. Say what was wrong, without repeating what must not be spread."),
    )
    replacement = models.ForeignKey(
        "press.PressReleasePage",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaces",
    )
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="replaced", replacement__isnull=False)
                | (~Q(kind="replaced") & Q(replacement__isnull=True)),
                name="replaced_by_a_release",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release}: {self.get_kind_display()}"

    @property
    def shown_as(self) -> models.Model:
        return self.release

    @property
    def status(self) -> str:
        """What an editor reads in place of the page's status, as in "withdrawn: replaced"."""
        return str(STATUS[self.Kind(self.kind)])

    @property
    def takes_page_down(self) -> bool:
        return self.kind in self.TAKES_PAGE_DOWN


# In words of an editor's list, where the kinds' own are too long.
STATUS = {
    Withdrawal.Kind.MISTAKE: _("withdrawn: published by mistake"),
    Withdrawal.Kind.REPLACED: _("withdrawn: replaced"),
    Withdrawal.Kind.OUTDATED: _("withdrawn: no longer current"),
}
