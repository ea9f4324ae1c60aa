"""Links in running text: asked about when text is saved, and again when it is shown."""

import re
from html import unescape

from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .validators import is_safe_link

WRITTEN_LINK = re.compile(r"<a (?![^>]*\blinktype=)([^>]*)>")
ADDRESS = re.compile(r'\bhref="([^"]*)"')


def validate_rich_text_links(html: str) -> None:
    """Refuse running text with a link that leads nowhere that a reader can go, and name each such link by its words."""
    if "<a" not in html:
        return
    errors = [
        ValidationError(
            _("The link “%(words)s” leads to an address that can't be used: %(address)s"),
            code="invalid",
            params={"words": link.get_text(" ", strip=True), "address": link.get("href") or _("no address")},
        )
        for link in BeautifulSoup(html, "html.parser").find_all("a")
        if not link.get("linktype") and not is_safe_link(str(link.get("href", "")), anchors=True)
    ]
    if errors:
        raise ValidationError(errors)


def without_unsafe_links(html: str) -> str:
    """Take the address away from each link that was stored before links were checked and would lead readers astray."""

    def check(match: re.Match[str]) -> str:
        address = ADDRESS.search(match[1])
        safe = address is not None and is_safe_link(unescape(address[1]), anchors=True)
        return match[0] if safe else "<a>"

    return WRITTEN_LINK.sub(check, html)
