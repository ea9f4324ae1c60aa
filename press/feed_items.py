"""What a feed tells of each release, fetched for all of them together."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.feedgenerator import Enclosure
from django.utils.translation import gettext as _
from wagtail.models import PageViewRestriction

from site_core.media.library import MediaLibrary
from site_core.media.rich_text import labelled_html
from site_core.models import PublicChange
from site_core.text import swedish_date
from site_core.visibility import not_over

from .feeds import absolute_addresses, printable
from .listing import Selection
from .models import Municipality, PressReleasePage, ReleaseContact, Topic, Withdrawal

MOST = 50
# Stands between the texts of two releases while the links of all of them are resolved at once.
SEPARATOR = "<!-- next -->"


class LabelledEnclosure(Enclosure):
    """A file with a title."""

    def __init__(self, url: str, length: str, mime_type: str, title: str) -> None:
        super().__init__(url, length, mime_type)
        self.title = title


@dataclass
class FeedItem:
    """One release, or what may be told of one that has been withdrawn."""

    unique_id: str
    link: str
    title: str
    description: str
    published: datetime
    updated: datetime
    content: str = ""
    image: str = ""
    categories: list[str] = field(default_factory=list)
    enclosures: list[LabelledEnclosure] = field(default_factory=list)


def feed_items(selection: Selection, request: HttpRequest, root: str) -> list[FeedItem]:
    """Return the newest releases of a selection, with those among them that have been withdrawn."""
    listed = list(selection.filter(PressReleasePage.objects.listed().defer(None))[:MOST])
    _load(listed)
    texts = _full_texts(listed, request)
    items = [_item(release, text, root) for release, text in zip(listed, texts, strict=True)]
    items += [_withdrawn_item(release, root) for release in _withdrawn(selection)]
    return sorted(items, key=lambda item: item.published, reverse=True)[:MOST]


def _withdrawn(selection: Selection) -> list[PressReleasePage]:
    releases = PressReleasePage.objects.filter(not_over(), withdrawal__isnull=False, first_published_at__isnull=False)
    for restricted in PageViewRestriction.objects.values_list("page__path", flat=True):
        releases = releases.exclude(path__startswith=restricted)
    return list(selection.about(releases).select_related("withdrawal").order_by("-first_published_at")[:MOST])


def _load(releases: list[PressReleasePage]) -> None:
    """Give every release its media, contacts, tags and history, with one query for each kind."""
    numbers = [release.pk for release in releases]
    contacts, tags, changes = defaultdict(list), defaultdict(list), defaultdict(list)
    for place in ReleaseContact.objects.filter(release__in=numbers).select_related("contact"):
        contacts[place.release_id].append(place.contact)
    for kind, model in (("amne", Topic), ("kommun", Municipality)):
        for number, slug, name in model.objects.filter(releases__in=numbers).values_list("releases", "slug", "name"):
            tags[number].append((kind, slug, name))
    for change in PublicChange.objects.filter(page__in=numbers).exclude(kind=PublicChange.Kind.FIRST):
        changes[change.page_id].append(change)
    images: set[int] = set()
    documents: set[int] = set()
    for release in releases:
        # Cached properties of the page, which would otherwise ask for themselves.
        release.contacts = contacts[release.pk]
        release.tags = sorted(tags[release.pk])
        release.history = changes[release.pk]
        its_images, its_documents = release.media_ids()
        images |= its_images
        documents |= its_documents
    library = MediaLibrary.fetch(images, documents)
    for release in releases:
        release.take_media(library)


def _full_texts(releases: list[PressReleasePage], request: HttpRequest) -> list[str]:
    if not releases:
        return []
    raw = [
        render_to_string("press/feed_item.html", {"page": release, "as_plain_text": True, "request": request})
        for release in releases
    ]
    with releases[0].media_library.lent():
        return labelled_html(SEPARATOR.join(raw), new_window=False).split(SEPARATOR)


def _item(release: PressReleasePage, text: str, root: str) -> FeedItem:
    notes = [change.note for change in release.history[:1] if change.note]
    picture = release.picture_when_shared
    return FeedItem(
        unique_id=release.permanent_id,
        link=f"{root}{release.href}",
        title=printable(release.title),
        description=printable(
            " ".join([*(_("Updated: %(note)s") % {"note": note} for note in notes), release.summary])
        ),
        published=release.first_published_at,
        updated=release.public_updated_at or release.first_published_at,
        content=printable(absolute_addresses(text, root)).strip(),
        image=picture.get_rendition("fill-1200x630|format-jpeg").full_url
        if picture
        else f"{root}{release.share_image_address}",
        categories=[printable(name) for _kind, _slug, name in release.tags],
        enclosures=[_enclosure(part.value, root) for part in release.attachments if part.value["document"]],
    )


def _enclosure(attachment: Any, root: str) -> LabelledEnclosure:
    document = attachment["document"]
    size = str(document.file_size or 0)
    return LabelledEnclosure(f"{root}{document.url}", size, document.content_type, printable(attachment.text))


def _withdrawn_item(release: PressReleasePage, root: str) -> FeedItem:
    """Tell that a release has been taken back. Of one that should never have been published, nothing else is told."""
    withdrawal: Withdrawal = release.withdrawal
    link, title = f"{root}{release.href}", release.title
    if withdrawal.kind == Withdrawal.Kind.MISTAKE:
        link = f"{root}{release.press_room_href}"
        title = _("press release of %(date)s") % {"date": swedish_date(release.first_published_at)}
    return FeedItem(
        unique_id=release.permanent_id,
        link=link,
        title=printable(_("Withdrawn: %(title)s") % {"title": title}),
        description=printable(withdrawal.reason),
        published=release.first_published_at,
        updated=withdrawal.at,
    )
