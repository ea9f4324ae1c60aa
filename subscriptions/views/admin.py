"""The communicator's rooms: what is mailed, to whom, and what can still be stopped."""

import csv
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.models import Page

from site_core.models import BasePage
from subscriptions import reports
from subscriptions.addresses import address_hash, readable
from subscriptions.announcing import stop
from subscriptions.composing import Letter
from subscriptions.forecast import Forecast, forecast, forecast_of
from subscriptions.forms import AddressForm
from subscriptions.leaving import end_subscription
from subscriptions.models import Announcement, Frequency, Mailing, Subscriber, Suppression
from subscriptions.naming import all_subject_names, subject_names
from subscriptions.resending import resend, unreached

from .public import View

VIEW, STOP, RESEND = (f"subscriptions.{name}_mailing" for name in ("view", "stop", "resend"))
EXPORT = "subscriptions.export_subscribers"
PER_PAGE = 50


def needs(permission: str) -> Any:
    """Let only those with a permission see a view."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


@needs(VIEW)
def overview(request: HttpRequest) -> HttpResponse:
    """Tell who subscribes to what, and what was mailed when to how many."""
    page = Paginator(reports.mailings_with_letters(), PER_PAGE).get_page(request.GET.get("p"))
    counted = reports.count_letters(page.object_list)
    return render(
        request,
        "subscriptions/admin/overview.html",
        {
            "rows": reports.subscriber_rows(),
            "frequencies": Frequency.labels,
            "movements": reports.movements(),
            "waiting": Announcement.objects.waiting(),
            "mailings": [(mailing, counted.get(mailing.pk, {})) for mailing in page],
            "page": page,
            "may_stop": request.user.has_perm(STOP),
            "may_export": request.user.has_perm(EXPORT),
        },
    )


@needs(VIEW)
def mailing(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell what became of one mailing."""
    mailing = get_object_or_404(Mailing.objects.select_related("announcement"), pk=pk)
    return render(
        request,
        "subscriptions/admin/mailing.html",
        {
            "mailing": mailing,
            "counted": reports.count_letters([mailing]).get(pk, {}),
            "failures": reports.count_failures(mailing),
            "unreached": unreached(mailing).count(),
            "may_resend": request.user.has_perm(RESEND) and bool(mailing.text or not mailing.announcement),
        },
    )


@require_POST
@needs(RESEND)
def resend_mailing(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a mailing again to those whom it did not reach."""
    number = resend(get_object_or_404(Mailing, pk=pk), by=request.user)  # type: ignore[arg-type]
    text = ngettext("%(number)d letter is sent again.", "%(number)d letters are sent again.", number)
    messages.success(request, text % {"number": number})
    return redirect("subscriptions_mailing", pk)


@require_POST
@needs(STOP)
def stop_mailing(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a mailing while the grace period lasts."""
    get_object_or_404(Announcement, pk=pk)
    if stop(pk, by=request.user):  # type: ignore[arg-type]
        messages.success(request, _("The mailing is stopped. Nobody gets a letter about this."))
    else:
        messages.error(request, _("It was too late: the mailing has begun, or had been stopped already."))
    return redirect("subscriptions_overview")


@needs(VIEW)
def before_publishing(request: HttpRequest, page_id: int) -> HttpResponse:
    """Tell what happens when a page is published: whom it reaches, when, and exactly what they get."""
    page, coming = _coming(request, page_id)
    return render(
        request,
        "subscriptions/admin/before_publishing.html",
        {
            "subject": page,
            "forecast": coming,
            "announcements": Announcement.objects.filter(page_id=page_id).order_by("-pk"),
            "may_stop": request.user.has_perm(STOP),
        },
    )


@needs(VIEW)
@xframe_options_sameorigin
def letter_before_publishing(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the letter about a draft as its readers will see it."""
    _page, coming = _coming(request, page_id)
    if coming is None:
        raise Http404
    return HttpResponse(_without_links(coming.letter).html)


@needs(VIEW)
@xframe_options_sameorigin
def letter_of_mailing(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a letter that was sent."""
    mailing = get_object_or_404(Mailing.objects.exclude(html=""), pk=pk)
    return HttpResponse(_without_links(Letter(mailing.subject, mailing.text, mailing.html)).html)


def _without_links(letter: Letter) -> Letter:
    """Put a place where nothing happens where each reader's own links go."""
    return letter.with_links("#", "#")


def _coming(request: HttpRequest, page_id: int) -> tuple[BasePage, Forecast | None]:
    """Return a page and what is about to be mailed of it: what waits, or else what its draft would lead to."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, BasePage) or not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if waiting := Announcement.objects.waiting().filter(page_id=page_id).first():
        return page, forecast_of(waiting, page)
    scheduled = page.scheduled_revision
    revision = scheduled or page.get_latest_revision()
    draft = revision.as_object() if revision else page
    return draft, forecast(draft, scheduled.approved_go_live_at if scheduled else None)


@needs(EXPORT)
def addresses(request: HttpRequest) -> HttpResponse:
    """Find a subscriber by address, to end the subscription or to let a suppressed address subscribe again."""
    form = AddressForm(request.POST or None)
    found = suppression = None
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["address"]
        found = Subscriber.objects.with_address(address).first()
        suppression = Suppression.objects.filter(digest=address_hash(address)).first()
        action = request.POST.get("gor")
        if action == "avsluta" and found and end_subscription(found, Subscriber.End.EDITOR):
            log(found, "subscriptions.ended", user=request.user)
            messages.success(request, _("The subscription has ended."))
            found.refresh_from_db()
        elif action == "slapp" and suppression:
            log(suppression, "subscriptions.unsuppressed", user=request.user)
            suppression.delete()
            suppression = None
            messages.success(request, _("The address can subscribe again."))
    context = {"form": form, "found": found, "suppression": suppression, "is_asked": form.is_bound and form.is_valid()}
    return render(request, "subscriptions/admin/addresses.html", context)


@require_POST
@needs(EXPORT)
def export(request: HttpRequest) -> HttpResponse:
    """Give all active subscribers as a file for spreadsheets; who took it and when is logged."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="prenumeranter.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow([_("E-mail address"), _("How often"), _("About"), _("Subscriber since")])
    number, names = 0, all_subject_names()
    for subscriber in Subscriber.objects.active().prefetch_related("choices").order_by("pk").iterator(chunk_size=1000):
        chosen = [choice.subject for choice in subscriber.choices.all()]
        about = _("Everything we publish") if subscriber.everything else ", ".join(subject_names(chosen, names))
        since = subscriber.confirmed_at.date().isoformat()
        writer.writerow([_as_text(readable(subscriber.address)), subscriber.get_frequency_display(), about, since])
        number += 1
    log(request.user, "subscriptions.exported", user=request.user, data={"number": number})
    return response


def _as_text(value: str) -> str:
    """Keep a spreadsheet from reading an address as a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@")) else value
