"""The press room."""

from django.conf import settings
from django.core.paginator import EmptyPage
from django.core.paginator import Page as ResultPage
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from press.listing import CountedPaginator, Selection, count, filter_groups
from site_core.models import BasePage
from site_core.pagination import page_number

from .release import PressReleasePage


class PressIndexPage(RoutablePageMixin, BasePage):
    """The press room: every release, the newest first, and a page for each topic and municipality."""

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

    @path("")
    def everything(self, request: HttpRequest) -> HttpResponse:
        """All releases, or those of the year, topic and municipality in the query."""
        return self._list(request, Selection.read(self.href, request.GET))

    @path("amne/<slug:slug>/")
    def about_topic(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self._list(request, Selection.read(self.href, request.GET, topic=slug))

    @path("kommun/<slug:slug>/")
    def about_municipality(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self._list(request, Selection.read(self.href, request.GET, municipality=slug))

    def _list(self, request: HttpRequest, selection: Selection) -> HttpResponse:
        if selection.is_moved:
            return redirect(selection.address_with(request.GET), permanent=True)
        facets = count(PressReleasePage.objects.in_order(), selection)
        context = {
            "selection": selection,
            "facets": facets,
            "filters": filter_groups(selection, facets),
            "releases": self._result_page(request, selection, facets.total),
            "feed_base": selection.feed_base,
        }
        return self.render(request, context_overrides=context)

    def _result_page(self, request: HttpRequest, selection: Selection, total: int) -> ResultPage:
        """Return the releases of the page that the reader asks for; 404 for a page that does not exist."""
        numbers = selection.filter(PressReleasePage.objects.in_order()).values_list("pk", flat=True)
        paginator = CountedPaginator(numbers, settings.PRESS_RELEASES_PER_PAGE, total)
        try:
            page = paginator.page(page_number(request))
        except EmptyPage as error:
            raise Http404 from error
        # The numbers come from a narrow index, however far down the list; what is shown is asked for anew.
        page.object_list = PressReleasePage.objects.listed().filter(pk__in=list(page.object_list))
        return page
