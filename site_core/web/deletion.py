"""Answers with where a thing is used, in place of deleting it."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.generic import DeleteView
from wagtail.models import Page

from site_core.deletion import StillUsed, kept_models, refuse_used, used_things_kept
from site_core.usage import Use, may_be_named

CONFLICT = 409
INSIST = "anda"
NOT_CARRIED = {INSIST, "csrfmiddlewaretoken"}


class KeepUsedMiddleware:
    """Keeps what is in use while a request is answered, and explains the refusal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with used_things_kept():
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refusal(request, exception) if isinstance(exception, StillUsed) else None

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> Any:
        """Where Wagtail asks "are you sure?" about something that is in use, refuse at once."""
        items = [item for item in _about_to_go(response.context_data or {}) if isinstance(item, kept_models())]
        try:
            refuse_used(items)
        except StillUsed as error:
            return _page(request, error, template=TemplateResponse)
        return response


def insists(request: HttpRequest) -> bool:
    """Tell whether an administrator has ticked that links may break."""
    return request.method == "POST" and INSIST in request.POST and request.user.is_superuser


def refusal(request: HttpRequest, error: StillUsed) -> HttpResponse:
    """Answer with where the things are used: a page, or for a script of Wagtail's a line."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        message = _("It is used, and can't be deleted.")
        return JsonResponse({"success": False, "error_message": message}, status=CONFLICT)
    return _page(request, error, template=render, status=CONFLICT if request.method == "POST" else 200)


def _about_to_go(context: dict[str, Any]) -> list[Model]:
    view = context.get("view")
    if isinstance(view, DeleteView):
        return [view.object]
    if isinstance(view, BulkAction) and view.action_type == "delete":
        return [row["item"] for row in context.get("items", [])]
    return []


def _page(request: HttpRequest, error: StillUsed, *, template: Any, **kwargs: Any) -> Any:
    rows = _rows(request, error)
    carried = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_CARRIED]
    context = {
        "items": error.items,
        "rows": rows,
        "hidden": sum(not row["is_seen"] for row in rows),
        "may_insist": error.may_insist and request.user.is_superuser,
        "insist": INSIST,
        "instead": getattr(error.items[0], "instead_of_deleting", None) if len(error.items) == 1 else None,
        "carried": carried,
        "action": request.get_full_path(),
        "back": AdminURLFinder(request.user).get_edit_url(error.items[0]),
    }
    return template(request, "site_core/admin/still_used.html", context, **kwargs)


def _rows(request: HttpRequest, error: StillUsed) -> list[dict[str, Any]]:
    return [_row(request, use) for use in error.uses]


def _row(request: HttpRequest, use: Use) -> dict[str, Any]:
    """Describe a use to an editor, without telling of what she may not see."""
    shown = use.shown
    edit = AdminURLFinder(request.user).get_edit_url(shown) or ""
    return {
        "name": str(shown),
        "kind": shown._meta.verbose_name,
        "state": use.state.label,
        "edit": edit,
        "is_seen": not isinstance(shown, Page) or may_be_named(shown, request.user),
    }
