"""The editor's room for files that have been replaced."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images.permissions import permission_policy as image_policy

from site_core.media.serving import file_response
from site_core.models import FormerFile, SiteDocument, SiteImage

KINDS: dict[str, tuple[Any, Any]] = {
    "siteimage": (SiteImage, image_policy),
    "sitedocument": (SiteDocument, document_policy),
}


def _owner(request: HttpRequest, kind: str, pk: int) -> Any:
    """Return an image or document to somebody who may change it."""
    if kind not in KINDS:
        raise Http404
    model, policy = KINDS[kind]
    item = get_object_or_404(model, pk=pk)
    if not policy.user_has_permission_for_instance(request.user, "change", item):
        raise PermissionDenied
    return item


def former_files(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """List the files that an image or document had."""
    item = _owner(request, kind, pk)
    context = {
        "item": item,
        "kind": kind,
        "former": item.former_files.select_related("replaced_by"),
        "back": AdminURLFinder(request.user).get_edit_url(item),
    }
    return render(request, "site_core/admin/former_files.html", context)


def former_file(request: HttpRequest, kind: str, pk: int, number: int) -> HttpResponseBase:
    """Hand out one of them, to be saved."""
    item = _owner(request, kind, pk)
    found = get_object_or_404(FormerFile.objects.filter(pk__in=item.former_files.values("pk")), pk=number)
    name = (found.file.name or "").rpartition("/")[2]
    response = file_response(request, found.file, etag=f"former-{found.pk}", download_as=name)
    patch_cache_control(response, private=True, no_store=True)
    return response
