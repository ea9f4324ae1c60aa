from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision


class PublicChange(models.Model):
    """One change that readers are told of: a page's first publication, a major change with its note, a withdrawal.

    The rows are a page's public history. Each revision gives at most one, however often it is published.
    """

    class Kind(models.TextChoices):
        FIRST = "first", _("first publication")
        MAJOR = "major", _("major change")
        WITHDRAWN = "withdrawn", _("withdrawal")

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="public_changes")
    revision = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("public change")
        verbose_name_plural = _("public changes")
        constraints = [
            models.UniqueConstraint(fields=["page"], condition=Q(kind="first"), name="one_first_publication_per_page"),
            models.UniqueConstraint(fields=["page", "revision"], name="one_public_change_per_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
