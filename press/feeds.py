"""Feeds of press releases, one set of facts in three formats: Atom, RSS 2.0 and JSON Feed 1.1."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

from site_core.structured_data import given

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
CONTENT_NAMESPACE = "http://purl.org/rss/1.0/modules/content/"
# What XML 1.0 has no place for, and would make the whole feed unreadable.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LOCAL_ADDRESS = re.compile(r'(?P<before>(?:href|src)="|srcset="|(?<=w), )/(?!/)')


def absolute_addresses(html: str, root: str) -> str:
    """Put the site's own address before every address in the markup that lacks one."""
    return LOCAL_ADDRESS.sub(rf"\g<before>{root}/", html)


def printable(text: str) -> str:
    """Drop the characters that XML can't hold."""
    return CONTROL.sub("", text)


class SteadyFeed(SyndicationFeed):
    """A feed that reads the same until something in it changes, also while it is empty."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else LONG_AGO


class AtomFeed(SteadyFeed, Atom1Feed):
    """Atom (RFC 4287) with the full text."""

    content_type = "application/atom+xml; charset=utf-8"

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("generator", "Wagtail", {"uri": "https://wagtail.org/"})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["content"]:
            handler.addQuickElement("content", item["content"], {"type": "html"})


class RssFeed(SteadyFeed, Rss201rev2Feed):
    """RSS 2.0 with the full text; of several attachments it has room for the first."""

    content_type = "application/rss+xml; charset=utf-8"

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:content": CONTENT_NAMESPACE}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "enclosures": item["enclosures"][:1]})
        if item["content"]:
            handler.addQuickElement("content:encoded", item["content"])


class JsonFeed(SyndicationFeed):
    """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: IO[Any], encoding: str) -> None:
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "description": self.feed["description"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "language": self.feed["language"],
            "authors": [{"name": self.feed["author_name"], "url": self.feed["author_link"]}],
            "items": [self._item(item) for item in self.items],
        }
        outfile.write(json.dumps({"items": [], **given(**feed)}, ensure_ascii=False))

    def _item(self, item: dict[str, Any]) -> dict[str, Any]:
        return given(
            **{
                "id": item["unique_id"],
                "url": item["link"],
                "title": item["title"],
                "summary": item["description"],
                "content_html": item["content"] or item["description"],
                "date_published": rfc3339_date(item["pubdate"]),
                "date_modified": rfc3339_date(item["updateddate"]),
                "image": item["image"],
                "tags": list(item["categories"]),
                "attachments": [
                    {
                        "url": file.url,
                        "mime_type": file.mime_type,
                        "size_in_bytes": int(file.length),
                        "title": file.title,
                    }
                    for file in item["enclosures"]
                ],
            }
        )


@dataclass(frozen=True)
class FeedFormat:
    """A format that feeds come in: the ending of its addresses, what readers call it, and what writes it."""

    name: str
    label: str
    writer: Any

    @property
    def media_type(self) -> str:
        return self.writer.content_type.partition(";")[0]


# Addresses, links and whoever looks for a release everywhere go by this list alone.
FORMATS = {
    form.name: form
    for form in (
        FeedFormat("atom", "Atom", AtomFeed),
        FeedFormat("rss", "RSS", RssFeed),
        FeedFormat("json", "JSON Feed", JsonFeed),
    )
}
