"""`feed.atom`, `feed.rss` and `feed.json` below the press room, each topic and each municipality."""

from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.feedgenerator import SyndicationFeed
from django.views.decorators.http import require_safe

from press.feed_items import FeedItem, feed_items
from press.feeds import AtomFeed, JsonFeed, RssFeed, printable
from press.listing import Selection
from press.models import PressIndexPage
from press.models.taxonomy import MUNICIPALITY, TOPIC
from site_core.addresses import find_open_page
from site_core.frame import frame_for

FORMATS: dict[str, type[SyndicationFeed]] = {"atom": AtomFeed, "rss": RssFeed, "json": JsonFeed}
# In seconds. A release that is withdrawn must not live on for long in somebody's cache.
AGE = 60


class ReleaseFeed(Feed):
    """The newest releases of the press room, of a topic or of a municipality."""

    def __init__(self, form: str) -> None:
        self.feed_type = FORMATS[form]

    def get_object(self, request: HttpRequest, room: str, kind: str = "", slug: str = "") -> dict[str, Any]:
        page, selection = _chosen(room, kind, slug)
        root = page.site_root_url
        return {
            "page": page,
            "root": root,
            "selection": selection,
            "organisation": frame_for(request).organisation,
            "items": feed_items(selection, request, root),
            "feed_url": f"{root}{request.path}",
        }

    def title(self, feed: dict[str, Any]) -> str:
        about = feed["selection"].description
        name = f"{feed['organisation'].name}: {feed['page'].title}"
        return printable(f"{name}, {about}" if about else name)

    def description(self, feed: dict[str, Any]) -> str:
        topic = feed["selection"].topic
        return printable((topic and topic.description) or feed["page"].summary or self.title(feed))

    def link(self, feed: dict[str, Any]) -> str:
        return f"{feed['root']}{feed['selection'].href}"

    def feed_url(self, feed: dict[str, Any]) -> str:
        return feed["feed_url"]

    def feed_guid(self, feed: dict[str, Any]) -> str:
        return feed["feed_url"]

    def author_name(self, feed: dict[str, Any]) -> str:
        return printable(feed["organisation"].name)

    def author_link(self, feed: dict[str, Any]) -> str:
        return f"{feed['root']}/"

    def items(self, feed: dict[str, Any]) -> list[FeedItem]:
        return feed["items"]

    def item_title(self, item: FeedItem) -> str:
        return item.title

    def item_description(self, item: FeedItem) -> str:
        return item.description

    def item_link(self, item: FeedItem) -> str:
        return item.link

    def item_guid(self, item: FeedItem) -> str:
        return item.unique_id

    item_guid_is_permalink = False

    def item_pubdate(self, item: FeedItem) -> Any:
        return item.published

    def item_updateddate(self, item: FeedItem) -> Any:
        return item.updated

    def item_categories(self, item: FeedItem) -> list[str]:
        return item.categories

    def item_enclosures(self, item: FeedItem) -> list[Any]:
        return item.enclosures

    def item_extra_kwargs(self, item: FeedItem) -> dict[str, Any]:
        return {"content": item.content, "image": item.image}


def _chosen(room: str, kind: str = "", slug: str = "") -> tuple[PressIndexPage, Selection]:
    page = find_open_page(PressIndexPage, f"{room}/")
    chosen = {TOPIC: "topic", MUNICIPALITY: "municipality"}.get(kind)
    return page, Selection.read(page.href, QueryDict(), **({chosen: slug} if chosen else {}))


def _moved_to(form: str, **where: str) -> str:
    """Return where the feed of a former address is now; empty for a present one."""
    if "slug" not in where:
        return ""
    _page, selection = _chosen(**where)
    return f"{selection.href}feed.{form}" if selection.is_moved else ""


@require_safe
def feed(request: HttpRequest, form: str, **where: str) -> HttpResponse:
    """Answer with a feed, or with 304 to who has it already; from a former address, lead to the present one."""
    if moved_to := _moved_to(form, **where):
        return redirect(moved_to, permanent=True)
    response = ReleaseFeed(form)(request, **where)
    # Django dates it by its newest entry, which a correction or a withdrawal does not change.
    del response["Last-Modified"]
    set_response_etag(response)
    patch_cache_control(response, public=True, max_age=AGE)
    unchanged = get_conditional_response(request, etag=response["ETag"], response=response)
    return unchanged or response
