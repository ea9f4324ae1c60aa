"""Which pages anybody may see.

Whether a page's time is over is asked at each request: it is gone at its minute, also while the scheduler, which takes
it down in the database, stands still.
"""

from typing import Any, TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

# Pages, or snippets that are published and taken down.
Items = TypeVar("Items", bound=QuerySet[Any, Any])
Pages = TypeVar("Pages", bound=QuerySet[Any, Any])


def not_over(field: str = "expire_at") -> Q:
    """Keep what has no time to end, or one that is yet to come."""
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": timezone.now()})


def is_over(item: Any) -> bool:
    """Tell whether the time of a page or snippet has ended."""
    return item.expire_at is not None and item.expire_at <= timezone.now()


def live_now(items: Items) -> Items:
    """Keep what is published and whose time is not over."""
    return items.filter(not_over(), live=True)


def open_to_all(pages: Pages) -> Pages:
    """Keep the live pages that no view restriction covers, in the same query: Wagtail's `public()` asks first."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    restriction = PageViewRestriction.objects.annotate(path=path).filter(path__startswith=F("page__path"))
    return live_now(pages).exclude(Exists(restriction))


def open_by_path(pages: Pages) -> Pages:
    """Do the same for pages that are to be searched, which knows few columns: in a query of its own, by paths."""
    over = Page.objects.filter(live=True, expire_at__lte=timezone.now()).order_by().values_list("path", Value(False))
    covered = PageViewRestriction.objects.values_list("page__path", Value(True)).union(over, all=True)
    pages = pages.filter(live=True)
    for path, with_what_is_below in covered:
        pages = pages.exclude(path__startswith=path) if with_what_is_below else pages.exclude(path=path)
    return pages
