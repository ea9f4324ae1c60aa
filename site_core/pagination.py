"""Pages of a long list."""

from django.core.paginator import Page
from django.http import Http404, HttpRequest

PARAMETER = "sida"


def page_number(request: HttpRequest) -> int:
    """Read the page asked for; 404 for what is no whole number from 1 up."""
    value = request.GET.get(PARAMETER, "1")
    if not (value.isascii() and value.isdigit()) or len(value) > 6 or int(value) < 1:
        raise Http404
    return int(value)


def page_link(request: HttpRequest, number: int) -> str:
    """Return the query string of another page of the same list, empty for the first page of a plain list."""
    query = request.GET.copy()
    query.pop(PARAMETER, None)
    if number > 1:
        query[PARAMETER] = str(number)
    encoded = query.urlencode()
    return f"?{encoded}" if encoded else request.path


def page_links(request: HttpRequest, page: Page) -> list[tuple[int | None, str]]:
    """Return the numbers to show and where each leads; None stands for a gap."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [(number, page_link(request, number)) if isinstance(number, int) else (None, "") for number in numbers]
