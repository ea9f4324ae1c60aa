"""The guard before the admin's addresses, and whom their answers are for."""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch, reverse
from django.views.defaults import page_not_found
from wagtail.models import Page

from site_core.models import SiteDocument, SiteImage
from site_core.secrecy import Viewer, current_viewer, note_look, shown_to
from site_core.secret_media import secret_media_ids

# Where a query, and no part of the address, names pages.
ABOUT_PAGES = "parent_page_id", "childOf", "child_of", "target_pages[]"
ENTER = "wagtailadmin.access_admin"
MEDIA: list[tuple[type[Model], tuple[str, ...], set[str]]] = [
    (SiteImage, ("image_id",), {"wagtailimages_chooser", "images"}),
    (SiteDocument, ("document_id", "doc_id"), {"wagtaildocs_chooser", "documents"}),
]
PAGE_LISTS = {"wagtailadmin_choose_page_chosen_multiple", "wagtail_bulk_action"}


class SecrecyMiddleware:
    """Answers, to whoever may not know of a page that an address in the admin names, as if there were none.

    A second line of defence: Wagtail's views ask for rights, each in its way, and the answer to one who has none tells
    that there is something. It holds for every address of the admin that follows the habit of naming pages `page_id`
    or the like, whoever wrote the view.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Whoever may not enter the admin at all is turned away by Wagtail, whatever she asks for.
        if not request.path.startswith(reverse("wagtailadmin_home")) or not request.user.has_perm(ENTER):
            return self.get_response(request)
        with shown_to(Viewer(request.user)):
            response = self.get_response(request)
            if request.method == "GET" and response.status_code == HttpResponse.status_code:
                self._note(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        viewer, match = current_viewer(), request.resolver_match
        if viewer is None or match is None:
            return None
        named = {*pages_in_address(match), *_pages_in_query(request, match)}
        may_know = all(viewer.may_know(page) for page in Page.objects.filter(pk__in=named))
        if may_know and not _names_secret_media(request, match):
            return None
        return page_not_found(request, Http404(), template_name="wagtailadmin/404.html")

    def _note(self, request: HttpRequest) -> None:
        if request.resolver_match and (numbers := set(pages_in_address(request.resolver_match))):
            note_look(request.user, numbers)


def pages_in_address(match: ResolverMatch) -> Iterator[int]:
    """Yield the numbers of the pages that an address of the admin names."""
    named = [value for name, value in match.kwargs.items() if "page" in name or name == "destination_id"]
    if "wagtailadmin_pages" in match.namespaces:
        named += match.args[:1]
    if "wagtailadmin_api" in match.namespaces:
        named += [match.kwargs.get("pk")]
    if _is_page_type(match.kwargs.get("app_label"), match.kwargs.get("model_name")):
        named += [match.kwargs.get("object_id")]
    yield from _numbers(named)


def _pages_in_query(request: HttpRequest, match: ResolverMatch) -> Iterator[int]:
    names = [*ABOUT_PAGES]
    if match.url_name in PAGE_LISTS and _is_page_type(
        match.kwargs.get("app_label", "wagtailcore"), match.kwargs.get("model_name", "page")
    ):
        names.append("id")
    for name in names:
        yield from _numbers(request.GET.getlist(name))


def _names_secret_media(request: HttpRequest, match: ResolverMatch) -> bool:
    for model, arguments, spaces in MEDIA:
        named = [match.kwargs.get(name) for name in arguments]
        if spaces.intersection(match.namespaces):
            named += [match.kwargs.get("pk"), *request.GET.getlist("id")]
        if (numbers := set(_numbers(named))) and numbers & secret_media_ids(request.user, model):
            return True
    return False


def _is_page_type(app_label: Any, model_name: Any) -> bool:
    try:
        return issubclass(apps.get_model(str(app_label), str(model_name)), Page)
    except LookupError:
        return False


def _numbers(values: list[Any]) -> Iterator[int]:
    for value in values:
        text = str(value)
        if text.isascii() and text.isdigit():
            # A longer number is no page's, and not every database takes it.
            yield int(text[:18])
