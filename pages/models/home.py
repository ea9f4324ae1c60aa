"""The home page."""

from functools import cached_property
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel

from press.models import PressIndexPage, PressReleasePage
from site_core.fields import RichTextField
from site_core.models import BasePage, OrganisationSettings
from site_core.structured_data import LANGUAGE, given, organisation_id, organisation_node
from site_core.text import plain_text
from site_core.visibility import live_now, open_to_all

from .stories import SectionPage


class HomePage(BasePage):
    """What this body is, what it works with, what is new, and who stands behind it."""

    mission = models.TextField(
        _("the mission in one sentence"),
        max_length=220,
        help_text=_("Set large at the top of the page. Say what you do and for whom."),
    )
    lead = RichTextField(_("lead"), blank=True, features=["bold", "italic", "link"])
    newest_count = models.PositiveSmallIntegerField(
        _("number of press releases"), default=5, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    subscribe_text = models.CharField(
        _("line about following the news"),
        max_length=140,
        blank=True,
        help_text=_(
            "Shown below the press releases, above a field for an e-mail address. Leave empty to show nothing."
        ),
    )
    members_heading = models.CharField(_("heading"), max_length=100, blank=True)
    members_text = RichTextField(_("text"), blank=True, features=["bold", "italic", "link"])

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["pages.SectionPage", "pages.StandardPage", "press.PressIndexPage"]
    max_count = 1
    page_description = _("The site's first page. There is one on the site.")
    admin_icon = "home"
    template = "pages/home_page.html"

    edit_handler = BasePage.build_edit_handler(
        [
            TitleFieldPanel("title"),
            FieldPanel("mission"),
            FieldPanel("lead"),
            FieldPanel("newest_count"),
            FieldPanel("subscribe_text"),
            MultiFieldPanel(
                [FieldPanel("members_heading"), FieldPanel("members_text")], heading=_("Who stands behind us")
            ),
        ]
    )

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def summary(self) -> str:
        return self.search_description or self.mission

    def search_text(self) -> str:
        return " ".join([self.mission, plain_text(self.lead), plain_text(self.members_text)])

    def structured_data(self, organisation: OrganisationSettings) -> list[dict[str, Any]]:
        root = self.site_root_url
        search = {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{root}{reverse('search')}?q={{words}}"},
            "query-input": "required name=words",
        }
        site = given(
            at_type="WebSite",
            url=f"{root}/",
            name=organisation.name,
            inLanguage=LANGUAGE,
            publisher={"@id": organisation_id(root)},
            potentialAction=search,
        )
        return [organisation_node(organisation, root), site]

    @cached_property
    def sections(self) -> QuerySet[SectionPage]:
        return open_to_all(SectionPage.objects.child_of(self)).defer("body").order_by("path")

    @cached_property
    def press_room(self) -> PressIndexPage | None:
        return live_now(PressIndexPage.objects.child_of(self)).first()

    @cached_property
    def newest_releases(self) -> QuerySet[Any]:
        return PressReleasePage.objects.listed()[: self.newest_count]
