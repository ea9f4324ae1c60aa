"""The password of a restricted page or collection: asked for where it opens something, and nowhere else.

Wagtail's own view takes any page's number, so that its form told the address of every draft. These answer 404 for all
that the password does not open, and ask the database the same questions whether there is something or not.
"""

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods
from wagtail.forms import PasswordViewRestrictionForm
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction
from wagtail.models.view_restrictions import BaseViewRestriction

from site_core.visibility import live_now

TEMPLATE = "site_core/password_required.html"
# No page lies below it.
NOWHERE = "-"

ask = require_http_methods(["GET", "HEAD", "POST"])


@ask
def open_page(request: HttpRequest, page_view_restriction_id: int, page_id: int) -> HttpResponse:
    """Take the password of a live page that lies below this very restriction."""
    restriction = (
        PageViewRestriction.objects.filter(pk=page_view_restriction_id, restriction_type=PageViewRestriction.PASSWORD)
        .select_related("page")
        .first()
    )
    path = restriction.page.path if restriction else NOWHERE
    # An alias is covered by what covers its source.
    below = Q(path__startswith=path, alias_of=None) | Q(alias_of__path__startswith=path)
    page = live_now(Page.objects.filter(below, pk=page_id)).first()
    if restriction is None or page is None:
        raise Http404
    page = page.specific
    form, response = _take_password(request, restriction, page.get_url(request) or "/")
    if response is None:
        address = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk])
        response = page.serve_password_required_response(request, form, address)
    add_never_cache_headers(response)
    return response


@ask
def open_collection(request: HttpRequest, restriction_id: int) -> HttpResponse:
    """Take the password of a collection of documents."""
    restriction = get_object_or_404(
        CollectionViewRestriction, pk=restriction_id, restriction_type=CollectionViewRestriction.PASSWORD
    )
    form, response = _take_password(request, restriction, "/")
    if response is None:
        address = reverse("wagtaildocs_authenticate_with_password", args=[restriction.pk])
        response = TemplateResponse(request, TEMPLATE, {"form": form, "action_url": address})
    add_never_cache_headers(response)
    return response


def _take_password(
    request: HttpRequest, restriction: BaseViewRestriction, home: str
) -> tuple[PasswordViewRestrictionForm, HttpResponse | None]:
    """Return the form, and where the right password leads: back, but never to another site."""
    form = PasswordViewRestrictionForm(request.POST or None, instance=restriction, initial={"return_url": home})
    form.fields["return_url"].required = False
    if not form.is_valid():
        return form, None
    restriction.mark_as_passed(request)
    back = form.cleaned_data["return_url"]
    is_ours = url_has_allowed_host_and_scheme(back, request.get_host(), require_https=request.is_secure())
    return form, redirect(back if is_ours else home)
