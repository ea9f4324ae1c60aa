"""Serving image files. Documents have Wagtail's own view, which looks each up by its number."""

from email.utils import formatdate
from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.utils.cache import patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import condition, require_safe
from wagtail.admin.auth import require_admin_access

# Where Wagtail keeps what it makes of an image, and what was uploaded.
RENDITIONS = "images"
ORIGINALS = "original_images"


def _version(request: HttpRequest, name: str) -> str:
    # A rendition is never rewritten: a new version of an image gets new names.
    return quote_etag(name)


@require_safe
@condition(etag_func=_version)
def serve_rendition(request: HttpRequest, name: str) -> FileResponse:
    """Serve one rendition from the media storage; 404 for whatever else is asked for."""
    response = _file_response(RENDITIONS, name)
    patch_cache_control(response, public=True, max_age=24 * 60 * 60)
    return response


@require_safe
@require_admin_access
def serve_original(request: HttpRequest, name: str) -> FileResponse:
    """Serve an image as it was uploaded, to editors alone: nobody else gets it by guessing an address."""
    response = _file_response(ORIGINALS, name)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _file_response(folder: str, name: str) -> FileResponse:
    if PurePosixPath(name).name != name:
        raise Http404
    path = f"{folder}/{name}"
    try:
        file = default_storage.open(path)
    except (FileNotFoundError, SuspiciousFileOperation, IsADirectoryError) as error:
        raise Http404 from error
    response = FileResponse(file)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Last-Modified"] = formatdate(default_storage.get_modified_time(path).timestamp(), usegmt=True)
    return response
