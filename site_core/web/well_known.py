"""Small files at fixed addresses."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control

from site_core.models import OrganisationSettings


@cache_control(public=True, max_age=86400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask for the customary address to the icon."""
    return redirect(static("images/icon.svg"))


@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Let every crawler read everything but the editors' rooms (RFC 9309)."""
    maps = "".join(
        f"Sitemap: {request.build_absolute_uri(reverse(name))}\n" for name in ("sitemap_index", "news_sitemap")
    )
    rules = "User-agent: *\nDisallow: /admin/\nDisallow: /sok/\nDisallow: /embargo/\n"
    return HttpResponse(f"{rules}\n{maps}", content_type="text/plain")


@cache_control(public=True, max_age=3600)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Tell whom to write to about a security fault (RFC 9116), always half a year ahead."""
    organisation = OrganisationSettings.for_request(request)
    expires = (timezone.now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    contact = f"mailto:{organisation.email}" if organisation.email else request.build_absolute_uri("/")
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires.strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: sv, en",
        f"Canonical: {request.build_absolute_uri('/.well-known/security.txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
