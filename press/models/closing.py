"""A draft that only some in the house may know of."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from site_core.models import User


def person_name(person: Any) -> str:
    return person.get_full_name() or person.get_username()


class ClosedDraftQuerySet(models.QuerySet["ClosedDraft"]):
    def standing(self) -> "ClosedDraftQuerySet":
        """Leave out what is published: with that the closing is over, whether or not its row has gone."""
        return self.filter(release__live=False)

    def outside_of(self, user: Any) -> "ClosedDraftQuerySet":
        """The closings that keep a draft from somebody; nobody's role lets her in, an administrator's neither."""
        if user.pk is None:
            return self.standing()
        inside = Q(release__owner=user.pk) | Q(users=user.pk) | Q(groups__user=user.pk)
        return self.standing().exclude(pk__in=self.model.objects.filter(inside).values("pk"))


class ClosedDraft(models.Model):
    """That a draft is kept from all but its author and those named here, until it is published."""

    release = models.OneToOneField("press.PressReleasePage", on_delete=models.CASCADE, related_name="closing")
    users = models.ManyToManyField(User, verbose_name=_("people"), blank=True, related_name="+")
    groups = models.ManyToManyField(Group, verbose_name=_("groups"), blank=True, related_name="+")
    closed_at = models.DateTimeField(auto_now_add=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ClosedDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("closed draft")
        verbose_name_plural = _("closed drafts")

    def __str__(self) -> str:
        return str(_("Closed draft"))

    def named(self) -> "QuerySet[User]":
        """Those who are inside by name and not by a group: the author, and whoever was chosen."""
        return User.objects.filter(Q(pk=self.release.owner_id) | Q(pk__in=self.users.values("pk")))

    def people(self) -> "QuerySet[User]":
        """Everybody who may know of the draft, by name."""
        inside = (
            Q(pk=self.release.owner_id) | Q(pk__in=self.users.values("pk")) | Q(groups__in=self.groups.values("pk"))
        )
        numbers = User.objects.filter(inside, is_active=True).values("pk")
        return User.objects.filter(pk__in=numbers).order_by("first_name", "last_name", "username")

    @property
    def names(self) -> str:
        """Who may know of the draft, in words."""
        return ", ".join(person_name(person) for person in self.people())
