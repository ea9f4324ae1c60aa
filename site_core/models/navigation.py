"""The menus at the top and the bottom of every page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks.stream_block import StreamValue
from wagtail.models import DraftStateMixin, Page, PreviewableMixin, RevisionMixin

from site_core.addresses import page_href
from site_core.blocks.links import MenuBlock
from site_core.fields import BodyField
from site_core.panels import SchedulePanel
from site_core.schedule_forms import ScheduleForm
from site_core.validators import safe_link
from site_core.visibility import live_now


@dataclass
class MenuLink:
    """One entry, ready to print: `path` is the page's place in the tree, to tell whether the reader is below it."""

    label: str
    href: str
    path: str = ""
    children: list["MenuLink"] = field(default_factory=list)
    # When the page that it leads to, or the menu, is over.
    until: datetime | None = None

    def holds(self, page_path: str) -> bool:
        return bool(self.path) and page_path.startswith(self.path)


class Menu(PreviewableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """The entries of one menu, at most two levels, with drafts and preview."""

    class Place(models.TextChoices):
        MAIN = "main", _("Main menu, at the top")
        FOOTER = "footer", _("Footer, at the bottom")

    place = models.CharField(
        _("place"),
        max_length=10,
        choices=Place,
        unique=True,
        error_messages={"unique": _("That menu exists already: change the one there is.")},
    )
    entries = BodyField(MenuBlock(), verbose_name=_("entries"))

    panels = [FieldPanel("place"), FieldPanel("entries"), SchedulePanel()]
    base_form_class = ScheduleForm

    class Meta:
        verbose_name = _("menu")
        verbose_name_plural = _("menus")

    def __str__(self) -> str:
        return str(self.get_place_display())

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "site_core/menu_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        # The page's own template tags ask for the menus: they are given this draft instead of the published one.
        request.menus = {**load_menus(), self.place: menu_links(self)[self.place]}  # type: ignore[attr-defined]
        return {**super().get_preview_context(request, mode_name), "page": None}


def load_menus() -> dict[str, list[MenuLink]]:
    """Return the published menus by place. Two queries, however many entries there are."""
    rows = list(live_now(Menu.objects.all()).values_list("place", "entries", "expire_at"))
    return _resolve({place: entries for place, entries, _end in rows}, {place: end for place, _entries, end in rows})


def menu_links(menu: Menu) -> dict[str, list[MenuLink]]:
    """Return the links of one menu, published or not."""
    return _resolve({menu.place: menu.entries}, {})


def soonest_end(links: Iterable[MenuLink]) -> datetime | None:
    """Return when the first of some links, or of those below them, is over."""
    ends = [end for link in links for end in (link.until, soonest_end(link.children)) if end]
    return min(ends, default=None)


def _resolve(menus: dict[str, StreamValue], ends: dict[str, datetime | None]) -> dict[str, list[MenuLink]]:
    """Turn entries into links; those whose page is not live are left out, with their children."""
    raw = {place: [item["value"] for item in entries.raw_data] for place, entries in menus.items()}
    page_ids = {link["page"] for entries in raw.values() for link in _all_links(entries) if link.get("page")}
    columns = ("pk", "title", "url_path", "path", "expire_at")
    rows = live_now(Page.objects.filter(pk__in=page_ids)).values_list(*columns) if page_ids else ()
    pages = {pk: MenuLink(title, page_href(url_path), path, until=end) for pk, title, url_path, path, end in rows}
    return {place: list(_links(entries, pages, ends.get(place))) for place, entries in raw.items()}


def _all_links(entries: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for entry in entries:
        yield entry
        for child in entry.get("children") or ():
            yield child["value"]


def _links(
    entries: Iterable[dict[str, Any]], pages: dict[int, MenuLink], menu_ends: datetime | None
) -> Iterator[MenuLink]:
    for entry in entries:
        children = list(_links([child["value"] for child in entry.get("children") or ()], pages, menu_ends))
        if page := pages.get(entry.get("page") or 0):
            end = min((moment for moment in (page.until, menu_ends) if moment), default=None)
            yield replace(page, label=entry.get("label") or page.label, children=children, until=end)
        elif address := safe_link(entry.get("url") or ""):
            yield MenuLink(entry.get("label") or address, address, "", children, menu_ends)
