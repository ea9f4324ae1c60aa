"""Template tags and filters of the public pages, loaded in every template."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page

from site_core.blocks.showing import shown_parts
from site_core.frame import Frame, frame_for
from site_core.media.library import MediaLibrary
from site_core.media.rich_text import document_link as build_document_link
from site_core.media.rich_text import labelled_html
from site_core.models import OrganisationSettings
from site_core.models.base_page import HOME_DEPTH
from site_core.models.navigation import MenuLink
from site_core.municipalities import MAP_HEIGHT, MAP_WIDTH, MARK_RADIUS, Association, associations
from site_core.pagination import page_link, page_links
from site_core.structured_data import script_element
from site_core.text import NO_BREAK_SPACE, swedish_date, typeset
from site_core.times import in_words, until_in_words

register = template.Library()


def organisation_for(context: Context) -> OrganisationSettings:
    """Return the organisation from the frame that the base template made, or from a new one."""
    if frame := context.get("frame"):
        return frame.organisation
    request: HttpRequest | None = context.get("request")
    return frame_for(request).organisation if request else OrganisationSettings()


@register.simple_tag(takes_context=True)
def site_frame(context: Context) -> Frame:
    """Return the organisation and the menus, for `{% site_frame as frame %}` at the top of the base template."""
    request: HttpRequest = context["request"]
    frame = frame_for(request)
    if draft := getattr(request, "menus", None):
        return replace(frame, main_menu=draft.get("main", []), footer_menu=draft.get("footer", []))
    return frame


@register.simple_tag(takes_context=True)
def aria_current(context: Context, link: MenuLink) -> SafeString:
    """Mark the menu entry of the page itself, or the entry that the page lies below."""
    page = context.get("page")
    if not page or not getattr(page, "path", "") or not link.path:
        return SafeString("")
    if link.path == page.path:
        return SafeString(' aria-current="page"')
    # Everything lies below the home page: that a reader is there would be true everywhere.
    is_home = len(link.path) <= HOME_DEPTH * page.steplen
    return SafeString(' aria-current="true"') if link.holds(page.path) and not is_home else SafeString("")


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
def body_parts(context: Context, stream: Any) -> list[SafeString]:
    """Return the parts of a body that show anything."""
    flat: Any = context.flatten()
    return shown_parts(stream, flat)


@register.simple_tag(takes_context=True)
def document_link(context: Context, document: AbstractDocument, text: str) -> SafeString:
    """Link to a document with its type, its size and whether it opens in a new window."""
    return build_document_link(document, text, new_window=organisation_for(context).documents_open_in_new_window)


@register.simple_tag
@cache
def asset(path: str) -> str:
    """Return the address of a static file, worked out once in each process: it changes with a deployment only."""
    return static(path)


@register.simple_tag(takes_context=True)
def structured_data(context: Context) -> SafeString:
    """Write what machines are told of the page."""
    page = context["page"]
    return script_element(page.structured_data(organisation_for(context)))


register.filter("typeset", typeset)
register.filter("in_words", in_words)
register.filter("until_in_words", until_in_words)


register.filter("swedish_date", swedish_date)


@register.simple_tag
def time_element(value: datetime | None, with_clock: bool = False) -> SafeString:
    """Write a point in time as a `<time>` element in Swedish time, with the clock only when asked for."""
    if not value:
        return SafeString("")
    moment = timezone.localtime(value)
    clock = f" kl.{NO_BREAK_SPACE}{moment:%H.%M}" if with_clock else ""
    # Digits and month names only: there is nothing in it to escape.
    return SafeString(f'<time datetime="{moment.isoformat(timespec="minutes")}">{swedish_date(moment)}{clock}</time>')


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
def page_type_icon(app_label: str, model_name: str) -> str:
    """Return the icon of a page type, for the list of types that an editor chooses from."""
    return getattr(apps.get_model(app_label, model_name), "admin_icon", "doc-empty-inverse")


@register.simple_tag
def municipal_associations() -> tuple[Association, ...]:
    """Return the four associations with their municipalities."""
    return associations()


@register.inclusion_tag("components/association_map.html")
def association_map() -> dict[str, Any]:
    """Draw the 49 marks, each in its association's tone; decorative, since the names stand beside it."""
    return {"associations": associations(), "width": MAP_WIDTH, "height": MAP_HEIGHT, "radius": MARK_RADIUS}


@register.filter
def kind_and_name(item: Any) -> str:
    """Name something with what it is, as in "Dokument ”Rapport”"."""
    name = item.get_admin_display_title() if isinstance(item, Page) else str(item)
    return f"{capfirst(item._meta.verbose_name)} ”{name}”"
