"""The menus at the top and the bottom of every page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.blocks.stream_block import StreamValue
from wagtail.models import DraftStateMixin, Page, PreviewableMixin, RevisionMixin

from site_core.addresses import page_href
from site_core.blocks.links import MenuBlock
from site_core.fields import BodyField
from site_core.media.forms import FilesForm


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

    base_form_class = FilesForm
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
        request.menus = {**load_menus(), self.place: menu_links(self)[self.place]}  # type: ignore[attr-defined]
        return {**super().get_preview_context(request, mode_name), "page": None}


def load_menus() -> dict[str, list[MenuLink]]:
    """Return the published menus by place. Two queries, however many entries there are."""
    return _resolve(dict(Menu.objects.filter(live=True).values_list("place", "entries")))


def menu_links(menu: Menu) -> dict[str, list[MenuLink]]:
    """Return the links of one menu, published or not."""
    return _resolve({menu.place: menu.entries})


def _resolve(menus: dict[str, StreamValue]) -> dict[str, list[MenuLink]]:
    """Turn entries into links; those whose page is not live are left out, with their children."""
    raw = {place: [item["value"] for item in entries.raw_data] for place, entries in menus.items()}
    page_ids = {link["page"] for entries in raw.values() for link in _all_links(entries) if link.get("page")}
    rows = Page.objects.filter(live=True, pk__in=page_ids).values_list("pk", "title", "url_path", "path")
    pages = {pk: MenuLink(title, page_href(url_path), path) for pk, title, url_path, path in rows} if page_ids else {}
    return {place: list(_links(entries, pages)) for place, entries in raw.items()}


def _all_links(entries: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for entry in entries:
        yield entry
        for child in entry.get("children") or ():
            yield child["value"]


def _links(entries: Iterable[dict[str, Any]], pages: dict[int, MenuLink]) -> Iterator[MenuLink]:
    for entry in entries:
        children = list(_links([child["value"] for child in entry.get("children") or ()], pages))
        if page := pages.get(entry.get("page") or 0):
            yield replace(page, label=entry.get("label") or page.label, children=children)
        elif entry.get("url"):
            yield MenuLink(entry.get("label") or entry["url"], entry["url"], "", children)
