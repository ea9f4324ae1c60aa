"""What releases are about: topics, and the municipalities they concern."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel

from site_core.municipalities import swedish_order

# What addresses, feeds and subscriptions call the two kinds.
TOPIC, MUNICIPALITY = "amne", "kommun"


class Tag(models.Model):
    """What topics and municipalities share: one that is no longer used is retired, and keeps its page and releases."""

    # What addresses, feeds and subscriptions call the kind.
    KIND: ClassVar[str]

    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_retired(self) -> bool:
        return self.retired_at is not None

    @property
    def state(self) -> str:
        """What an editor's list says of it."""
        return str(_("retired") if self.is_retired else _("in use"))

    @property
    def instead_of_deleting(self) -> tuple[str, str]:
        """What an editor is offered who may not delete it: what the button says, and where it leads."""
        return str(_("Merge it with another, or retire it")), reverse("press_merge_tag", args=[self.KIND, self.pk])


class Topic(index.Indexed, Tag):
    """A subject that readers follow, with a page and feeds of its own."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(
        _("address"),
        max_length=60,
        unique=True,
        help_text=_("The last part of the topic's address. If you change it, the former one leads here."),
    )
    description = models.TextField(
        _("description"), blank=True, max_length=300, help_text=_("Shown at the top of the topic's page.")
    )

    KIND = TOPIC

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta(Tag.Meta):
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name


class Association(models.Model):
    """A municipal association (kommunalförbund)."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    code = models.SlugField(_("code"), max_length=30, unique=True)

    panels = [FieldPanel("name"), FieldPanel("code")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("municipal association")
        verbose_name_plural = _("municipal associations")

    def __str__(self) -> str:
        return self.name


class Municipality(index.Indexed, Tag):
    """A municipality, with a page and feeds of its own."""

    KIND = MUNICIPALITY

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    code = models.CharField(
        _("municipality code"), max_length=4, unique=True, help_text=_("Four digits, from Statistics Sweden.")
    )
    official_name = models.CharField(_("official name"), max_length=80)
    association = models.ForeignKey(
        Association, verbose_name=_("municipal association"), on_delete=models.PROTECT, related_name="municipalities"
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("official_name"),
        FieldPanel("slug"),
        FieldPanel("code"),
        FieldPanel("association"),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta(Tag.Meta):
        ordering = ["name"]
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def by_association(cls) -> list["Municipality"]:
        """Return all municipalities, each association's together, in the order of the Swedish alphabet."""
        places = cls.objects.select_related("association")
        return sorted(places, key=lambda place: (place.association.name, swedish_order(place.name)))
