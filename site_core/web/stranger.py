"""Asking the site for an address as somebody would who has no account, from within the site itself."""

import html
from contextvars import Context
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import FileResponse
from wagtail.models import Site

BROKEN = {400, 500, 502, 503}


@dataclass(frozen=True)
class Response:
    """What came back."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        """The content in plain characters, as a reader or a machine would find words in it."""
        return html.unescape(self.content.decode(errors="replace")).replace("\u00a0", " ")

    @property
    def is_broken(self) -> bool:
        """Whether the site failed to answer, so that the answer says nothing."""
        return self.status in BROKEN


def ask(address: str, headers: dict[str, str] | None = None) -> Response:
    """Ask for an address of the default site, through every middleware, without a cookie.

    In a context of its own, which holds nothing of the request that asks: who works there, or which files are lent.
    """
    return Context().run(_ask, _environ(address, headers or {}))


class _Application(BaseHandler):
    """The application from within: a server would also say that a request begins and ends, and Django then drops
    connections to the database that the request which asks is in the middle of using."""

    def __init__(self) -> None:
        self.load_middleware()


@cache
def _application() -> _Application:
    return _Application()


def _environ(address: str, headers: dict[str, str]) -> dict[str, Any]:
    path, _mark, query = address.partition("?")
    host = Site.objects.get(is_default_site=True).hostname
    scheme, port = ("https", "443") if settings.SECURE_SSL_REDIRECT else ("http", "80")
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("iso-8859-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": host,
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _ask(environ: dict[str, Any]) -> Response:
    answer = _application().get_response(WSGIRequest(environ))
    content: bytes = answer.getvalue()
    if isinstance(answer, FileResponse) and answer.file_to_stream:
        answer.file_to_stream.close()
    return Response(answer.status_code, dict(answer.headers), content)
