"""What the editor's browser asks about its log-in, and where it logs in again without leaving what is being written."""

from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from .session_store import session_of


@never_cache
@require_http_methods(["GET", "POST"])
def session_state(request: HttpRequest) -> JsonResponse:
    """Tell who is logged in and for how long, with a fresh token for forms. A POST says that somebody works."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        return JsonResponse({"user": None})
    if request.method == "POST":
        session_of(request).prolong()
    idle, longest = session_of(request).seconds_left()
    return JsonResponse(
        {
            "user": str(request.user.pk),
            "name": name_of(request.user),
            "token": get_token(request),
            "idle": idle,
            "longest": longest,
        }
    )


@never_cache
@require_GET
def session_resumed(request: HttpRequest) -> HttpResponse:
    """Where a log-in in a window of its own ends, however one logs in: the page behind it is told, and goes on."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        return redirect(login_address())
    return render(request, "site_core/admin/session_resumed.html")


@never_cache
@require_POST
def log_in_again(request: HttpRequest) -> HttpResponse:
    """End the log-in, be it somebody else's or one that is soon over, and begin another in the same window."""
    logout(request)
    return redirect(login_address())


def name_of(user: Any) -> str:
    """Return what colleagues call somebody."""
    return user.get_full_name() or user.get_username()


def login_address() -> str:
    """Return the address of the log-in page, from where one comes to `session_resumed`."""
    return f"{reverse('wagtailadmin_login')}?{urlencode({'next': reverse('session_resumed')})}"
