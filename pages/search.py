"""Search over the site's public pages."""

from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import EmptyPage, Paginator
from django.core.paginator import Page as ResultPage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from site_core.pagination import page_number
from site_core.text import searchable_stems

MAX_QUERY_LENGTH = 200
MAX_WORDS = 12


@dataclass
class Search:
    """What a visitor asked for, and what was found."""

    words: str
    results: ResultPage | None


def clean_words(raw: str) -> str:
    """Make one tidy line of what was typed: no control characters, single spaces, of sensible length."""
    printable = "".join(character if character.isprintable() else " " for character in raw[: MAX_QUERY_LENGTH * 4])
    return " ".join(printable.split())[:MAX_QUERY_LENGTH].strip()


def find_pages(words: str, number: int) -> ResultPage:
    """Search public pages for all of the words, by their Swedish stems; 404 for a page of hits that does not exist.

    The last word is matched as the beginning of one, so that "kommun" also finds "kommunalförbund".
    """
    stems = searchable_stems(words)[:MAX_WORDS]
    pages = Page.objects.live().public().filter(depth__gt=1)
    hits = pages.autocomplete(" ".join(stems)) if stems else []
    paginator = Paginator(hits, settings.SEARCH_RESULTS_PER_PAGE)
    try:
        found = paginator.page(number)
    except EmptyPage as error:
        raise Http404 from error
    found.object_list = _specific(list(found.object_list))
    return found


def _specific(pages: list[Page]) -> list[Page]:
    by_id = {page.pk: page for page in Page.objects.filter(pk__in=[page.pk for page in pages]).specific()}
    return [by_id[page.pk] for page in pages]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The search page: hits as a list with dates, or help when there are none."""
    words = clean_words(request.GET.get("q", ""))
    results = find_pages(words, page_number(request)) if words else None
    return render(request, "pages/search.html", {"search": Search(words, results)})
