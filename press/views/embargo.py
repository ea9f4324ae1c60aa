"""`/embargo/<token>/`: one release, with its files, for a journalist who has the address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.log_actions import log

from press.embargo import coming_release, embargo_time
from press.models import PressReleasePage
from press.models.embargo import LINK_USED, EmbargoLink
from site_core.media.addresses import addresses_below
from site_core.media.serving import document_response, find_rendition, rendition_response
from site_core.models import SiteDocument
from site_core.visibility import is_over, open_to_all

# Neither caches nor search engines may keep it, and no other site learns the address.
SECRECY = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}


def secret(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Hand the view the link that the token is for; one that holds no longer is answered in words."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, **arguments: Any) -> HttpResponseBase:
        link = EmbargoLink.objects.find(token)
        if link is None:
            raise Http404
        if open_to_all(PressReleasePage.objects.filter(pk=link.release_id)).exists():
            response: HttpResponseBase = redirect(link.release.href)
        elif not link.is_valid or link.release.withdrawn or is_over(coming_release(link.release)):
            response = TemplateResponse(request, "press/embargo_ended.html", status=410).render()
        else:
            response = view(request, link, **arguments)
        for name, value in SECRECY.items():
            response[name] = value
        return response

    return guarded


@require_safe
@secret
def show_release(request: HttpRequest, link: EmbargoLink) -> HttpResponse:
    """Show the release below a banner that names the embargo, and note that it was looked at."""
    page = coming_release(link.release)
    _note_use(request, link, _("the page"))
    with addresses_below(link.href):
        context = {**page.get_context(request), "embargo": link, "embargo_time": embargo_time(link.release)}
        return TemplateResponse(request, page.get_template(request), context).render()


@require_safe
@secret
def show_picture(request: HttpRequest, link: EmbargoLink, name: str) -> HttpResponseBase:
    """Serve a picture that the release shows."""
    rendition = find_rendition(name)
    images, _documents = coming_release(link.release).media_ids()
    if rendition.image_id not in images:
        raise Http404
    return rendition_response(request, rendition)


@require_safe
@secret
def show_document(request: HttpRequest, link: EmbargoLink, document_id: int, name: str) -> HttpResponseBase:
    """Serve a document that the release links to, and note that it was fetched."""
    _images, documents = coming_release(link.release).media_ids()
    if document_id not in documents:
        raise Http404
    document = get_object_or_404(SiteDocument, pk=document_id, public_name=name)
    _note_use(request, link, document.title)
    return document_response(request, document)


def _note_use(request: HttpRequest, link: EmbargoLink, what: str) -> None:
    """Write one line into the release's own log: that is what the link promises, and all that reading it changes."""
    if request.method == "GET":
        data = {"link": link.pk, "recipient": link.recipient, "what": what}
        log(link.release, LINK_USED, user=None, data=data)
