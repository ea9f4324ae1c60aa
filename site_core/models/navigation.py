"""The menus at the top and the bottom of every page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.models import DraftStateMixin, Page, PreviewableMixin, RevisionMixin

from site_core.blocks.links import MenuBlock
from site_core.fields import BodyField


@dataclass
class MenuLink:
    """One entry, ready to print: `path` is the page's place in the tree, to tell whether the reader is below it."""

    label: str
    href: str
    path: str = ""
    children: list["MenuLink"] = field(default_factory=list)

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

    panels = [FieldPanel("place"), FieldPanel("entries"), PublishingPanel()]

    class Meta:
        verbose_name = _("menu")
        verbose_name_plural = _("menus")

    def __str__(self) -> str:
        return str(self.get_place_display())

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "site_core/menu_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        # The page's own template tags ask for the menus: they are given this draft instead of the published one.
        request.menus = {**load_menus(), self.place: menu_links([self])[self.place]}  # type: ignore[attr-defined]
        return {**super().get_preview_context(request, mode_name), "page": None}


def load_menus() -> dict[str, list[MenuLink]]:
    """Return the published menus by place. Two queries, however many entries there are."""
    return menu_links(Menu.objects.filter(live=True))


def menu_links(menus: Iterable[Menu]) -> dict[str, list[MenuLink]]:
    """Turn menus into links; entries whose page is not live are left out, with their children."""
    raw = {menu.place: [item["value"] for item in menu.entries.raw_data] for menu in menus}
    page_ids = {link["page"] for entries in raw.values() for link in _all_links(entries) if link.get("page")}
    pages = Page.objects.live().in_bulk(page_ids) if page_ids else {}
    return {place: list(_links(entries, pages)) for place, entries in raw.items()}


def _all_links(entries: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for entry in entries:
        yield entry
        for child in entry.get("children") or ():
            yield child["value"]


def _links(entries: Iterable[dict[str, Any]], pages: dict[int, Page]) -> Iterator[MenuLink]:
    for entry in entries:
        children = list(_links([child["value"] for child in entry.get("children") or ()], pages))
        if page := pages.get(entry.get("page") or 0):
            yield MenuLink(entry.get("label") or page.title, page.url or "", page.path, children)
        elif entry.get("url"):
            yield MenuLink(entry.get("label") or entry["url"], entry["url"], "", children)
