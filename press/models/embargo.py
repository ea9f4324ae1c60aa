"""Showing a release to a journalist before its time."""

import uuid
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageLogEntry

from .release import PressReleasePage

LINK_USED = "press.embargo_link_used"
# A dot, because neither a hexadecimal number nor a signature has one.
_signer = signing.Signer(sep=".", salt="press.embargo")


class EmbargoLinkQuerySet(models.QuerySet["EmbargoLink"]):
    def find(self, token: str) -> "EmbargoLink | None":
        """Return the link that a token is for, whether or not it still holds; None for a token that we never made."""
        try:
            key = uuid.UUID(_signer.unsign(token))
        except (signing.BadSignature, ValueError):
            return None
        return self.select_related("release").filter(key=key).first()


class EmbargoLink(models.Model):
    """An address that shows one release, as it stands, to whoever has it: until it expires or is revoked."""

    release = models.ForeignKey(PressReleasePage, on_delete=models.CASCADE, related_name="embargo_links")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.CharField(
        _("for whom"),
        max_length=120,
        help_text=_("The journalist and the newsroom. Only you and your colleagues see it."),
    )
    expires_at = models.DateTimeField(_("valid until"))
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = EmbargoLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("embargo link")
        verbose_name_plural = _("embargo links")

    def __str__(self) -> str:
        return f"{self.recipient}: {self.release}"

    @property
    def href(self) -> str:
        """The link's address within the site. The token is made anew from the row, so the database holds no secret."""
        return reverse("embargo", args=[_signer.sign(self.key.hex)])

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def uses(self) -> list[datetime]:
        """When the release was looked at through this link, the last time first."""
        entries = PageLogEntry.objects.filter(page=self.release_id, action=LINK_USED, data__link=self.pk)
        return list(entries.order_by("-timestamp").values_list("timestamp", flat=True))

    def revoke(self) -> None:
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at"])
