"""What editors do with a release beside writing it: embargo links, the embargo check, withdrawal, bypassing review."""

from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.models import Revision

from press.admin_forms import BypassForm, EmbargoLinkForm, WithdrawalForm
from press.embargo import embargo_time
from press.leaks import find_leaks
from press.models import EmbargoLink, PressReleasePage
from press.views.rights import MAY_PUBLISH, MAY_WITHDRAW, release_for
from press.withdrawing import needs_consent_to_republish, withdraw
from site_core.models import User
from site_core.schedule_words import publication_in_words
from site_core.times import in_words, until_in_words
from site_core.visibility import open_to_all


def _show(request: HttpRequest, template: str, heading: str, release: PressReleasePage, **context: Any) -> HttpResponse:
    return render(request, f"press/admin/{template}", {"release": release, "heading": heading, **context})


def embargo_links(request: HttpRequest, page_id: int) -> HttpResponse:
    """List a release's embargo links and make new ones."""
    release = release_for(request, page_id)
    form = EmbargoLinkForm(request.POST or None, release=release)
    if request.method == "POST" and form.is_valid():
        form.instance.created_by = request.user
        link = form.save()
        log(release, "press.embargo_link_made", user=request.user, data={"link": link.pk, "recipient": link.recipient})
        text = _("The link for %(recipient)s is made, and valid until %(time)s, %(until)s. Copy it from the list.")
        when = {"time": in_words(link.expires_at), "until": until_in_words(link.expires_at)}
        messages.success(request, text % {"recipient": link.recipient, **when})
        return redirect("press_embargo_links", page_id)
    links = [(link, request.build_absolute_uri(link.href)) for link in release.embargo_links.all()]
    is_public = open_to_all(PressReleasePage.objects.filter(pk=page_id)).exists()
    return _show(
        request,
        "embargo_links.html",
        _("Embargo links"),
        release,
        form=form,
        links=links,
        is_public=is_public,
        embargo_time=embargo_time(release),
    )


@require_POST
def revoke_embargo_link(request: HttpRequest, page_id: int, link_id: int) -> HttpResponse:
    """End a link at once."""
    release = release_for(request, page_id)
    link = get_object_or_404(EmbargoLink, pk=link_id, release=release)
    if link.revoked_at is None:
        link.revoke()
        data = {"link": link.pk, "recipient": link.recipient}
        log(release, "press.embargo_link_revoked", user=request.user, data=data)
    messages.success(request, _("The link no longer works."))
    return redirect("press_embargo_links", page_id)


def embargo_check(request: HttpRequest, page_id: int) -> HttpResponse:
    """Look at every place where the release might show, as a stranger would, and tell what was there."""
    release = release_for(request, page_id)
    if open_to_all(PressReleasePage.objects.filter(pk=page_id)).exists():
        return _show(request, "embargo_check.html", _("Check the embargo"), release, is_public=True)
    findings = find_leaks(release)
    return _show(
        request,
        "embargo_check.html",
        _("Check the embargo"),
        release,
        findings=findings,
        leaks=[finding for finding in findings if not finding.is_closed],
        embargo_time=embargo_time(release),
    )


def withdraw_release(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take a published release back."""
    release = release_for(request, page_id, MAY_WITHDRAW)
    # Not `can_unpublish`: a lock, such as a schedule puts on the page, must not stand in the way of taking it back.
    if not release.live or release.withdrawn:
        messages.error(request, _("Only a published release can be withdrawn, and only once."))
        return redirect("wagtailadmin_pages:edit", page_id)
    form = WithdrawalForm(request.POST or None, release=release)
    if request.method == "POST" and form.is_valid():
        user = get_object_or_404(User, pk=request.user.pk)
        data = form.cleaned_data
        try:
            with transaction.atomic():
                withdraw(release, data["kind"], data["reason"], by=user, replacement=data["replacement"])
        except IntegrityError:
            messages.error(request, _("Somebody else has just withdrawn the release."))
        else:
            messages.success(request, _("The release is withdrawn."))
        return redirect("wagtailadmin_explore", release.get_parent().pk)
    return _show(request, "withdraw.html", _("Withdraw"), release, form=form)


def publish_without_review(request: HttpRequest, page_id: int, revision_id: int) -> HttpResponse:
    """Publish, or schedule, a saved revision that no colleague has approved, with a reason for the log."""
    release = release_for(request, page_id, MAY_PUBLISH)
    revision = get_object_or_404(Revision.page_revisions.for_instance(release), pk=revision_id)
    withdrawal = needs_consent_to_republish(release)
    form = BypassForm(request.POST or None, withdrawal=withdrawal)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            data = {"reason": form.cleaned_data["reason"]}
            log(release, "press.review_bypassed", user=request.user, revision=revision, data=data)
            if state := release.current_workflow_state:
                state.cancel(user=request.user)
            PublishPageRevisionAction(revision, user=request.user, changed=True).execute()
        release = PressReleasePage.objects.get(pk=page_id)
        edit = messages.button(reverse("wagtailadmin_pages:edit", args=[page_id]), _("Edit"))
        messages.success(request, publication_in_words(release), buttons=[edit])
        return redirect("wagtailadmin_explore", release.get_parent().pk)
    return _show(
        request,
        "without_review.html",
        _("Publish without review"),
        release,
        form=form,
        revision=revision,
        withdrawal=withdrawal,
    )
