"""What there is to ask of the search and the site maps about a page that is not public."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from site_core.public_addresses import Answer, Question, Secret, register_asking

from .search import BY_DATE
from .sitemaps import SECTIONS

MAPS = _("Site maps")


def ask_search(secret: Secret) -> Iterator[Question]:
    """Search for the title, which the page of hits repeats."""
    for title in sorted(secret.titles):
        for order in ("", BY_DATE):
            query = urlencode({"q": title, "ordning": order})
            yield Question(_("Search"), f"{reverse('search')}?{query}", Answer.ECHO)


def ask_for_map_index(secret: Secret) -> Iterator[Question]:
    yield Question(MAPS, reverse("sitemap_index"))


def ask_for_maps(secret: Secret) -> Iterator[Question]:
    for section in SECTIONS:
        yield Question(MAPS, reverse("sitemap", args=[section]))


def ask_for_news_map(secret: Secret) -> Iterator[Question]:
    yield Question(MAPS, reverse("news_sitemap"))


def register() -> None:
    register_asking("search", ask_search)
    register_asking("sitemap_index", ask_for_map_index)
    register_asking("sitemap", ask_for_maps)
    register_asking("news_sitemap", ask_for_news_map)
