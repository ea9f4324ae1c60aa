"""Addresses that topics and municipalities had before they were renamed or merged."""

from typing import Any

from django.db import models
from django.db.models import Q

from .taxonomy import MUNICIPALITY, TOPIC, Municipality, Tag, Topic


class FormerAddress(models.Model):
    """One former address: whoever follows it, in a browser or a feed reader, is led to the present one."""

    kind = models.CharField(max_length=10)
    slug = models.SlugField(max_length=60)
    topic = models.ForeignKey(Topic, null=True, on_delete=models.CASCADE, related_name="former_addresses")
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.CASCADE, related_name="former_addresses")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="one_former_address_of_a_kind"),
            models.CheckConstraint(
                condition=Q(kind=TOPIC, topic__isnull=False, municipality=None)
                | Q(kind=MUNICIPALITY, topic=None, municipality__isnull=False),
                name="former_address_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"

    @staticmethod
    def _target(tag: Tag) -> dict[str, Any]:
        return {"topic": tag if tag.KIND == TOPIC else None, "municipality": tag if tag.KIND == MUNICIPALITY else None}

    @classmethod
    def lead(cls, slug: str, tag: Tag) -> None:
        """Let a former address lead to a topic or municipality, wherever it led before."""
        cls.objects.update_or_create(kind=tag.KIND, slug=slug, defaults=cls._target(tag))

    @classmethod
    def lead_on(cls, former: Tag, tag: Tag) -> None:
        """Let every former address of one topic or municipality lead to another."""
        cls.objects.filter(**{name: value for name, value in cls._target(former).items() if value}).update(
            **cls._target(tag)
        )

    @classmethod
    def give_up(cls, slug: str, kind: str) -> None:
        """Forget a former address that something has now."""
        cls.objects.filter(kind=kind, slug=slug).delete()

    @classmethod
    def find(cls, slug: str, kind: str) -> Any:
        """Return what a former address leads to, or None."""
        found = cls.objects.select_related("topic", "municipality").filter(kind=kind, slug=slug).first()
        return found and (found.topic or found.municipality)
