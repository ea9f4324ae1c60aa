"""The page on which an editor is asked before files of something unpublished become public with another page."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from .publishing import FilesInTheWay, agree, find_obstacles

NAME = "site_core_ask_about_files"


class AskAboutFilesMiddleware:
    """Leads an editor whose publication was stopped by its files to where she is told why, and asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if not isinstance(exception, FilesInTheWay):
            return None
        address = address_to_ask(exception.page, request.POST.get("next", ""))
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # What the dashboard's small windows do when they are done.
            return JsonResponse({"step": "success", "redirect": address})
        return redirect(address)


def address_to_ask(page: Page, back: str = "") -> str:
    """Return where an editor is asked about the files of a page; she is led back from there."""
    query = f"?{urlencode({'next': back})}" if back else ""
    return f"{reverse(NAME, args=[page.pk])}{query}"


def ask_about_files(request: HttpRequest, page_id: int) -> HttpResponse:
    """Say which files can't, or should not without a thought, become public with a page, and take the answer."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    obstacles = find_obstacles(draft, request.user)
    back = get_valid_next_url_from_request(request) or reverse("wagtailadmin_pages:edit", args=[page.pk])
    if request.method == "POST" and not obstacles.unusable:
        agree(page, obstacles, request.user)
        messages.success(request, _("Noted in the page's log. Now publish or approve once more."))
        return redirect(back)
    if not obstacles:
        return redirect(back)
    held = [
        (item, [other for other in pages if other.permissions_for_user(request.user).can_edit()])
        for item, pages in obstacles.held
    ]
    context = {"page": page, "unusable": obstacles.unusable, "held": held, "back": back}
    return render(request, "site_core/admin/ask_about_files.html", context)
