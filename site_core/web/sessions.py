"""The limits of a log-in: what counts as work in the editor's rooms, and what one meets when a log-in has ended."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .kept_forms import may_be_offered_again, offer_again
from .session_store import BEGAN, latest_end, session_of

# Our script sends a form by itself, with the number of whom it was filled in by, and reads an answer it can understand.
FILLED_IN_BY = "X-Filled-In-By"
# What the browser sends without anybody doing anything.
BACKGROUND_NAMESPACES = {"wagtailadmin_editing_sessions"}
BACKGROUND_NAMES = {"session_state"}
ANSWER_OF_FAILURE = 400


class SessionMiddleware(DjangoSessionMiddleware):
    """Django's own; the cookie of a log-in that has ended stays in the browser until somebody has been told."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        session = getattr(request, "session", None)
        if getattr(session, "has_ended", False) and not getattr(request, "end_is_told", False):
            cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
            if cookie is not None and not cookie.value:
                del response.cookies[settings.SESSION_COOKIE_NAME]
        return response


class LoginLimitsMiddleware:
    """Prolongs a log-in by work in the editor's rooms, and answers well when it has ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    @cached_property
    def admin_prefix(self) -> str:
        return reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(self.admin_prefix):
            return self.get_response(request)
        filled_in_by = request.headers.get(FILLED_IN_BY) if request.method == "POST" else None
        if filled_in_by and (refusal := refuse_another(request, filled_in_by)):
            return refusal
        response = self.get_response(request)
        if request.user.is_authenticated:
            if is_work(request, response):
                session_of(request).prolong()
            return tell_where_to(response, request, self.admin_prefix) if filled_in_by else response
        return self.explain(request, response) if has_ended(request) else response

    def explain(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Say, on the way to the log-in page, why one comes there; keep what was sent too late."""
        if not response.headers.get("Location", "").startswith(reverse("wagtailadmin_login")):
            return response
        if request.method == "POST" and may_be_offered_again(request):
            return offer_again(request)
        if request.method == "GET" and is_navigation(request):
            messages.info(request, reason_for_end(request.COOKIES[settings.SESSION_COOKIE_NAME]))
            request.end_is_told = True  # type: ignore[attr-defined]
        return response


def has_ended(request: HttpRequest) -> bool:
    """Tell whether the browser was logged in, and no longer is."""
    return bool(getattr(request.session, "has_ended", False))


def is_navigation(request: HttpRequest) -> bool:
    """Tell whether somebody went to an address, rather than a script asking for something."""
    mode = request.headers.get("Sec-Fetch-Mode")
    return mode == "navigate" if mode else request.headers.get("X-Requested-With") != "XMLHttpRequest"


def is_work(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Tell whether a person did this: a tab that is left open asks now and then all by itself.

    Whoever only types sends nothing; for them the browser tells (`session_state`).
    """
    match = request.resolver_match
    if match is None or response.status_code >= ANSWER_OF_FAILURE:
        return False
    if match.url_name in BACKGROUND_NAMES or BACKGROUND_NAMESPACES.intersection(match.namespaces):
        return False
    return request.method == "POST" or is_navigation(request)


def refuse_another(request: HttpRequest, filled_in_by: str) -> HttpResponse | None:
    """Refuse a form that somebody other than the one who is logged in has filled in."""
    if not request.user.is_authenticated:
        return JsonResponse({"outcome": "logged_out"}, status=401)
    if str(request.user.pk) != filled_in_by:
        return JsonResponse({"outcome": "somebody_else"}, status=409)
    return None


def tell_where_to(response: HttpResponse, request: HttpRequest, admin_prefix: str) -> HttpResponse:
    """Put where an answer leads into words that a script can read: a browser follows redirects without asking it."""
    location = response.headers.get("Location")
    if location is None:
        return response
    # Wagtail leads whoever may not do something to the first room, where what was typed is no more.
    if location == admin_prefix and has_complaint(request):
        answer = JsonResponse({"outcome": "refused"}, status=403)
    else:
        answer = JsonResponse({"outcome": "done", "location": location})
    answer.cookies = response.cookies
    return answer


def has_complaint(request: HttpRequest) -> bool:
    """Tell whether the next page will show an error, and leave it to do so."""
    waiting: Any = messages.get_messages(request)
    found = any(message.level >= messages.ERROR for message in waiting)
    waiting.used = False
    return found


def reason_for_end(key: str) -> str:
    """Say why a log-in has ended, as far as is known."""
    row = Session.objects.filter(session_key=key).first()
    if row is None:
        return _("You are no longer logged in. Log in again, and you come back to where you were.")
    data = row.get_decoded()
    if BEGAN in data and timezone.now() >= latest_end(data):
        hours = settings.SESSION_LONGEST_HOURS
        return ngettext(
            "A log-in lasts for %(hours)d hour at most. Log in again, and you come back to where you were.",
            "A log-in lasts for %(hours)d hours at most. Log in again, and you come back to where you were.",
            hours,
        ) % {"hours": hours}
    return _("You had been away for a while and were logged out. Log in again, and you come back to where you were.")
