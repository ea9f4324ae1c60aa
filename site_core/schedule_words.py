"""What editors are told of a page's hours: in words, with the weekday, and how long it is until then."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from .models import BasePage
from .times import in_words, until_in_words


def publication_in_words(page: BasePage) -> str:
    """Say what has become of a page that has just been published or scheduled; it is read anew from the database."""
    title = page.get_admin_display_title()
    waiting = page.scheduled_revision
    if waiting is None:
        sentence = _("“%(title)s” is published, %(time)s.") % {"title": title, "time": in_words(timezone.now())}
        return " ".join(part for part in (sentence, _end(page)) if part)
    values = {"title": title, **_when(waiting.approved_go_live_at)}
    if page.live:
        sentence = _("The new version of “%(title)s” is published %(time)s, %(until)s.") % values
    else:
        sentence = _("“%(title)s” is published %(time)s, %(until)s.") % values
    return " ".join(part for part in (sentence, _end(waiting.as_object())) if part)


def hours_of_draft_in_words(draft: BasePage) -> str:
    """Say which hours a draft has, that do not hold yet; empty where it has none to come."""
    go_live_at = draft.go_live_at if draft.go_live_at and draft.go_live_at > timezone.now() else None
    start = _("It is to be published %(time)s, %(until)s.") % _when(go_live_at) if go_live_at else ""
    holds_already = type(draft).objects.filter(pk=draft.pk, live=True, expire_at=draft.expire_at).exists()
    sentences = [sentence for sentence in (start, "" if holds_already else _end(draft)) if sentence]
    if not sentences:
        return ""
    return " ".join([*sentences, _("This holds when the draft has been approved or published.")])


def _end(page: BasePage) -> str:
    if page.expire_at is None or page.expire_at <= timezone.now():
        return ""
    return _("It is taken down %(time)s, %(until)s.") % _when(page.expire_at)


def _when(moment: datetime) -> dict[str, str]:
    return {"time": in_words(moment), "until": until_in_words(moment)}
