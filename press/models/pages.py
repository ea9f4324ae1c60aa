"""The press room's pages."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.paginator import EmptyPage, Paginator
from django.core.paginator import Page as ResultPage
from django.db import models
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import PageManager, PageQuerySet

from site_core.blocks.body import AttachmentsBlock, BodyBlock
from site_core.blocks.text import stream_text
from site_core.fields import BodyField
from site_core.models import BasePage, PublicChange, SiteImage
from site_core.pagination import page_number
from site_core.visibility import open_to_all

from .contacts import PressContact


class PressReleaseQuerySet(PageQuerySet):
    def listed(self) -> "PressReleaseQuerySet":
        """Releases that anybody may see, the newest first, without their bodies."""
        return open_to_all(self).defer("body", "attachments").order_by("-first_published_at", "-pk")


class PressIndexPage(BasePage):
    """The press room: every release, the newest first."""

    lead = models.TextField(_("lead"), blank=True, max_length=400, help_text=_("One or two sentences above the list."))

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["press.PressReleasePage"]
    max_count = 1
    page_description = _("The list of all press releases. There is one on the site.")
    admin_icon = "list-ul"
    template = "press/index_page.html"

    edit_handler = BasePage.build_edit_handler([TitleFieldPanel("title"), FieldPanel("lead")])

    class Meta:
        verbose_name = _("press room")
        verbose_name_plural = _("press rooms")

    @property
    def summary(self) -> str:
        return self.search_description or self.lead

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "releases": self.result_page(request)}

    def result_page(self, request: HttpRequest) -> ResultPage:
        """Return the releases of the page that the reader asks for; 404 for a page that does not exist."""
        paginator = Paginator(PressReleasePage.objects.descendant_of(self).listed(), settings.PRESS_RELEASES_PER_PAGE)
        try:
            return paginator.page(page_number(request))
        except EmptyPage as error:
            raise Http404 from error


class PressReleasePage(BasePage):
    """A press release."""

    lead = models.TextField(
        _("lead"),
        max_length=600,
        help_text=_("What has happened, who did it and why it matters, in two or three sentences."),
    )
    image = models.ForeignKey(
        SiteImage, verbose_name=_("image"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    image_caption = models.CharField(_("caption"), max_length=250, blank=True)
    body = BodyField(BodyBlock(), blank=True, verbose_name=_("body"))
    attachments = BodyField(
        AttachmentsBlock(),
        blank=True,
        verbose_name=_("attachments"),
        help_text=_("Files that belong to the release, such as the full text as a PDF."),
    )

    objects = PageManager.from_queryset(PressReleaseQuerySet)()

    parent_page_types = ["press.PressIndexPage"]
    subpage_types: list[str] = []
    page_description = _("News for the press and the public, with quotes, attachments and contacts.")
    admin_icon = "mail"
    template = "press/release_page.html"

    edit_handler = BasePage.build_edit_handler(
        [
            TitleFieldPanel("title", help_text=_("What has happened, in at most 70 characters.")),
            FieldPanel("lead"),
            MultiFieldPanel([FieldPanel("image"), FieldPanel("image_caption")], heading=_("Image")),
            FieldPanel("body"),
            FieldPanel("attachments"),
            InlinePanel("release_contacts", heading=_("Press contacts"), label=_("Contact")),
        ]
    )

    class Meta:
        verbose_name = _("press release")
        verbose_name_plural = _("press releases")

    @property
    def summary(self) -> str:
        return self.search_description or self.lead

    @property
    def picture_when_shared(self) -> SiteImage | None:
        return self.share_image or self.image

    def search_text(self) -> str:
        return " ".join([self.lead, self.image_caption, stream_text(self.body), stream_text(self.attachments)])

    def image_ids(self) -> set[int]:
        shown = [self.image_id, *(contact.photo_id for contact in self.contacts)]
        return super().image_ids() | {number for number in shown if number}

    def use_images(self, images: dict[int, SiteImage]) -> None:
        super().use_images(images)
        if self.image_id:
            self.image = images.get(self.image_id)
        for contact in self.contacts:
            contact.photo = images.get(contact.photo_id or 0)

    @cached_property
    def contacts(self) -> list[PressContact]:
        """The press contacts in the editor's order; in a preview, those of the draft, which are in no table yet."""
        places = self.release_contacts.all()
        if isinstance(places, models.QuerySet):
            places = places.select_related("contact")
        return [place.contact for place in places]

    @cached_property
    def history(self) -> list[PublicChange]:
        """The major changes, the newest first; none is asked for where the public date says there was none."""
        if not self.is_updated:
            return []
        return list(PublicChange.objects.filter(page_id=self.pk, kind=PublicChange.Kind.MAJOR))

    @property
    def published_today(self) -> bool:
        return bool(self.first_published_at) and timezone.localdate(self.first_published_at) == timezone.localdate()
