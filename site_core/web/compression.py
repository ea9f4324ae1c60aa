"""Compression of what is text: images, fonts and PDF files are compressed already."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = ("text/", "application/json", "application/xml", "application/atom+xml", "application/rss+xml", "image/svg+xml")


class TextGZipMiddleware(GZipMiddleware):
    """Django's own, which also pads against the BREACH attack, for text only."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith(TEXT):
            return response
        return super().process_response(request, response)
