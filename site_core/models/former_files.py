"""Files that an image or a document had before they were replaced."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .media import SiteDocument, SiteImage


class FormerFile(models.Model):
    """One file that readers could have, with who replaced it, when, and what was new in the next one."""

    image = models.ForeignKey(SiteImage, null=True, on_delete=models.CASCADE, related_name="former_files")
    document = models.ForeignKey(SiteDocument, null=True, on_delete=models.CASCADE, related_name="former_files")
    # Stays where it was stored; no address of the site leads there.
    file = models.FileField(max_length=255)
    size = models.PositiveBigIntegerField(null=True)
    replaced_at = models.DateTimeField(auto_now_add=True)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.TextField(blank=True)
    is_major = models.BooleanField(default=False)

    class Meta:
        ordering = ["-replaced_at", "-pk"]
        verbose_name = _("former file")
        verbose_name_plural = _("former files")
        constraints = [
            models.CheckConstraint(
                condition=Q(image__isnull=False, document=None) | Q(image=None, document__isnull=False),
                name="former_file_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.file.name or ""

    @property
    def owner(self) -> Any:
        """The image or document that had the file."""
        return self.image or self.document
