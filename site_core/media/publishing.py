"""A file becomes public through an editor who may use it, and who was asked if something unpublished holds it too.

Whatever the road to publication, it ends with saving the page, or the hour at which it goes out: that is where it is
asked, of whoever works in the editor just then. See docs/adr/0016-files-become-public-through-an-editor.md.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import Page, PageLogEntry, Revision

from .drafts import pages_holding
from .privacy import is_public
from .references import Files, written_files
from .rights import may_use

PUBLISHED_EARLY = "site_core.held_file_published"


class FilesInTheWay(Exception):
    """A publication would show files that its editor may not use, or has to be asked about."""

    def __init__(self, page: Page) -> None:
        super().__init__(f"files stand in the way of publishing page {page.pk}")
        self.page = page


@dataclass
class Obstacles:
    """The files that a publication would make public and must not yet; those held, with the pages that hold them."""

    unusable: list[Any] = field(default_factory=list)
    held: list[tuple[Any, list[Page]]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.unusable or self.held)


def find_obstacles(page: Page, user: Any) -> Obstacles:
    """Return what stands in the way of publishing a page as it is written, by an editor."""
    found = Obstacles()
    new = [item for item in _not_yet_shown(page).items() if not is_public(item)]
    found.unusable = [item for item in new if not may_use(user, item)]
    files = Files.of(*(item for item in new if item not in found.unusable))
    holders = [(other, written_files(other)) for other in pages_holding(files, but=page)]
    for item in files.items():
        pages = {other.pk: other for other, held in holders if held.shared(Files.of(item))}
        if pages and not _was_asked(page, item, user):
            found.held.append((item, list(pages.values())))
    return found


def agree(page: Page, obstacles: Obstacles, user: Any) -> None:
    """Note that an editor publishes files that something unpublished holds, knowing it."""
    for item, _pages in obstacles.held:
        log(page, PUBLISHED_EARLY, user=user, data={"file": item.title, **_name(item)})


def ask_before_publication(page: Page) -> None:
    """Raise FilesInTheWay if whoever works in the editor must not publish a page's files, or has to be asked first."""
    user = get_active_log_context().user
    if user is not None and find_obstacles(page, user):
        raise FilesInTheWay(page)


def ask_before_saving(page: Page) -> None:
    """Ask if saving a page is what publishes it."""
    if page.live and page.live_revision_id and page.alias_of_id is None and get_active_log_context().user is not None:
        before = Page.objects.filter(pk=page.pk).values_list("live", "live_revision_id").first()
        if before != (True, page.live_revision_id):
            ask_before_publication(page)


def ask_before_scheduling(revision: Revision) -> None:
    """Ask if saving a revision is what gives it an hour to go out."""
    if revision.approved_go_live_at and get_active_log_context().user is not None:
        page = revision.as_object()
        if isinstance(page, Page):
            ask_before_publication(page)


def _not_yet_shown(page: Page) -> Files:
    stored = type(page)._default_manager.filter(pk=page.pk, live=True).first()
    return written_files(page).without(written_files(stored) if stored else Files())


def _was_asked(page: Page, item: Model, user: Any) -> bool:
    name = {f"data__{key}": value for key, value in _name(item).items()}
    return PageLogEntry.objects.filter(page=page.pk, action=PUBLISHED_EARLY, user=user, **name).exists()


def _name(item: Model) -> dict[str, Any]:
    return {"kind": item._meta.model_name, "number": item.pk}
