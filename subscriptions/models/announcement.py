"""What is to be told of a public change, and the mailings that tell it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from site_core.models import BasePage, PublicChange


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def waiting(self) -> "AnnouncementQuerySet":
        """Those whose grace period lasts, or has ended just now: they can still be stopped."""
        return self.filter(opened_at=None, stopped_at=None)

    def untold(self, page_id: int) -> "AnnouncementQuerySet":
        """Those of a page that nobody has been told of, and may still be."""
        not_public = Q(stop_reason=Announcement.Stop.NOT_PUBLIC)
        return self.filter(Q(stopped_at=None) | not_public, page_id=page_id, opened_at=None).order_by("pk")

    def told(self) -> "AnnouncementQuerySet":
        """Those that have been opened and still hold."""
        return self.filter(opened_at__isnull=False, stopped_at=None)


class Announcement(models.Model):
    """One public change that subscribers are told of: written with the change, told when the grace period is over.

    What is told is copied from the page at that moment, so that every letter about it says the same.
    """

    class Stop(models.TextChoices):
        EDITOR = "editor", _("stopped by an editor")
        WITHDRAWN = "withdrawn", _("the page was withdrawn")
        NOT_PUBLIC = "not_public", _("the page was not public when its time came")
        REPLACED = "replaced", _("told together with a later change")

    change = models.OneToOneField(PublicChange, on_delete=models.SET_NULL, null=True, related_name="+")
    page = models.ForeignKey(Page, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    opened_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stop_reason = models.CharField(max_length=10, choices=Stop, blank=True)
    stopped_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    is_new = models.BooleanField()
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    note = models.TextField(blank=True)
    address = models.URLField(max_length=500, blank=True)
    subjects = models.JSONField(default=list)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")

    def __str__(self) -> str:
        return self.title

    @property
    def can_be_stopped(self) -> bool:
        return self.opened_at is None and self.stopped_at is None

    def take_over(self, earlier: "Announcement") -> None:
        """Tell also what an earlier announcement would have told: nobody wants two letters, minutes apart."""
        self.is_new = self.is_new or earlier.is_new
        self.note = "" if self.is_new else "\n".join(filter(None, [earlier.note, self.note]))

    def still_holds(self) -> bool:
        """Ask whether there is something to tell now: nobody has stopped it, and anybody may see the page."""
        page = self.page.specific if self.page else None
        return self.stopped_at is None and isinstance(page, BasePage) and page.is_public()


class Mailing(models.Model):
    """One announcement told at once, or the digest of a period: what a round of letters is about."""

    class Kind(models.TextChoices):
        IMMEDIATE = "immediate", _("at once")
        DAILY = "daily", _("daily digest")
        WEEKLY = "weekly", _("weekly digest")

    kind = models.CharField(max_length=10, choices=Kind)
    announcement = models.OneToOneField(Announcement, on_delete=models.CASCADE, null=True, related_name="mailing")
    # A digest tells what became due after the one moment and no later than the other.
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    # How far the list of subscribers has been gone through.
    cursor = models.BigIntegerField(default=0)
    prepared_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    # What was mailed at once, for a month. Digests differ from reader to reader.
    subject = models.CharField(max_length=255, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        permissions = [
            ("stop_mailing", _("Can stop a mailing while the grace period lasts")),
            ("resend_mailing", _("Can send a mailing again to those whom it did not reach")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "ends_at"], name="one_digest_per_period"),
            models.CheckConstraint(
                condition=Q(kind="immediate", announcement__isnull=False, ends_at=None)
                | (~Q(kind="immediate") & Q(announcement=None, ends_at__isnull=False)),
                name="mailing_is_news_or_digest",
            ),
        ]

    def __str__(self) -> str:
        return self.announcement.title if self.announcement else f"{self.get_kind_display()} {self.ends_at:%Y-%m-%d}"
