"""`/sitemap.xml`, and for news what was published in the last two days."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.utils import timezone

from press.models import Municipality, PressIndexPage, PressReleasePage, Topic
from press.models.taxonomy import MUNICIPALITY, TOPIC
from site_core.addresses import page_href
from site_core.models import BasePage
from site_core.visibility import open_to_all

from .models import HomePage, SectionPage, StandardPage

# https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
NEWS_AGE = timedelta(days=2)
MOST_NEWS = 1000


class PageSitemap(Sitemap):
    """The pages of one kind that anybody may see, dated as readers see it."""

    model: type[BasePage]
    limit = 10_000

    def items(self) -> QuerySet[Any, Any]:
        pages = open_to_all(self.model._default_manager.all())
        return pages.order_by("pk").values_list("url_path", "public_updated_at")

    def location(self, item: tuple[str, datetime]) -> str:
        return page_href(item[0])

    def lastmod(self, item: tuple[str, datetime]) -> datetime:
        return item[1]

    def get_latest_lastmod(self) -> datetime | None:
        return open_to_all(self.model._default_manager.all()).aggregate(last=Max("public_updated_at"))["last"]


class HomeSitemap(PageSitemap):
    model = HomePage


class SectionSitemap(PageSitemap):
    model = SectionPage


class StandardPageSitemap(PageSitemap):
    model = StandardPage


class PressRoomSitemap(PageSitemap):
    model = PressIndexPage


class ReleaseSitemap(PageSitemap):
    model = PressReleasePage


class TagSitemap(Sitemap):
    """The pages of the topics and municipalities that a release is about."""

    def items(self) -> list[str]:
        room = open_to_all(PressIndexPage.objects.all()).first()
        if room is None:
            return []
        listed = PressReleasePage.objects.listed()
        return [
            f"{room.href}{kind}/{slug}/"
            for kind, model in ((TOPIC, Topic), (MUNICIPALITY, Municipality))
            for slug in model.objects.filter(releases__in=listed).distinct().values_list("slug", flat=True)
        ]

    def location(self, item: str) -> str:
        return item


class NewsSitemap(Sitemap):
    """The releases of the last two days."""

    def items(self) -> QuerySet[PressReleasePage]:
        return PressReleasePage.objects.listed().filter(listed_on__gt=timezone.now() - NEWS_AGE)[:MOST_NEWS]

    def location(self, item: PressReleasePage) -> str:
        return item.href

    def lastmod(self, item: PressReleasePage) -> datetime | None:
        return item.public_updated_at


SECTIONS: dict[str, type[Sitemap]] = {
    "start": HomeSitemap,
    "omraden": SectionSitemap,
    "sidor": StandardPageSitemap,
    "press": PressRoomSitemap,
    "pressmeddelanden": ReleaseSitemap,
    "amnen": TagSitemap,
}
NEWS: dict[str, type[Sitemap]] = {"nyheter": NewsSitemap}
