"""Every address of the admin, from its URL table, filled with the numbers of what a test has made."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver
from django.utils.regex_helper import normalize
from wagtail.admin.urls import urlpatterns


def admin_addresses(numbers: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the name and address of each view. `numbers` maps "name of the view" or "argument" to what goes there.

    An argument that is in neither makes it fail: whoever adds a view says what its addresses are filled with.
    """
    for name, parts in _patterns(urlpatterns):
        address = "/admin/"
        for pattern in parts:
            text, arguments = _template(pattern)
            address += text % {key: _filling(numbers, name, key) for key in arguments}
        yield name, address


def _patterns(patterns: list[Any], before: tuple[Any, ...] = (), spaces: str = "") -> Iterator[tuple[str, list[Any]]]:
    for pattern in patterns:
        parts = (*before, pattern.pattern)
        if isinstance(pattern, URLResolver):
            below = f"{spaces}{pattern.namespace}:" if pattern.namespace else spaces
            yield from _patterns(pattern.url_patterns, parts, below)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{spaces}{pattern.name}", list(parts)


def _template(pattern: Any) -> tuple[str, list[str]]:
    text, arguments = normalize(pattern.regex.pattern)[0]
    return text, arguments


def _filling(numbers: dict[str, Any], name: str, key: str) -> Any:
    for known in (f"{name} {key}", key):
        if known in numbers:
            return numbers[known]
    raise AssertionError(f"{name}: with what is {key} to be filled?")
