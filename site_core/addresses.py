"""Addresses of pages, worked out from the tree address alone.

Wagtail's `page.url` resolves a route for each page; a list of fifty links does not need that.
"""

from wagtail.models import Site


def page_href(url_path: str) -> str:
    """Return the address of a page from its `url_path`, relative on a single site; empty for a page of no site."""
    roots = Site.get_site_root_paths()
    for root in roots:
        if url_path.startswith(root.root_path):
            path = url_path[len(root.root_path) :]
            return f"/{path}" if len(roots) == 1 else f"{root.root_url}/{path}"
    return ""
