"""Error pages: 403, 404 and 410 look like the site, 500 needs nothing at all."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.response import TemplateResponse
from django.views.decorators.csrf import requires_csrf_token

from .kept_forms import is_from_our_own_pages, may_be_offered_again, offer_again

# Plain text and markup, written before anything can go wrong: no template, no database, no translation, no style.
SERVER_ERROR_PAGE = """<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Något gick fel</title>
<link rel="stylesheet" href="/static/css/error.css">
</head>
<body>
<main>
<h1>Något gick fel hos oss</h1>
<p>Sidan kunde inte visas just nu. Felet ligger hos oss och är noterat. Försök igen om en stund.</p>
<p><a href="/">Till startsidan</a></p>
</main>
</body>
</html>
"""


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponseServerError(SERVER_ERROR_PAGE)


def _error_page(request: HttpRequest, status: int) -> HttpResponse:
    return TemplateResponse(request, f"errors/{status}.html", status=status).render()


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error_page(request, 404)


def gone(request: HttpRequest) -> HttpResponse:
    return _error_page(request, 410)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error_page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if may_be_offered_again(request) and is_from_our_own_pages(request):
        return offer_again(request)
    return _error_page(request, 403)
