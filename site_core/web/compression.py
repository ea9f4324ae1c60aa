"""Compression of what is text: images, fonts and PDF files are compressed already."""

import re

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

# The ending names what a format is written in (RFC 6839), as in `application/atom+xml`.
TEXT = re.compile(r"text/|(application|image)/([\w.-]+\+)?(json|xml)\b")


class TextGZipMiddleware(GZipMiddleware):
    """Django's own, which also pads against the BREACH attack, for text only."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not TEXT.match(response.get("Content-Type", "")):
            return response
        return super().process_response(request, response)
