"""Which pages anybody may see."""

from typing import TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import Page, PageViewRestriction

PageType = TypeVar("PageType", bound=Page)


def open_to_all(pages: QuerySet[PageType]) -> QuerySet[PageType]:
    """Keep the live pages that no view restriction covers, in the same query: Wagtail's `public()` asks first."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    restriction = PageViewRestriction.objects.annotate(path=path).filter(path__startswith=F("page__path"))
    return pages.filter(live=True).exclude(Exists(restriction))
