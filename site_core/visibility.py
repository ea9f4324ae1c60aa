"""Which pages anybody may see."""

from typing import Any, TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import PageViewRestriction

Pages = TypeVar("Pages", bound=QuerySet[Any, Any])


def open_to_all(pages: Pages) -> Pages:
    """Keep the live pages that no view restriction covers, in the same query: Wagtail's `public()` asks first."""
    return unrestricted(pages.filter(live=True))


def unrestricted(pages: Pages) -> Pages:
    """Keep the pages that no view restriction covers, live or not."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    restriction = PageViewRestriction.objects.annotate(path=path).filter(path__startswith=F("page__path"))
    return pages.exclude(Exists(restriction))
