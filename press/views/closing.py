"""Who may see a draft: closing it, opening it again, and an administrator's way in."""

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import PageLogEntry

from press.closing import CLOSED, ENTERED, OPENED, SEEN, close, enter, nobody_can_review, open_again
from press.closing_forms import ClosingForm, EnteringForm
from press.models import ClosedDraft, PressReleasePage
from press.models.closing import person_name
from press.views.rights import release_for
from site_core.models import User

MOST_LINES = 100


def closing(request: HttpRequest, page_id: int) -> HttpResponse:
    """Choose whom a draft stays open to, and see who has looked at it."""
    release = release_for(request, page_id)
    if release.first_published_at:
        messages.error(request, _("The release has been published: it can't be closed any more."))
        return redirect("wagtailadmin_pages:edit", page_id)
    form = ClosingForm(request.POST or None, release=release, by=request.user)
    if request.method == "POST" and form.is_valid():
        closed = close(release, form.cleaned_data["users"], form.cleaned_data["groups"], by=request.user)
        text = _("The draft is closed to others. Only these see it: %(names)s.")
        messages.success(request, text % {"names": closed.names})
        return redirect("press_closing", page_id)
    found = ClosedDraft.objects.filter(release=page_id).first()
    author = release.owner if release.owner_id != request.user.pk else None
    return render(
        request,
        "press/admin/closing.html",
        {
            "release": release,
            "heading": _("Closed to others") if found else _("Close to others"),
            "button": _("Save") if found else _("Close to others"),
            "form": form,
            "closed": found,
            "author": person_name(author) if author else "",
            "nobody_can_review": found is not None and nobody_can_review(found),
            "lines": _lines(release),
        },
    )


def _lines(release: PressReleasePage) -> Any:
    lines = PageLogEntry.objects.filter(page=release.pk, action__in=[SEEN, ENTERED, CLOSED, OPENED])
    return lines.select_related("user").order_by("-timestamp", "-pk")[:MOST_LINES]


@require_POST
def open_closed(request: HttpRequest, page_id: int) -> HttpResponse:
    """Open a closed draft to every editor again."""
    if open_again(release_for(request, page_id), by=request.user):
        messages.success(request, _("The draft is open to every editor again."))
    return redirect("wagtailadmin_pages:edit", page_id)


def for_administrators(view: Any) -> Any:
    """Let only administrators see a view."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_superuser:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@for_administrators
def closed_drafts(request: HttpRequest) -> HttpResponse:
    """List the closed drafts without telling what they are about."""
    shut = set(ClosedDraft.objects.outside_of(request.user).values_list("pk", flat=True))
    drafts = ClosedDraft.objects.standing().select_related("closed_by", "release").order_by("-closed_at")
    context = {"heading": _("Closed drafts"), "drafts": drafts, "shut": shut}
    return render(request, "press/admin/closed_drafts.html", context)


@for_administrators
def enter_closed(request: HttpRequest, closing_id: int) -> HttpResponse:
    """Let an administrator in to a closed draft, with a reason for those whom it is open to."""
    draft = get_object_or_404(ClosedDraft.objects.outside_of(request.user), pk=closing_id)
    form = EnteringForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        enter(draft, form.cleaned_data["reason"], by=get_object_or_404(User, pk=request.user.pk))
        return redirect("wagtailadmin_pages:edit", draft.release_id)
    context = {"heading": _("Let yourself in to a closed draft"), "draft": draft, "form": form}
    return render(request, "press/admin/enter_closed.html", context)
