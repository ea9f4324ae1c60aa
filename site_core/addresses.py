"""Addresses of pages, worked out from the tree address alone.

Wagtail's `page.url` resolves a route for each page; a list of fifty links does not need that.
"""

from typing import TypeVar

from django.http import Http404
from wagtail.models import Page, Site

from .visibility import open_to_all

AnyPage = TypeVar("AnyPage", bound=Page)


def page_href(url_path: str) -> str:
    """Return the address of a page from its `url_path`, relative on a single site; empty for a page of no site."""
    roots = Site.get_site_root_paths()
    for root in roots:
        if url_path.startswith(root.root_path):
            path = url_path[len(root.root_path) :]
            return f"/{path}" if len(roots) == 1 else f"{root.root_url}/{path}"
    return ""


def find_open_page(model: type[AnyPage], path: str) -> AnyPage:
    """Find a page of one kind that anybody may see, by its address without the first slash; 404 where there is none."""
    addresses = [f"{root.root_path}{path}" for root in Site.get_site_root_paths()]
    page = open_to_all(model._default_manager.filter(url_path__in=addresses)).first()
    if page is None:
        raise Http404
    return page
