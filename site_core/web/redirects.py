"""Redirects from former addresses, to what anybody may see and nothing else."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from site_core.models import BasePage
from site_core.validators import safe_link
from site_core.visibility import open_to_all


class OpenRedirectMiddleware(RedirectMiddleware):
    """Wagtail's own also tells the address of a page that is a draft, or no longer public."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code != 404:
            return response
        path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        found = get_redirect(request, path) or get_redirect(request, urlsplit(path).path)
        target = _target(found) if found else ""
        if not found or not target:
            return response
        return HttpResponsePermanentRedirect(target) if found.is_permanent else HttpResponseRedirect(target)


def _target(redirect: Redirect) -> str:
    """Return where a redirect leads that anybody may follow, or nothing."""
    page = redirect.redirect_page
    if page is None:
        return safe_link(redirect.redirect_link)
    if open_to_all(type(page).objects.filter(pk=page.pk)).exists():
        return redirect.link or ""
    specific = page.specific
    return specific.href_instead if isinstance(specific, BasePage) else ""
