"""Nothing that readers rely on is deleted by accident, whichever road leads to it.

While a request is being answered, an image, document or snippet that is in use can't be deleted by any view, ours or
Wagtail's: the signal that Django sends before each deletion refuses. Hooks refuse earlier where Wagtail has them, so
that the refusal takes the place of the question. Commands, the demonstration and the daily round are not held back.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from .usage import State, Usage, Use

_usage: ContextVar[Usage | None] = ContextVar("what keeps used things while a request is answered", default=None)


class StillUsed(Exception):
    """Raised instead of deleting what is in use; the middleware answers with where it is used."""

    def __init__(self, items: Sequence[Model], uses: Sequence[Use], *, may_insist: bool = False) -> None:
        super().__init__(f"{len(items)} items are used by {len(uses)} others")
        self.items, self.uses, self.may_insist = items, uses, may_insist


@contextmanager
def used_things_kept() -> Iterator[None]:
    """Refuse to delete what is in use while the block of code runs."""
    token = _usage.set(Usage())
    try:
        yield
    finally:
        _usage.reset(token)


def kept_models() -> tuple[type[Model], ...]:
    """Return what is kept while it is used. Pages have a rule of their own: see `refuse_used_pages`."""
    return (get_image_model(), get_document_model(), *get_snippet_models())


def refuse_used(items: Iterable[Model]) -> None:
    """Raise StillUsed if readers would miss one of some things."""
    wanted = list(items)
    if uses := (_usage.get() or Usage()).binding(wanted):
        raise StillUsed(wanted, uses)


def refuse_used_pages(pages: Iterable[Page], *, insists: bool) -> None:
    """Raise StillUsed if a link to one of some pages, or to one below, would no longer work.

    An administrator may insist, except where something is kept in the database by the page alone.
    """
    pages = list(pages)
    below = [Page.objects.descendant_of(top, inclusive=True).specific(defer=True) for top in pages]
    doomed = {page.pk: page for found in below for page in found}
    usage = _usage.get() or Usage()
    staying = [use for use in usage.binding(doomed.values()) if not _goes_too(use, doomed)]
    needing = [use for use in staying if use.state == State.NEEDED]
    public = [page for page in doomed.values() if page.live]
    linking = [use for use in usage.binding(public) if use.state != State.NEEDED and not _goes_too(use, doomed)]
    if needing or (linking and not insists):
        raise StillUsed(pages, needing + linking, may_insist=not needing)


def _goes_too(use: Use, doomed: dict[int, Page]) -> bool:
    """Tell whether what uses a page is deleted together with it, as the withdrawal of a release is."""
    owner: Any = use.shown
    return isinstance(owner, Page) and owner.pk in doomed


def keep_used(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Refuse, just before Django deletes something, if it is used."""
    if _usage.get() is not None and sender in kept_models():
        refuse_used([instance])
