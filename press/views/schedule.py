"""Stopping and moving a publication that waits for its hour: for everybody who may write the release."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from press.admin_forms import MoveForm
from press.models import PressReleasePage
from press.rescheduling import NotScheduledError, move, stop
from press.views.rights import release_for
from site_core.models import User
from site_core.schedule_words import publication_in_words
from site_core.times import in_words


def stop_schedule(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask, and then let the release wait for nothing."""
    release = release_for(request, page_id)
    if release.scheduled_revision is None:
        return _too_late(request, release)
    if request.method != "POST":
        return _ask(request, "stop_schedule.html", _("Stop the publication"), release)
    try:
        hour = stop(release, by=_user(request))
    except NotScheduledError:
        return _too_late(request, release)
    values = {"title": release.get_admin_display_title(), "time": in_words(hour)}
    if release.live:
        text = _("The new version of “%(title)s” is not published %(time)s: it is a draft again.")
    else:
        text = _("“%(title)s” is not published %(time)s: it is a draft again.")
    messages.success(request, text % values)
    return redirect("wagtailadmin_pages:edit", page_id)


def move_schedule(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask for another hour, and let what was approved go out then."""
    release = release_for(request, page_id)
    if release.scheduled_revision is None:
        return _too_late(request, release)
    form = MoveForm(request.POST or None, revision=release.scheduled_revision)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, "move_schedule.html", _("Move the publication"), release, form=form)
    try:
        move(release, form.cleaned_data["go_live_at"], by=_user(request))
    except NotScheduledError:
        return _too_late(request, release)
    messages.success(request, publication_in_words(PressReleasePage.objects.get(pk=page_id)))
    return redirect("wagtailadmin_explore", release.get_parent().pk)


def tell_what_waits(request: HttpRequest, release: PressReleasePage) -> None:
    """Say at the top of the editor, which is locked meanwhile, when the release goes out, and offer to change that."""
    stop_it, move_it = (reverse(name, args=[release.pk]) for name in ("press_stop_schedule", "press_move_schedule"))
    buttons = [
        messages.button(move_it, _("Move the publication")),
        messages.button(stop_it, _("Stop the publication")),
    ]
    messages.info(request, publication_in_words(release), buttons=buttons)


def _user(request: HttpRequest) -> User:
    return get_object_or_404(User, pk=request.user.pk)


def _too_late(request: HttpRequest, release: PressReleasePage) -> HttpResponse:
    title = release.get_admin_display_title()
    if PressReleasePage.objects.filter(pk=release.pk, live=True).exists():
        text = _("“%(title)s” waits for no hour: it is published. You can withdraw it.")
    else:
        text = _("“%(title)s” waits for no hour: somebody has stopped it already.")
    messages.error(request, text % {"title": title})
    return redirect("wagtailadmin_pages:edit", release.pk)


def _ask(request: HttpRequest, template: str, heading: str, release: PressReleasePage, **context: Any) -> HttpResponse:
    context = {"release": release, "heading": heading, "what_waits": publication_in_words(release), **context}
    return render(request, f"press/admin/{template}", context)
