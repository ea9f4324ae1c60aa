"""Who in the house may know of a page.

An app that keeps pages from some editors registers a rule. Everything else asks here: the permission policy, the guard
before the admin's addresses, choosers, panels, mail. See docs/adr/0015-closed-drafts.md.
"""

from collections.abc import Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from typing import Any, Protocol, TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

Pages = TypeVar("Pages", bound=QuerySet[Any, Any])


class Rule(Protocol):
    """What an app knows of secret pages."""

    def hidden_from(self, user: Any) -> set[int]:
        """Return the numbers of the pages of which somebody must learn nothing."""

    def looked_at(self, user: Any, numbers: set[int]) -> None:
        """Note that somebody was shown pages, where that is to be noted."""


_rules: list[Rule] = []


def register_rule(rule: Rule) -> None:
    _rules.append(rule)


def secret_ids(user: Any) -> set[int]:
    """Return the numbers of the pages of which somebody must learn nothing."""
    viewer = current_viewer()
    if viewer is not None and viewer.user.pk == user.pk:
        return viewer.secret_ids
    return _ask_rules(user)


def _ask_rules(user: Any) -> set[int]:
    return set().union(*(rule.hidden_from(user) for rule in _rules))


def without_secrets(user: Any, pages: Pages) -> Pages:
    """Leave out the pages of which somebody must learn nothing."""
    hidden = secret_ids(user)
    return pages.exclude(pk__in=hidden) if hidden else pages


def choosable(user: Any, pages: Pages) -> Pages:
    """Keep what somebody may link to: what is live, and what lies where she works."""
    own = page_permission_policy.explorable_instances(user).values_list("pk", flat=True)
    return without_secrets(user, pages.filter(Q(live=True) | Q(depth=1) | Q(pk__in=own)))


def those_who_may_know(people: Iterable[Any], page: Page) -> list[Any]:
    """Keep the people from whom a page is not hidden."""
    return [person for person in people if page.pk not in _ask_rules(person)]


def note_look(user: Any, numbers: set[int]) -> None:
    for rule in _rules:
        rule.looked_at(user, numbers)


class Viewer:
    """Whoever is shown the admin's answer to one request, and what she may know of."""

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def secret_ids(self) -> set[int]:
        return _ask_rules(self.user)

    def may_know(self, page: Page) -> bool:
        """Tell whether somebody may learn that a page exists and what it is called."""
        if page.pk in self.secret_ids:
            return False
        return page.live or self.works_with(page)

    def works_with(self, page: Page) -> bool:
        """Tell whether a page lies where somebody works, or on the way there, or waits for her review."""
        if self.user.is_superuser:
            return True
        places = [given.page.path for given in page_permission_policy.get_cached_permissions_for_user(self.user)]
        if any(page.path.startswith(place) or place.startswith(page.path) for place in places):
            return True
        return bool(page.permissions_for_user(self.user).can_edit())


_viewer: ContextVar[Viewer | None] = ContextVar("viewer", default=None)


def current_viewer() -> Viewer | None:
    return _viewer.get()


@contextmanager
def shown_to(viewer: Viewer) -> Any:
    """Remember for whom an answer is made, while it is made."""
    token = _viewer.set(viewer)
    try:
        yield
    finally:
        _viewer.reset(token)


def is_kept_from_viewer(page: Page) -> bool:
    """Tell whether whoever is shown the answer must learn nothing of a page."""
    viewer = current_viewer()
    return viewer is not None and page.pk is not None and not viewer.may_know(page)


def title_for_viewer(page: Page, title: str) -> str:
    """Return a page's title as whoever is shown the answer may read it.

    The last line of defence, where a list or a form of Wagtail's names a page without asking whether it may. Nobody
    reads the draft title of a live page in whose place she does not work.
    """
    if is_kept_from_viewer(page):
        return gettext("A draft that you may not see")
    viewer = current_viewer()
    if viewer is None or not page.live or title == page.title or viewer.works_with(page):
        return title
    return page.title
