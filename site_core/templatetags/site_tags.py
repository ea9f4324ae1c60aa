"""Template tags and filters of the public pages, loaded in every template."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.documents.models import AbstractDocument

from site_core.media.library import MediaLibrary
from site_core.media.rich_text import document_link as build_document_link
from site_core.media.rich_text import labelled_html
from site_core.models import OrganisationSettings
from site_core.models.navigation import MenuLink, load_menus
from site_core.municipalities import MAP_HEIGHT, MAP_WIDTH, MARK_RADIUS, Association, associations
from site_core.pagination import page_link, page_links

register = template.Library()

NO_BREAK_SPACE = "\u00a0"


@dataclass
class Frame:
    """What stands around every page: who speaks, and the menus."""

    organisation: OrganisationSettings
    main_menu: list[MenuLink] = field(default_factory=list)
    footer_menu: list[MenuLink] = field(default_factory=list)


def organisation_for(context: Context) -> OrganisationSettings:
    request: HttpRequest | None = context.get("request")
    return OrganisationSettings.for_request(request) if request else OrganisationSettings()


@register.simple_tag(takes_context=True)
def site_frame(context: Context) -> Frame:
    """Return the organisation and the menus."""
    request = context.get("request")
    menus = getattr(request, "menus", None) or load_menus()
    return Frame(organisation_for(context), menus.get("main", []), menus.get("footer", []))


@register.simple_tag(takes_context=True)
def aria_current(context: Context, link: MenuLink) -> SafeString:
    """Mark the menu entry of the page itself, or the entry that the page lies below."""
    page = context.get("page")
    if not page or not getattr(page, "path", "") or not link.path:
        return SafeString("")
    if link.path == page.path:
        return SafeString(' aria-current="page"')
    return SafeString(' aria-current="true"') if link.holds(page.path) and page.depth > 2 else SafeString("")


@register.simple_tag(takes_context=True)
def rich_text(context: Context, source: str) -> SafeString:
    """Render a rich text field."""
    return labelled_html(source, new_window=organisation_for(context).documents_open_in_new_window)


@register.simple_tag(takes_context=True)
def render_block(context: Context, bound_block: Any) -> SafeString:
    """Render one block by itself, as it looks in a body."""
    html = bound_block.render_as_block(context.flatten())
    library = getattr(context.get("page"), "media_library", None) or MediaLibrary()
    with library.lent():
        return rich_text(context, html)


@register.simple_tag(takes_context=True)
def render_body(context: Context, stream: Any) -> SafeString:
    """Render a StreamField, then the links and documents of all its text in one go."""
    return render_block(context, stream) if stream else SafeString("")


@register.simple_tag(takes_context=True)
def document_link(context: Context, document: AbstractDocument, text: str) -> SafeString:
    """Link to a document with its type, its size and whether it opens in a new window."""
    return build_document_link(document, text, new_window=organisation_for(context).documents_open_in_new_window)


@register.filter
def swedish_date(value: datetime | date | None) -> str:
    """Write a day as "23 november 2026", held together on one line."""
    if not value:
        return ""
    day = timezone.localtime(value) if isinstance(value, datetime) else value
    return date_format(day, "j F Y").replace(" ", NO_BREAK_SPACE)


@register.simple_tag
def time_element(value: datetime | None, with_clock: bool = False) -> SafeString:
    """Write a point in time as a `<time>` element in Swedish time, with the clock only when asked for."""
    if not value:
        return SafeString("")
    moment = timezone.localtime(value)
    text = swedish_date(moment)
    if with_clock:
        text = f"{text} kl.{NO_BREAK_SPACE}{moment:%H.%M}"
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(timespec="minutes"), text)


@register.simple_tag(takes_context=True)
def numbered_pages(context: Context, page: Any) -> list[tuple[int | None, str]]:
    """Return the page numbers of a list, and where each leads."""
    return page_links(context["request"], page)


@register.simple_tag(takes_context=True)
def link_to_page(context: Context, number: int) -> str:
    """Return the address of another page of the same list."""
    return page_link(context["request"], number)


@register.simple_tag
def wagtail_site_name() -> str:
    """Return the name that the editor's rooms carry."""
    return settings.WAGTAIL_SITE_NAME


@register.simple_tag
def municipal_associations() -> tuple[Association, ...]:
    """Return the four associations with their municipalities."""
    return associations()


@register.inclusion_tag("components/association_map.html")
def association_map() -> dict[str, Any]:
    """Draw the 49 marks, each in its association's tone; decorative, since the names stand beside it."""
    return {"associations": associations(), "width": MAP_WIDTH, "height": MAP_HEIGHT, "radius": MARK_RADIUS}
