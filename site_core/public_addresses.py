"""Every address that a stranger can ask for, and what there is to ask of it about a page that is not public.

Each app registers the routes it adds to the URL table: how to make addresses of them that might tell of such a page, or
why they tell of none. Who checks an embargo asks for them all; a test fails for a route that nobody has thought of.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import get_page_models

from .media.references import Files
from .models import BasePage

# Taken as one: the editors' rooms are behind a log-in, and the reports of a mail provider come from Anymail.
WHOLE = {"admin/", "anymail/"}


class Answer(Enum):
    """What may come back from an address."""

    # It is the secret's own, and must be closed.
    CLOSED = auto()
    # It is somebody else's, and must not name the secret.
    SILENT = auto()
    # It repeats what was asked for, the title, and must not tell more.
    ECHO = auto()
    # It is a file's, and must be closed while nothing public uses the file.
    FILE = auto()


@dataclass(frozen=True)
class Question:
    """One address to ask for."""

    area: Any
    address: str
    answer: Answer = Answer.SILENT
    item: Model | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Secret:
    """A page that is not public, in all its versions: as it stands and as it is coming."""

    versions: list[BasePage]
    files: Files

    @property
    def page(self) -> BasePage:
        return self.versions[0]

    @property
    def titles(self) -> set[str]:
        return {version.title for version in self.versions}


Ask = Callable[[Secret], Iterable[Question]]

_asking: dict[str, Ask] = {}
_silent: dict[str, str] = {}


def register_asking(route: str, ask: Ask) -> None:
    """Register a route, by its name in the URL table, with what there is to ask of it."""
    _asking[route] = ask


def register_silent(route: str, reason: str) -> None:
    """Register a route that tells of no page, with the reason."""
    _silent[route] = reason


def questions(secret: Secret) -> Iterator[Question]:
    """Yield all there is to ask about a page that is not public."""
    for ask in _asking.values():
        yield from ask(secret)


def registered_routes() -> set[str]:
    return {*_asking, *_silent}


def existing_routes() -> list[str]:
    """Return the name of every route there is: the URL table's, and those that pages have below their own address.

    One that has no name is called by its pattern. What is taken as one may be in the table in several parts.
    """
    parts = list(_routes(get_resolver().url_patterns))
    routes = [*(WHOLE & set(parts)), *(route for route in parts if route not in WHOLE)]
    for model in get_page_models():
        if issubclass(model, RoutablePageMixin):
            routes += [f"{model.__name__}: {pattern.name}" for pattern in model.get_subpage_urls()]
    return routes


def _routes(patterns: Iterable[Any], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield pattern.name or route
        elif route in WHOLE:
            yield route
        elif isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
