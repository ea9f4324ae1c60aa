"""Looks, as a stranger would, at every place where a release that is not public might show."""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from urllib.parse import urlencode

from django.conf import settings
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from site_core.media.privacy import is_public
from site_core.media.references import all_files
from site_core.models import SiteDocument, SiteImage, SiteRendition

from .embargo import coming_release
from .listing import Selection
from .models import PressReleasePage

FORMATS = ("atom", "rss", "json")
# Shorter words than these stand in other texts by chance.
SHORTEST_TITLE = 12
LEAD_LENGTH = 60
# What a stranger may be answered who asks for something that is not there for her.
CLOSED = {302, 403, 404, 410}
NEIGHBOURS = 10


@dataclass(frozen=True)
class Finding:
    """One place that was looked at, and whether anything of the release was there."""

    area: str
    address: str
    is_closed: bool
    note: str = ""


def find_leaks(release: PressReleasePage) -> list[Finding]:
    """Ask for everything, without logging in, that could tell of a release; the first of each area comes first."""
    return list(_Walk(release).findings())


class _Walk:
    def __init__(self, release: PressReleasePage) -> None:
        self.release = release
        self.coming = coming_release(release)
        self.room = release.press_room_href
        host = Site.objects.get(is_default_site=True).hostname
        self.client = Client(headers={"host": host}, raise_request_exception=False)
        self.get = partial(self.client.get, secure=settings.SECURE_SSL_REDIRECT)
        self.words = [*self._titles(), *self._leads()]

    def _versions(self) -> list[PressReleasePage]:
        return [self.release, self.coming]

    def _titles(self) -> list[str]:
        titles = {version.title for version in self._versions()}
        return [title for title in titles if len(title) >= SHORTEST_TITLE]

    def _leads(self) -> set[str]:
        return {version.lead[:LEAD_LENGTH] for version in self._versions() if version.lead}

    def findings(self) -> Iterator[Finding]:
        yield from self._page()
        yield from self._documents()
        yield from self._images()
        yield from self._lists()
        yield from self._feeds()
        yield from self._search()
        yield from self._maps()
        yield from self._neighbours()
        yield from self._redirects()
        yield from self._interfaces()

    def _look(self, area: str, address: str, *, asked_for: bool = False, **headers: str) -> Finding:
        """Ask for an address, and look for the release in the answer.

        What was asked for by its own address must be closed; elsewhere its address must not be told either.
        """
        response = self.get(address, headers=headers)
        text = _readable(response)
        told = [word for word in self.words if word in text]
        if asked_for:
            closed = response.status_code in CLOSED or self._asks_for_a_password
            return Finding(area, address, closed and not told, str(response.status_code))
        if self.release.href in text or self.release.href in response.headers.get("Location", ""):
            told.append(self.release.href)
        return Finding(area, address, not told and response.status_code < 500, ", ".join(told))

    @cached_property
    def _asks_for_a_password(self) -> bool:
        """Whether a stranger who asks for the page is answered with a form, and not with 404."""
        return self.release.live and bool(self.release.get_view_restrictions())

    def _page(self) -> Iterator[Finding]:
        href, version = self.release.href, self.release.share_image_address
        area = _("The page itself")
        for address in (href, f"{href}?preview=1", f"{href}presspaket.zip", version):
            yield self._look(area, address, asked_for=True)

    def _documents(self) -> Iterator[Finding]:
        numbers = set().union(*(all_files(version).documents for version in self._versions()))
        for document in SiteDocument.objects.filter(pk__in=numbers):
            yield from self._file(_("Attachments"), document, [document.url, f"/dokument/{document.pk}/gissat.pdf"])
            yield from self._conditional(_("Attachments"), document, document.url, document.file_hash)

    def _images(self) -> Iterator[Finding]:
        numbers = set().union(*(all_files(version).images for version in self._versions()))
        for image in SiteImage.objects.filter(pk__in=numbers):
            renditions = [rendition.url for rendition in SiteRendition.objects.filter(image=image)]
            yield from self._file(_("Images"), image, [image.file.url, *renditions])
            for address in renditions[:1]:
                yield from self._conditional(_("Images"), image, address, address.rpartition("/")[2])

    def _file(self, area: str, item: SiteDocument | SiteImage, addresses: list[str]) -> Iterator[Finding]:
        for address in addresses:
            status = self.get(address).status_code
            used = status not in CLOSED and is_public(item)
            note = _("Already public: a published page uses it") if used else str(status)
            yield Finding(area, address, status in CLOSED or (used and isinstance(item, SiteImage)), note)

    def _conditional(self, area: str, item: SiteDocument | SiteImage, address: str, tag: str) -> Iterator[Finding]:
        if is_public(item):
            return
        for headers in ({"if-none-match": f'"{tag}"'}, {"if-none-match": "*"}, {"range": "bytes=0-9"}):
            status = self.get(address, headers=headers).status_code
            yield Finding(area, f"{address} ({next(iter(headers))})", status in CLOSED, str(status))

    def _selections(self) -> list[Selection]:
        years = {moment.year for moment in (self.release.first_published_at, self.coming.go_live_at) if moment}
        topics = {topic for version in self._versions() for topic in version.topics.all()}
        places = {place for version in self._versions() for place in version.municipalities.all()}
        whole = Selection(self.room)
        return [
            whole,
            *(Selection(self.room, year=year) for year in sorted(years)),
            *(Selection(self.room, topic=topic) for topic in topics),
            *(Selection(self.room, municipality=place) for place in places),
        ]

    def _lists(self) -> Iterator[Finding]:
        yield self._look(_("Lists"), "/")
        for selection in self._selections():
            yield self._look(_("Lists"), selection.href)
            if selection.parts:
                yield self._look(_("Lists"), f"{self.room}?{urlencode(selection.query)}")

    def _feeds(self) -> Iterator[Finding]:
        for base in dict.fromkeys(selection.feed_base for selection in self._selections()):
            for form in FORMATS:
                yield self._look(_("Feeds"), f"{base}feed.{form}")

    def _search(self) -> Iterator[Finding]:
        for title in {version.title for version in self._versions()}:
            for order in ("", "datum"):
                address = f"{reverse('search')}?{urlencode({'q': title, 'ordning': order})}"
                # The page repeats what was asked for, so the title alone tells nothing.
                text = _readable(self.get(address))
                told = [word for word in (*self._leads(), self.release.href) if word in text]
                yield Finding(_("Search"), address, not told, ", ".join(told))

    def _maps(self) -> Iterator[Finding]:
        index = reverse("sitemap_index")
        sections = [line.partition("</loc>")[0] for line in _readable(self.get(index)).split("<loc>")[1:]]
        for address in (index, *("/" + section.partition("://")[2].partition("/")[2] for section in sections)):
            yield self._look(_("Site maps"), address)
        yield self._look(_("Site maps"), reverse("news_sitemap"))

    def _neighbours(self) -> Iterator[Finding]:
        """Look at the releases that would name this one as related, and at what they tell machines."""
        topics = [topic.pk for version in self._versions() for topic in version.topics.all()]
        neighbours = PressReleasePage.objects.listed().exclude(pk=self.release.pk)
        for neighbour in neighbours.filter(topics__in=topics).distinct()[:NEIGHBOURS]:
            yield self._look(_("Related releases and data for machines"), neighbour.href)

    def _redirects(self) -> Iterator[Finding]:
        for redirect in Redirect.objects.filter(redirect_page=self.release):
            yield self._look(_("Redirects"), redirect.old_path)

    def _interfaces(self) -> Iterator[Finding]:
        number = self.release.pk
        addresses = (f"/api/v2/pages/{number}/", "/api/v2/pages/", f"/admin/pages/{number}/", f"/embargo/{number}/")
        for address in addresses:
            yield self._look(_("Interfaces"), address, asked_for=True)


def _readable(response: HttpResponseBase) -> str:
    content = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    return html.unescape(content.decode(errors="replace")).replace("\u00a0", " ")
