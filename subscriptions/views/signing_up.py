"""Forms for strangers: to subscribe, and to get a link to one's subscription."""

from django.http import HttpRequest, HttpResponse
from wagtail.models import Site

from site_core.frame import frame_for
from site_core.subjects import offered_subjects
from site_core.web.clients import client_network, is_within
from subscriptions import subscribing
from subscriptions.addresses import mailbox_hash, readable
from subscriptions.dispatch import answer_soon
from subscriptions.forms import CHOSEN, CLIENT_LIMIT, MAILBOX_LIMIT, STAMP, GuardedForm, SignUpForm
from subscriptions.models import SubscriptionSettings

from .public import public_form, show

TOO_MANY = 429


@public_form
def subscribe(request: HttpRequest) -> HttpResponse:
    """Show the form, or note what was filled in; the answer is the same for every address."""
    settings = SubscriptionSettings.for_site(Site.find_for_request(request))
    wording = settings.wording(frame_for(request).organisation.name)
    is_sent = request.method == "POST" and STAMP in request.POST
    if is_sent:
        form = SignUpForm(request.POST, wording=wording)
    else:
        # The short form on the home page sends an address along, to begin with.
        form = SignUpForm(initial=_beginning(request), wording=wording)
    status = 200
    if is_sent and form.is_valid():
        if _may_go_on(request):
            _note(form, wording, request.get_full_path())
            return show(request, "sent", address=readable(form.cleaned_data["address"]))
        status = TOO_MANY
    return show(
        request, "subscribe", status, form=form, wording=wording, settings=settings, is_too_many=status == TOO_MANY
    )


@public_form
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Ask for a letter with a link to one's own subscription."""
    form = GuardedForm(request.POST if STAMP in request.POST else None)
    status = 200
    if form.is_bound and form.is_valid():
        if _may_go_on(request):
            if _is_wanted(form):
                subscribing.ask_for_link(form.cleaned_data["address"])
                answer_soon()
            return show(request, "sent", address=readable(form.cleaned_data["address"]), is_link=True)
        status = TOO_MANY
    return show(request, "ask_for_link", status, form=form, is_too_many=status == TOO_MANY)


def _beginning(request: HttpRequest) -> dict[str, object]:
    """Read what a link or a short form has chosen already."""
    beginning: dict[str, object] = {"address": request.POST.get("address", "")[:254]}
    slugs = {(name, slug) for name, slugs in request.GET.lists() for slug in slugs}
    chosen = [
        subject.key
        for kind, subjects in (offered_subjects() if slugs else [])
        for subject in subjects
        if (kind.name, subject.slug) in slugs
    ]
    return beginning | ({"scope": CHOSEN, "subjects": chosen} if chosen else {})


def _may_go_on(request: HttpRequest) -> bool:
    return is_within(CLIENT_LIMIT, "subscriptions", client_network(request))


def _is_wanted(form: GuardedForm) -> bool:
    """Tell whether a form is acted upon; if it is not, its sender is told the same all the same."""
    mailbox = mailbox_hash(form.cleaned_data["address"])
    return not form.is_trapped and is_within(MAILBOX_LIMIT, "mailbox", mailbox)


def _note(form: SignUpForm, wording: str, page: str) -> None:
    if _is_wanted(form):
        subscribing.ask_to_subscribe(form.cleaned_data["address"], form.wish, wording, page)
        answer_soon()
