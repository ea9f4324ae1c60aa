"""What the letters say: text first, then the same as HTML with its style written into it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Site

from site_core.models import OrganisationSettings
from site_core.text import swedish_date

from .models import Announcement, Frequency, Mailing, Request
from .naming import frequency_phrase, subject_names
from .tokens import address_of, confirm_token, manage_token

# What stands in a letter to many where each reader's own links go: words that no editor writes.
MANAGE_HERE, LEAVE_HERE = "XXMANAGEADDRESSXX", "XXLEAVEADDRESSXX"


@dataclass(frozen=True)
class Letter:
    """A letter without its addressee."""

    subject: str
    text: str
    html: str

    def with_links(self, manage: str, leave: str) -> "Letter":
        return replace(
            self,
            text=self.text.replace(MANAGE_HERE, manage).replace(LEAVE_HERE, leave),
            html=self.html.replace(MANAGE_HERE, manage).replace(LEAVE_HERE, leave),
        )


def organisation() -> OrganisationSettings:
    return OrganisationSettings.for_site(Site.objects.get(is_default_site=True))


def compose_news(announcement: Announcement) -> Letter:
    """Compose the letter that tells one announcement at once."""
    subject = announcement.title if announcement.is_new else _("Changed: %(title)s") % {"title": announcement.title}
    return _compose("news", subject, announcements=[announcement], kind=Mailing.Kind.IMMEDIATE, **_bulk())


def compose_digest(mailing: Mailing, announcements: Sequence[Announcement]) -> Letter:
    """Compose a digest; a page that was announced twice stands there once, as it is now."""
    pages: dict[int, Announcement] = {}
    for item in announcements:
        key = item.page_id or -item.pk
        if key in pages:
            item.take_over(pages[key])
        pages[key] = item
    items = list(pages.values())
    name = organisation().short_name
    first = items[0].title
    others = len(items) - 1
    subject = first
    if others:
        subject = ngettext("%(first)s and %(number)d more", "%(first)s and %(number)d more", others) % {
            "first": first,
            "number": others,
        }
    heading = _("News from %(name)s, %(day)s") % {"name": name, "day": swedish_date(mailing.ends_at)}
    return _compose("news", subject, announcements=items, kind=mailing.kind, heading=heading, **_bulk())


def compose_answer(request: Request) -> Letter:
    """Compose the letter that answers a form: a link to confirm with, or to manage a subscription by."""
    name = organisation().short_name
    if request.kind == Request.Kind.MANAGE:
        if request.subscriber is None:
            return _compose("no_subscription", _("Your subscription"))
        link = address_of("manage", manage_token(request.subscriber))
        return _compose("manage", _("Your subscription"), link=link)
    link = address_of("confirm", confirm_token(request))
    if request.kind == Request.Kind.NEW_ADDRESS:
        return _compose("new_address", _("Confirm your new address"), link=link)
    return _compose(
        "confirm",
        _("Confirm your subscription to news from %(name)s") % {"name": name},
        link=link,
        subjects=subject_names(request.subjects),
        everything=request.everything,
        frequency=Frequency(request.frequency).label,
        subscriber=request.subscriber,
    )


def _bulk() -> dict[str, str]:
    return {"manage": MANAGE_HERE, "leave": LEAVE_HERE}


def _compose(template: str, subject: str, **context: Any) -> Letter:
    context |= {
        "subject": subject,
        "organisation": organisation(),
        "base_url": settings.WAGTAILADMIN_BASE_URL,
        "why": frequency_phrase(context["kind"]) if "kind" in context else "",
    }
    text = render_to_string(f"emails/{template}.txt", context)
    html = render_to_string(f"emails/{template}.html", context)
    style = render_to_string("emails/letter.css", context)
    # No style of a letter lies in a file elsewhere, and rules that can't be written into the elements stay above them.
    inliner = css_inline.CSSInliner(extra_css=style, load_remote_stylesheets=False, keep_at_rules=True)
    return Letter(" ".join(subject.split()), _tidy(text), inliner.inline(html))


def _tidy(text: str) -> str:
    """Leave out what templates leave behind: spaces at the ends of lines and more than one empty line."""
    lines: list[str] = []
    for line in (line.strip() for line in text.strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines) + "\n"
