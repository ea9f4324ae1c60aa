"""The organisation's colours, as a stylesheet of its own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from site_core.models import OrganisationSettings


@cache_control(public=True, max_age=31536000, immutable=True)
def brand_stylesheet(request: HttpRequest, version: str) -> HttpResponse:
    """Serve the colours under an address that holds their version; 404 for any other, so that no cache keeps it."""
    organisation = OrganisationSettings.for_request(request)
    if not version or version != organisation.brand_version:
        raise Http404
    return HttpResponse(organisation.brand_stylesheet, content_type="text/css")
