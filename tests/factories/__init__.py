"""Builds only what a test needs."""

from datetime import datetime, timedelta
from typing import Any

import factory
import wagtail_factories
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Collection, Page

from pages.models import HomePage, SectionPage, StandardPage
from press.models import PressContact, PressIndexPage, PressReleasePage, Topic
from site_core.models import SiteDocument, SiteImage, User
from subscriptions.addresses import address_hash
from subscriptions.models import Frequency, Subscriber

PDF = b"%PDF-1.7\n%\xe5\xe4\xf6\n1 0 obj\n<<>>\nendobj\n"


class SectionPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Område {n}")
    statement = "Kommunerna delar ansvaret."

    class Meta:
        model = SectionPage


class StandardPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Sida {n}")

    class Meta:
        model = StandardPage


class PressIndexPageFactory(wagtail_factories.PageFactory):
    title = "Pressmeddelanden"
    slug = "pressmeddelanden"

    class Meta:
        model = PressIndexPage


class PressReleasePageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Pressmeddelande {n}")
    lead = "Det här har hänt."

    class Meta:
        model = PressReleasePage


class PressContactFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Person {n}")
    telephone = "010-123 45 67"

    class Meta:
        model = PressContact


class ImageFactory(wagtail_factories.ImageFactory):
    # Where an upload lands: the library's own factory plants a tree of its own for each.
    collection = factory.LazyFunction(Collection.get_first_root_node)

    class Meta:
        model = SiteImage


def home_page() -> HomePage:
    """Return the home page that every new site has."""
    return HomePage.objects.get()


def add_document(title: str = "Rapport", name: str = "rapport.pdf", size: int = 118_000) -> SiteDocument:
    """Add a PDF of a given size in bytes."""
    content = PDF + b" " * (size - len(PDF))
    return SiteDocument.objects.create(title=title, file=ContentFile(content, name=name))


def add_topic(name: str = "Vård", slug: str = "vard") -> Topic:
    """Add a topic that readers are told of, because a release that they can read has it."""
    room = PressIndexPage.objects.first() or PressIndexPageFactory(parent=home_page())
    topic = Topic.objects.create(name=name, slug=slug)
    release = PressReleasePageFactory(parent=room, title=f"Om {name}", first_published_at=timezone.now())
    release.topics.add(topic)
    release.save()
    return topic


def make_public(release: PressReleasePage, *items: Any) -> None:
    """Publish a release with images in its body and documents among its attachments."""
    images = [item for item in items if isinstance(item, SiteImage)]
    shown = [
        ("image", {"image": {"image": image.pk, "alt_text": "Bild", "decorative": False}, "caption": "", "credit": ""})
        for image in images
    ]
    attached = [("document", {"document": item.pk, "title": ""}) for item in items if isinstance(item, SiteDocument)]
    publish(release, body=blocks(release, *shown), attachments=blocks(release, *attached, field="attachments"))


def add_user(group: str = "", **fields: Any) -> User:
    """Add somebody who can log in, in one of the editors' groups."""
    user = User.objects.create_user(fields.pop("username", "anna"), password="losenord-for-test", **fields)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def add_subscriber(address: str = "anna@example.se", *subjects: str, **fields: Any) -> Subscriber:
    """Add somebody who has confirmed a subscription: to everything, or to some subjects by their keys."""
    values = {
        "frequency": Frequency.IMMEDIATE,
        "everything": not subjects,
        "confirmed_at": timezone.now() - timedelta(days=30),
        **fields,
    }
    subscriber = Subscriber.objects.create(address=address, digest=address_hash(address), **values)
    subscriber.follow(subjects)
    return subscriber


def publish(page: Page, at: datetime | None = None, **fields: Any) -> Any:
    """Publish a page as the editor's form does: a new revision of the newest draft, then live."""
    draft = page.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    if at:
        draft.first_published_at = at
    draft.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def blocks(page: Page, *raw: tuple[str, Any], field: str = "body") -> Any:
    """Build the value of a StreamField from (type, stored value) pairs."""
    stream_block = type(page)._meta.get_field(field).stream_block
    return stream_block.to_python([{"type": name, "value": value} for name, value in raw])
