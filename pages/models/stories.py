"""Pages with a body: mission sections and ordinary pages."""

from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel

from site_core.blocks.body import BodyBlock
from site_core.blocks.text import stream_text
from site_core.fields import BodyField
from site_core.models import BasePage
from site_core.visibility import open_to_all


class StoryPage(BasePage):
    """A page with a body and pages below it."""

    body = BodyField(BodyBlock(), blank=True, verbose_name=_("body"))

    class Meta:
        abstract = True

    @cached_property
    def subpages(self) -> list["StandardPage"]:
        """The pages below this one, in the editor's order."""
        return list(open_to_all(StandardPage.objects.child_of(self)).defer("body").order_by("path"))


class SectionPage(StoryPage):
    """One part of the mission, shown on the home page with its statement."""

    statement = models.TextField(
        _("statement"),
        max_length=240,
        help_text=_("One or two sentences. Shown on the home page and at the top of this one."),
    )

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.StandardPage"]
    page_description = _("A part of the mission. Its statement is shown on the home page.")
    admin_icon = "folder-open-inverse"
    template = "pages/section_page.html"

    edit_handler = BasePage.build_edit_handler([TitleFieldPanel("title"), FieldPanel("statement"), FieldPanel("body")])

    class Meta:
        verbose_name = _("mission section")
        verbose_name_plural = _("mission sections")

    @property
    def summary(self) -> str:
        return self.search_description or self.statement

    def search_text(self) -> str:
        return f"{self.statement} {stream_text(self.body)}"


class StandardPage(StoryPage):
    """A page about anything: contact, about us, a project."""

    lead = models.TextField(
        _("lead"), blank=True, max_length=400, help_text=_("One to three sentences that say what the page is about.")
    )

    parent_page_types = ["pages.HomePage", "pages.SectionPage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage"]
    page_description = _("An ordinary page, for example about contact or a project.")
    admin_icon = "doc-full"
    template = "pages/standard_page.html"

    edit_handler = BasePage.build_edit_handler([TitleFieldPanel("title"), FieldPanel("lead"), FieldPanel("body")])

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    @property
    def summary(self) -> str:
        return self.search_description or self.lead

    def search_text(self) -> str:
        return f"{self.lead} {stream_text(self.body)}"
