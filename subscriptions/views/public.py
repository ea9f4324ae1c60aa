"""What all pages of the subscription share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponse]


def public_form(view: View) -> View:
    """Make a view of a form that needs no cookie.

    A cookie against forged requests would protect nothing: nobody is logged in here. What a form does follows from the
    token in its address, or is worth nothing without the letter that it leads to.
    """
    return require_http_methods(["GET", "HEAD", "POST"])(never_cache(csrf_exempt(view)))


def token_page(view: View) -> View:
    """Make a view whose address holds a token: found by no search engine and told to no other site."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return public_form(shown)


def show(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, f"subscriptions/{template}.html", context, status=status)
