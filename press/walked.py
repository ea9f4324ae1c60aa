"""What there is to ask of the press room's addresses about a release that is not public."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect

from site_core.public_addresses import Answer, Question, Secret, register_asking, register_silent

from .feeds import FORMATS
from .listing import Selection
from .models import PressReleasePage

NEIGHBOURS = 10


def _releases(secret: Secret) -> list[PressReleasePage]:
    return [version for version in secret.versions if isinstance(version, PressReleasePage)]


def _room(secret: Secret) -> str:
    return _releases(secret)[0].press_room_href


def _selections(secret: Secret) -> list[Selection]:
    """Return the lists that a release would stand in: all, and those of its years, topics and municipalities."""
    releases, room = _releases(secret), _room(secret)
    moments = [moment for one in releases for moment in (one.first_published_at, one.go_live_at) if moment]
    topics = {topic for release in releases for topic in release.topics.all()}
    places = {place for release in releases for place in release.municipalities.all()}
    return [
        Selection(room),
        *(Selection(room, year=year) for year in sorted({moment.year for moment in moments})),
        *(Selection(room, topic=topic) for topic in topics),
        *(Selection(room, municipality=place) for place in places),
    ]


def ask_for_pages(secret: Secret) -> Iterator[Question]:
    """The page itself, what is related to it, and where it is redirected from."""
    href = secret.page.href
    for address in (href, f"{href}?preview=1"):
        yield Question(_("The page itself"), address, Answer.CLOSED)
    yield Question(_("Lists"), "/")
    for redirect in Redirect.objects.filter(redirect_page=secret.page.pk):
        yield Question(_("Redirects"), redirect.old_path)
    topics = [topic.pk for release in _releases(secret) for topic in release.topics.all()]
    neighbours = PressReleasePage.objects.listed().exclude(pk=secret.page.pk).filter(topics__in=topics)
    for neighbour in neighbours.distinct()[:NEIGHBOURS]:
        yield Question(_("Related releases and data for machines"), neighbour.href)


def ask_for_press_kit(secret: Secret) -> Iterator[Question]:
    yield Question(_("The page itself"), f"{secret.page.href}presspaket.zip", Answer.CLOSED)


def ask_for_share_picture(secret: Secret) -> Iterator[Question]:
    for version in secret.versions:
        yield Question(_("The page itself"), version.share_image_address, Answer.CLOSED)


def ask_for_lists(secret: Secret) -> Iterator[Question]:
    """The whole list, and those that are chosen by the query of its address."""
    for selection in _selections(secret):
        query = f"?{urlencode(selection.query)}" if selection.query else ""
        yield Question(_("Lists"), f"{_room(secret)}{query}")


def ask_for_lists_with_addresses(secret: Secret) -> Iterator[Question]:
    for selection in _selections(secret):
        if selection.href.partition("?")[0] != _room(secret):
            yield Question(_("Lists"), selection.href)


def ask_for_room_feeds(secret: Secret) -> Iterator[Question]:
    for form in FORMATS:
        yield Question(_("Feeds"), f"{_room(secret)}feed.{form}")


def ask_for_feeds(secret: Secret) -> Iterator[Question]:
    for base in dict.fromkeys(selection.feed_base for selection in _selections(secret)):
        for form in FORMATS:
            yield Question(_("Feeds"), f"{base}feed.{form}")


def ask_by_number(secret: Secret) -> Iterator[Question]:
    """Addresses that other sites of the kind have, and an embargo link that was never made."""
    number = secret.page.pk
    for address in (f"/api/v2/pages/{number}/", "/api/v2/pages/", f"/admin/pages/{number}/", f"/embargo/{number}/"):
        yield Question(_("Interfaces"), address, Answer.CLOSED)


def register() -> None:
    register_asking("wagtail_serve", ask_for_pages)
    register_asking("press_kit", ask_for_press_kit)
    register_asking("share_picture", ask_for_share_picture)
    register_asking("PressIndexPage: everything", ask_for_lists)
    register_asking("PressIndexPage: about_topic", ask_for_lists_with_addresses)
    register_silent("PressIndexPage: index_route", "what Wagtail calls the address of everything")
    register_silent("PressIndexPage: about_municipality", "asked for together with the lists of topics")
    register_asking("room_feed", ask_for_room_feeds)
    register_asking("subject_feed", ask_for_feeds)
    register_asking("embargo", ask_by_number)
    for route in ("embargo_picture", "embargo_document"):
        register_silent(route, "opens with a token that an editor has made, and is told of in the release's log")
