"""Drafts that an editor has deleted, and may take back for a while."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(days=30)


class DeletedDraftQuerySet(models.QuerySet["DeletedDraft"]):
    def for_user(self, user: Any) -> "DeletedDraftQuerySet":
        """Those that somebody deleted or had begun; for an administrator also the others, unless they were secret.

        Nobody else's, because a draft may have been closed to its other colleagues.
        """
        own = Q(deleted_by=user.pk) | Q(owner=user.pk)
        return self.filter(own | Q(is_secret=False)) if user.is_superuser else self.filter(own)

    def over(self) -> "DeletedDraftQuerySet":
        """Those whose time is over."""
        return self.filter(deleted_at__lt=timezone.now() - KEPT_FOR)


class DeletedDraft(models.Model):
    """Everything of one page that was never public, as it was when it was deleted.

    Not a page: so it is in no list, search or report, and holds nothing in use.
    """

    page_id = models.PositiveIntegerField(unique=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=255)
    # The pages that it lay below, the nearest last.
    ancestors = models.JSONField(default=list)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    revisions = models.JSONField(encoder=DjangoJSONEncoder)
    # What else went with it, such as who may see it, in Django's own form.
    others = models.JSONField(encoder=DjangoJSONEncoder)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    deleted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    deleted_at = models.DateTimeField()
    # Whether it was kept from somebody in the house.
    is_secret = models.BooleanField(default=False, db_default=False)
    # Deleted in one go: what lay below a page comes back with it.
    batch = models.UUIDField(default=uuid.uuid4, editable=False)

    objects = DeletedDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-deleted_at", "-pk"]
        verbose_name = _("deleted draft")
        verbose_name_plural = _("deleted drafts")

    def __str__(self) -> str:
        return self.title

    @property
    def erased_at(self) -> Any:
        """When it is gone for good."""
        return self.deleted_at + KEPT_FOR

    @property
    def kind(self) -> str:
        return self.content_type.name
