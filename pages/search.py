"""Search over the site's public pages."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.paginator import EmptyPage, Paginator
from django.core.paginator import Page as ResultPage
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from wagtail.models import Page

from press.listing import Facets, Selection, count
from press.models import PressReleasePage, Withdrawal
from site_core.media.library import MediaLibrary
from site_core.models import BasePage
from site_core.pagination import page_number
from site_core.text import excerpt, highlight, searchable_stems
from site_core.visibility import open_by_path

MAX_QUERY_LENGTH = 200
MAX_WORDS = 12
BY_DATE = "datum"
RELEASES, OTHER_PAGES = "press", "sidor"


@dataclass
class Hit:
    """A page that was found, with what was asked for marked in it."""

    page: BasePage
    stems: list[str]
    is_withdrawn: bool = False

    @property
    def title(self) -> SafeString:
        return highlight(self.page.title, self.stems)

    @property
    def text(self) -> SafeString:
        """The summary, or the place in the text where the words stand if the summary lacks them."""
        return excerpt(self.page.summary, self.page.search_text, self.stems)

    @property
    def date(self) -> datetime | None:
        return self.page.first_published_at if self.is_release else self.page.public_updated_at

    @property
    def is_release(self) -> bool:
        return isinstance(self.page, PressReleasePage)


@dataclass
class Search:
    """What a visitor asks for."""

    words: str
    selection: Selection
    kind: str = ""
    order: str = ""
    results: ResultPage | None = field(default=None, init=False)

    @classmethod
    def read(cls, query: QueryDict) -> "Search":
        """Read what was asked for; 404 for a topic, a municipality or a year that can't be."""
        kind, order = query.get("typ", ""), query.get("ordning", "")
        return cls(
            clean_words(query.get("q", "")),
            Selection.read("", query),
            kind if kind in {RELEASES, OTHER_PAGES} else "",
            order if order == BY_DATE else "",
        )

    @cached_property
    def stems(self) -> list[str]:
        return searchable_stems(self.words)[:MAX_WORDS]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.selection.parts)

    @cached_property
    def choices(self) -> Facets:
        """The years, topics and municipalities that there are releases of."""
        return count(PressReleasePage.objects.in_order(), Selection(""))

    def run(self, number: int) -> None:
        """Find public pages with all of the words, by their Swedish stems; 404 for a page of hits that does not exist.

        The last word is matched as the beginning of one, so that "kommun" also finds "kommunalförbund".
        """
        hits: Any = []
        if self.stems:
            pages = self._ordered(self._narrowed(open_by_path(Page.objects.filter(depth__gt=1))))
            hits = pages.autocomplete(" ".join(self.stems), order_by_relevance=False)
        try:
            self.results = Paginator(hits, settings.SEARCH_RESULTS_PER_PAGE).page(number)
        except EmptyPage as error:
            raise Http404 from error
        found = _specific(list(self.results.object_list))
        # The words of a page are also the names of its documents: they are fetched for all hits together.
        library = MediaLibrary.fetch(set(), set().union(*(page.body_media_ids()[1] for page in found)))
        for page in found:
            page.fill_bodies(library)
        numbers = [page.pk for page in found]
        withdrawn = set(Withdrawal.objects.filter(release__in=numbers).values_list("release", flat=True))
        self.results.object_list = [Hit(page, self.stems, page.pk in withdrawn) for page in found]

    def _narrowed(self, pages: Any) -> Any:
        chosen = self.selection
        pages = chosen.in_year(pages, "first_published_at")
        if chosen.topic or chosen.municipality or self.kind == RELEASES:
            pages = pages.type(PressReleasePage)
        elif self.kind == OTHER_PAGES:
            pages = pages.not_type(PressReleasePage)
        if chosen.topic or chosen.municipality:
            about = chosen.about(PressReleasePage.objects.all())
            pages = pages.filter(id__in=list(about.values_list("pk", flat=True)))
        return pages

    def _ordered(self, pages: Any) -> Any:
        """Put pages with more of the words in their titles first, unless only the date counts, then the newest."""
        newest = F("first_published_at").desc(nulls_last=True), F("pk").desc()
        if self.order == BY_DATE:
            return pages.order_by(*newest)
        in_title: Any = Value(0)
        for stem in self.stems:
            # SQLite ignores the case of a to z alone.
            is_there = Q(title__icontains=stem) | Q(title__contains=stem.capitalize())
            in_title = in_title + Case(When(is_there, then=1), default=0, output_field=IntegerField())
        return pages.order_by(in_title.desc(), *newest)


def clean_words(raw: str) -> str:
    """Make one tidy line of what was typed: no control characters, single spaces, of sensible length."""
    printable = "".join(character if character.isprintable() else " " for character in raw[: MAX_QUERY_LENGTH * 4])
    return " ".join(printable.split())[:MAX_QUERY_LENGTH].strip()


def _specific(pages: list[Page]) -> list[BasePage]:
    by_id = {page.pk: page for page in Page.objects.filter(pk__in=[page.pk for page in pages]).specific()}
    return [by_id[page.pk] for page in pages]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The search page: hits as a list with dates, or help when there are none."""
    asked = Search.read(request.GET)
    if asked.words:
        asked.run(page_number(request))
    return render(request, "pages/search.html", {"search": asked})
