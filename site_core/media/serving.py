"""Serving images and documents, to those who may have them."""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe
from wagtail import hooks

from site_core.models import SiteDocument, SiteImage, SiteRendition
from site_core.secret_media import is_secret_media

from .file_types import media_type
from .privacy import is_editor, is_public, may_read

# Where Wagtail keeps what it makes of an image, and what was uploaded.
RENDITIONS = "images"
ORIGINALS = "original_images"

# How long others may keep a public file, in seconds: it may be withdrawn at any time.
BROWSER_AGE = 600
SHARED_AGE = 60
FILE_POLICY = "default-src 'none'"
CHUNK = 64 * 1024
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


@require_safe
def serve_rendition(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve one rendition of an image."""
    rendition = find_rendition(name)
    return guarded(request, rendition.image, lambda: rendition_response(request, rendition))


@require_safe
def serve_original(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve an image as it was uploaded: to editors, and to anybody where its licence says what others may do."""
    image = get_object_or_404(SiteImage, file=f"{ORIGINALS}/{name}")
    return guarded(
        request,
        image,
        lambda: file_response(request, image.file, etag=image.file_hash or name, download_as=name),
        offered=bool(image.licence),
    )


@require_safe
def serve_document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """Serve a document; an address with an older file name leads to the present one."""
    document = get_object_or_404(SiteDocument, pk=document_id)
    for hook in hooks.get_hooks("before_serve_document"):
        if isinstance(answer := hook(document, request), HttpResponse):
            return answer
    if document_filename != document.public_name:
        return guarded(request, document, lambda: redirect(document.url))
    return guarded(request, document, lambda: document_response(request, document))


def find_rendition(name: str) -> SiteRendition:
    """Find a rendition by its file name; 404 where there is none."""
    return get_object_or_404(SiteRendition.objects.select_related("image"), file=f"{RENDITIONS}/{name}")


def rendition_response(request: HttpRequest, rendition: SiteRendition) -> HttpResponseBase:
    """Answer with a rendition. It is never rewritten: a new version of an image gets new names."""
    return file_response(request, rendition.file, etag=PurePosixPath(rendition.file.name).name)


def document_response(request: HttpRequest, document: SiteDocument) -> HttpResponseBase:
    """Answer with a document, to be shown where the browser can and otherwise saved under its public name."""
    return file_response(
        request,
        document.file,
        etag=document.file_hash,
        download_as=document.download_name,
        inline=document.content_type == "application/pdf",
    )


def guarded(
    request: HttpRequest, item: Model, answer: Callable[[], HttpResponseBase], *, offered: bool = True
) -> HttpResponseBase:
    """Answer those who may have an image or document; 404 to all others, as if there were none.

    What is not offered to the public at all, public or not, is for editors.
    """
    public = offered and is_public(item)
    if not public and is_secret_media(request.user, item):
        raise Http404
    if not public and not (may_read(request, item) if offered else is_editor(request)):
        raise Http404
    response = answer()
    if public:
        patch_cache_control(response, public=True, max_age=BROWSER_AGE, s_maxage=SHARED_AGE)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


def file_response(
    request: HttpRequest, file: FieldFile, *, etag: str, download_as: str = "", inline: bool = False
) -> HttpResponseBase:
    """Answer with a stored file, a part of it (RFC 9110, section 14) or 304; 404 where the file is missing."""
    name = file.name or ""
    unchanged = get_conditional_response(request, etag=quote_etag(etag))
    if unchanged is not None:
        unchanged["ETag"] = quote_etag(etag)
        return unchanged
    try:
        stream = default_storage.open(name, "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = _whole_or_part(request, stream, quote_etag(etag))
    response["Content-Type"] = media_type(name)
    response["Content-Security-Policy"] = FILE_POLICY if inline else f"{FILE_POLICY}; sandbox"
    if download_as:
        response["Content-Disposition"] = content_disposition_header(not inline, download_as) or ""
    return response


def _whole_or_part(request: HttpRequest, stream: File, etag: str) -> HttpResponseBase:
    headers = {"ETag": etag, "Accept-Ranges": "bytes"}
    size = stream.size
    wanted = RANGE.fullmatch(request.headers.get("Range", ""))
    fresh = request.headers.get("If-Range", etag) == etag
    if request.method != "GET" or not fresh or not wanted or not any(wanted.groups()):
        return FileResponse(stream, headers={**headers, "Content-Length": str(size)})
    start, end = _bounds(*wanted.groups(), size=size)
    if start > end:
        stream.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers |= {"Content-Range": f"bytes {start}-{end}/{size}", "Content-Length": str(end - start + 1)}
    return StreamingHttpResponse(_part(stream, start, end - start + 1), status=206, headers=headers)


def _bounds(first: str, last: str, *, size: int) -> tuple[int, int]:
    """Return the first and the last byte that are asked for; the first lies behind the last where there is none."""
    if not first:
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last or size), size - 1)


def _part(stream: File, start: int, length: int) -> Iterator[bytes]:
    with stream:
        stream.seek(start)
        while length > 0 and (chunk := stream.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
