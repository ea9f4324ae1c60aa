"""Pages that a link in a letter leads to. A GET shows what a button would do; only the button does it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from subscriptions import leaving, subscribing
from subscriptions.addresses import readable
from subscriptions.dispatch import answer_soon
from subscriptions.forms import CHOSEN, EVERYTHING, AddressForm, WishForm
from subscriptions.models import Frequency, Request, Subscriber
from subscriptions.naming import subject_names
from subscriptions.own_data import export
from subscriptions.tokens import CONFIRM, LEAVE, MANAGE, ExpiredToken, InvalidToken, leave_token, read_token

from .public import show, token_page

SAVE, NEW_ADDRESS = "spara", "adress"


@token_page
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm a sign-up or a new address."""
    try:
        (number,) = read_token(CONFIRM, token)
    except (ExpiredToken, InvalidToken):
        return show(request, "expired", 410)
    asked = Request.objects.select_related("subscriber").filter(pk=number).exclude(kind=Request.Kind.MANAGE).first()
    if asked is None:
        return show(request, "expired", 410)
    if request.method == "POST":
        subscriber = subscribing.confirm(number)
        return show(request, "confirmed", asked=asked, subscriber=subscriber)
    names = subject_names(asked.subjects)
    label = Frequency(asked.frequency).label if asked.frequency else ""
    return show(request, "confirm", asked=asked, names=names, frequency=label)


@token_page
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """Show a subscription to its owner, and change it."""
    subscriber = _owner(token)
    if subscriber is None:
        return show(request, "expired", 410, is_link=True)
    if subscriber.ended_at:
        return show(request, "left", token=token)
    action = request.POST.get("gor", "") if request.method == "POST" else ""
    form = WishForm(request.POST if action == SAVE else None, initial=_choices(subscriber))
    address_form = AddressForm(request.POST if action == NEW_ADDRESS else None)
    done = ""
    if form.is_bound and form.is_valid():
        subscriber = subscribing.change(subscriber, form.wish)
        done = SAVE
    elif address_form.is_bound and address_form.is_valid():
        subscribing.ask_for_new_address(subscriber, address_form.cleaned_data["address"])
        answer_soon()
        done = NEW_ADDRESS
        address_form = AddressForm()
    return show(
        request,
        "manage",
        form=form,
        address_form=address_form,
        done=done,
        subscriber=subscriber,
        address=readable(subscriber.address),
        token=token,
        leave_token=leave_token(subscriber.pk),
    )


@token_page
def own_data(request: HttpRequest, token: str) -> HttpResponse:
    """Give a subscriber all that is kept about the subscription (GDPR, articles 15 and 20)."""
    subscriber = _owner(token)
    if subscriber is None:
        return show(request, "expired", 410, is_link=True)
    response = JsonResponse(export(subscriber), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="mina-uppgifter.json"'
    return response


@token_page
def erase(request: HttpRequest, token: str) -> HttpResponse:
    """Erase a subscriber at once (GDPR, article 17)."""
    subscriber = _owner(token)
    if subscriber is None:
        return show(request, "expired", 410, is_link=True)
    if request.method == "POST":
        leaving.erase(subscriber)
        return show(request, "erased")
    return show(request, "erase", token=token)


@token_page
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """End a subscription, by the button on the page or by the mail program's own (RFC 8058)."""
    try:
        (number,) = read_token(LEAVE, token)
    except InvalidToken:
        return show(request, "expired", 404, is_link=True)
    if request.method == "POST":
        is_one_click = request.POST.get("List-Unsubscribe") == "One-Click"
        subscribing.leave(number, Subscriber.End.ONE_CLICK if is_one_click else Subscriber.End.ASKED)
        return show(request, "left")
    is_active = Subscriber.objects.filter(pk=number, ended_at=None).exists()
    return show(request, "leave" if is_active else "left")


def _owner(token: str) -> Subscriber | None:
    """Return the subscriber that a link belongs to; None for a link that is too old, or was for a former address."""
    try:
        number, generation = read_token(MANAGE, token)
    except (ExpiredToken, InvalidToken, ValueError):
        return None
    return Subscriber.objects.filter(pk=number, generation=generation, digest__isnull=False).first()


def _choices(subscriber: Subscriber) -> dict[str, Any]:
    scope = EVERYTHING if subscriber.everything else CHOSEN
    return {"scope": scope, "subjects": subscriber.subjects, "frequency": subscriber.frequency}
