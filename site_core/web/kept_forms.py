"""A form that came too late, or with a token of a former log-in, is given back with all that was typed into it.

The page holds what was sent and a fresh token; nothing is done until somebody presses its button. So that no other site
can fill it in for a visitor, a form with a refused token is given back only where our own pages sent it: the browser
itself says where a form comes from, in headers that no page can write. One that says nothing gets the plain error page.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from .session_views import login_address

# Never written into a page: passwords, and the token that was refused.
LEFT_OUT = ("csrfmiddlewaretoken", "password")


def may_be_offered_again(request: HttpRequest) -> bool:
    """Tell whether somebody sent one of the editor's forms, by a press of a button."""
    path = request.path_info
    outside = (reverse("wagtailadmin_login"), reverse("wagtailadmin_logout"), reverse("log_in_again"))
    return (
        request.method == "POST"
        and path.startswith(reverse("wagtailadmin_home"))
        and path not in outside
        and request.accepts("text/html")
        and request.headers.get("X-Requested-With") != "XMLHttpRequest"
    )


def is_from_our_own_pages(request: HttpRequest) -> bool:
    """Tell whether the browser says that a page of this site sent a form."""
    origin = urlsplit(request.headers.get("Origin", ""))
    return (
        bool(origin.netloc)
        and (origin.scheme, origin.netloc) == (request.scheme, request.get_host())
        and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    )


def offer_again(request: HttpRequest) -> HttpResponse:
    """Show a page that holds what was sent, and sends it again when its button is pressed."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if not any(word in name.lower() for word in LEFT_OUT)
        for value in values
    ]
    context = {
        "fields": fields,
        "action": request.get_full_path(),
        "lost_files": bool(request.FILES),
        "login_address": login_address(),
    }
    return render(request, "site_core/admin/form_again.html", context, status=403)
