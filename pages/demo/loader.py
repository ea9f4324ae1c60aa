"""Loads the demonstration into an empty site, all of it or nothing."""

from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from PIL import Image as PillowImage
from wagtail.models import Page, Site

from pages.models import HomePage, SectionPage, StandardPage
from press.models import Municipality, PressContact, PressIndexPage, PressReleasePage, ReleaseContact, Topic
from site_core.models import BasePage, Menu, OrganisationSettings, SiteDocument, SiteImage
from site_core.text import plain_text

from .content import HOME, ORGANISATION, PAGES, SECTIONS, Blocks
from .drawings import draw_landscape, jpeg
from .pdf import Picture, write_pdf
from .releases import CONTACTS, RELEASES
from .topics import ABOUT, TOPICS

CREDIT = "Demonstrationsbild"
FIRST_DAY = datetime(2026, 8, 17, 8, 0, tzinfo=timezone.get_default_timezone())


def is_loaded() -> bool:
    """Tell whether the site has content already, of the demonstration's or of somebody's own."""
    return PressIndexPage.objects.exists() or HomePage.objects.exclude(numchild=0).exists()


@transaction.atomic
def load() -> None:
    """Build the whole demonstration."""
    site = Site.objects.get(is_default_site=True)
    OrganisationSettings.objects.update_or_create(site=site, defaults=ORGANISATION)
    site.site_name = ORGANISATION["name"]
    site.save()
    home = _fill_home(site.root_page.specific)
    sections = [_add_section(home, section) for section in SECTIONS]
    press_room = _publish(
        home,
        PressIndexPage(
            title="Pressmeddelanden",
            slug="pressmeddelanden",
            lead="Nyheter från VästKom, de senaste först. Här finns också våra presskontakter.",
        ),
    )
    pages = {page["slug"]: _add_standard_page(home, page) for page in PAGES}
    topics = {
        slug: Topic.objects.create(slug=slug, name=name, description=description)
        for slug, (name, description) in TOPICS.items()
    }
    contacts = [PressContact.objects.create(**contact) for contact in CONTACTS]
    for release in RELEASES:
        _add_release(press_room, release, contacts, topics)
    _add_menus(press_room, sections, pages)


def _publish(parent: Page, page: BasePage, published: datetime = FIRST_DAY) -> Any:
    """Add a page below another and publish it the way an editor does, as if on a given day."""
    page.first_published_at = published
    page.live = False
    parent.add_child(instance=page)
    page.save_revision(log_action=True).publish()
    page.refresh_from_db()
    return page


def _fill_home(home: HomePage) -> HomePage:
    for name, value in HOME.items():
        setattr(home, name, value)
    home.draft_title = home.title
    home.first_published_at = FIRST_DAY
    home.save_revision(log_action=True).publish()
    home.refresh_from_db()
    return home


def _raw(blocks: Blocks) -> list[dict[str, Any]]:
    """Write blocks as the database stores them, which is how StreamField takes rich text and tables unchanged."""
    return [{"type": name, "value": value} for name, value in blocks]


def _add_section(home: HomePage, section: dict[str, Any]) -> SectionPage:
    page = SectionPage(title=section["title"], slug=section["slug"], statement=section["statement"])
    page.body = _stream(page, "body", section["body"])
    page = _publish(home, page)
    for child in section["children"]:
        _add_standard_page(page, child)
    return page


def _add_standard_page(parent: Page, content: dict[str, Any]) -> StandardPage:
    page = StandardPage(title=content["title"], slug=content["slug"], lead=content["lead"])
    page.body = _stream(page, "body", content["body"])
    return _publish(parent, page)


def _stream(page: BasePage, field: str, blocks: Blocks) -> Any:
    return type(page)._meta.get_field(field).stream_block.to_python(_raw(blocks))


def _add_release(
    press_room: PressIndexPage, content: dict[str, Any], contacts: list[PressContact], topics: dict[str, Topic]
) -> None:
    published = timezone.make_aware(datetime.strptime(content["published"], "%Y-%m-%d %H:%M"))  # noqa: DTZ007
    release = PressReleasePage(title=content["title"], slug=content["slug"], lead=content["lead"])
    if picture := content.get("image"):
        palette, seed, alt_text, release.image_caption = picture
        release.image = _add_image(content["title"], palette, seed, alt_text)
    release.body = _stream(release, "body", content["body"])
    attachments = [
        ("document", {"document": _add_document(title, palette, content).pk, "title": ""})
        for title, palette in content.get("attachments", ())
    ]
    release.attachments = _stream(release, "attachments", attachments)
    release.release_contacts = [
        ReleaseContact(contact=contacts[index], sort_order=order) for order, index in enumerate(content["contacts"])
    ]
    about, places = ABOUT[content["slug"]]
    release.topics.set([topics[slug] for slug in about])
    release.municipalities.set(Municipality.objects.filter(name__in=places))
    _publish(press_room, release, published)


def _add_image(title: str, palette: str, seed: int, alt_text: str) -> SiteImage:
    file = ContentFile(jpeg(draw_landscape(palette, seed)), name=f"{slugify(title)}.jpg")
    image = SiteImage(title=title, file=file, alt_text=alt_text, credit=CREDIT, licence="Fri att använda av pressen")
    image.save()
    return image


def _add_document(title: str, palette: str | None, release: dict[str, Any]) -> SiteDocument:
    elements = [("small", "VästKom, pressmeddelande"), ("h1", release["title"]), ("lead", release["lead"])]
    for name, value in release["body"]:
        if name == "heading":
            elements.append(("h2", value["text"]))
        elif name == "quote":
            elements.append(("p", f"”{value['text']}” {value['speaker']}, {value['role']}, {value['organisation']}"))
        elif name == "text":
            elements += [("p", plain_text(part)) for part in value.split("</p>") if plain_text(part)]
    elements.append(("small", plain_text(ORGANISATION["boilerplate"])))
    data = write_pdf(release["title"], ORGANISATION["name"], elements, _letterhead(palette) if palette else None)
    document = SiteDocument(title=title, file=ContentFile(data, name=f"{slugify(title)}.pdf"))
    document.save()
    return document


def _letterhead(palette: str) -> Picture:
    """Draw a band for the top of the first page, at a resolution fit for print."""
    landscape = draw_landscape(palette, 3).crop((0, 360, 1600, 1000))
    band = landscape.resize((3160, 1264), PillowImage.Resampling.LANCZOS)
    return Picture(jpeg(band, 95), *band.size, "Dekorativ bild av ett kustlandskap.")


def _add_menus(press_room: Page, sections: list[SectionPage], pages: dict[str, StandardPage]) -> None:
    def entry(page: Page, label: str = "", children: list[Page] | None = None) -> dict[str, Any]:
        below = [{"type": "item", "value": {"page": child.pk, "url": "", "label": ""}} for child in children or ()]
        return {"type": "entry", "value": {"page": page.pk, "url": "", "label": label, "children": below}}

    entries = {
        Menu.Place.MAIN: [
            *(entry(section, children=list(section.get_children())) for section in sections),
            entry(press_room, "Press"),
            entry(pages["om"]),
            entry(pages["kontakt"]),
        ],
        Menu.Place.FOOTER: [
            entry(press_room),
            entry(pages["tillganglighet"]),
            entry(pages["om-webbplatsen"]),
        ],
    }
    for place, raw in entries.items():
        menu = Menu(place=place)
        menu.entries = Menu._meta.get_field("entries").stream_block.to_python(raw)
        menu.save()
        menu.save_revision().publish()
