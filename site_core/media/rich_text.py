"""Documents linked from running text, labelled as attachments are."""

import re
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text import expand_db_html
from wagtail.rich_text.pages import PageLinkHandler

from site_core.rich_text_links import without_unsafe_links
from site_core.secrecy import current_viewer
from site_core.text import typeset
from site_core.visibility import not_over

from .library import lent_library

LABELLED_LINK = re.compile(r'<a ([^>]*?) data-document="([^"]*)">(.*?)</a>', re.DOTALL)


class PlainPageLinkHandler(PageLinkHandler):
    """Links to pages by their addresses alone, which need no more than one query however many types there are.

    A page whose time is over has no address to link to. The words stay where a link would tell the address of a draft:
    to the public, and to an editor who may not see it.
    """

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Page | None]:
        keys = _numbers(attrs_list)
        viewer = current_viewer()
        pages = {
            number: page
            for number, page in Page.objects.filter(not_over()).in_bulk(set(keys)).items()
            if page.live or (viewer and viewer.may_know(page))
        }
        return [pages.get(key) for key in keys]


class LabelledDocumentLinkHandler(DocumentLinkHandler):
    """Leaves the document's type and size on its link, for `labelled_html` to write out after the link's own words."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        return [
            f'<a href="{escape(document.url)}" data-document="{escape(document.label)}">' if document else "<a>"
            for document in cls.get_many(attrs_list)
        ]

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Any]:
        library = lent_library()
        return library.find(cls.get_model(), _numbers(attrs_list)) if library else super().get_many(attrs_list)


def _numbers(attrs_list: list[dict[str, Any]]) -> list[int]:
    """Read the numbers that links refer to, 0 for what is none."""
    ids = [str(attrs.get("id", "")) for attrs in attrs_list]
    return [int(id_) if id_.isascii() and id_.isdigit() else 0 for id_ in ids]


def labelled_html(source: str, *, new_window: bool) -> SafeString:
    """Turn stored rich text into HTML for readers, with "(Pdf, 118 kB)" inside each link to a document."""

    def write_label(match: re.Match[str]) -> str:
        attributes, label, text = match.groups()
        target = ' target="_blank" rel="noopener"' if new_window else ""
        return f"<a {attributes}{target}>{text} ({link_note(label, new_window=new_window)})</a>"

    return mark_safe(typeset(LABELLED_LINK.sub(write_label, expand_db_html(without_unsafe_links(source)))))  # noqa: S308 -- stored text is cleaned


def link_note(label: str, *, new_window: bool) -> str:
    """Say what a link to a file leads to: its label, and that it opens in a new window when it does."""
    return ", ".join([label, _("opens in a new window")]) if new_window else label


def document_link(document: Any, text: str, *, new_window: bool) -> SafeString:
    """Link to a document, with the label inside the link."""
    target = mark_safe(' target="_blank" rel="noopener"') if new_window else ""
    return format_html(
        '<a href="{}"{}>{} ({})</a>', document.url, target, text, link_note(document.label, new_window=new_window)
    )
