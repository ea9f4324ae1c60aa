"""The editor's room for drafts that have been deleted."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from site_core.bin import NowhereToPut, place_for, take_back
from site_core.models import DeletedDraft


def deleted_drafts(request: HttpRequest) -> HttpResponse:
    """List the drafts that somebody may take back."""
    drafts = DeletedDraft.objects.for_user(request.user).select_related("content_type", "deleted_by")
    return render(request, "site_core/admin/deleted_drafts.html", {"drafts": drafts})


@require_POST
def restore_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a deleted draft back where it was."""
    draft = get_object_or_404(DeletedDraft.objects.for_user(request.user), pk=pk)
    try:
        place = place_for(draft)
    except NowhereToPut:
        messages.error(request, _("The page that it lay below is gone: it can't be put back."))
        return redirect("deleted_drafts")
    if not place.specific.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    try:
        page = take_back(draft)
    except DeletedDraft.DoesNotExist:
        # Pressed twice.
        return redirect("deleted_drafts")
    edit = messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Edit"))
    messages.success(
        request, _("“%(title)s” is back as a draft.") % {"title": page.get_admin_display_title()}, buttons=[edit]
    )
    return redirect("deleted_drafts")
