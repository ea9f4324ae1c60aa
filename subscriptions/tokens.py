"""What the links in letters carry: a number, signed for one purpose, with the time it was signed."""

import re
from datetime import timedelta
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, Signer, TimestampSigner
from django.urls import reverse

from .models import Request, Subscriber

OUR_ID = re.compile(r"<(\d+\.[\w-]+)@")
CONFIRM, MANAGE, LEAVE = "confirm", "manage", "leave"
# None: for ever. A link that ends a subscription must work however old the letter is.
LIFETIMES: dict[str, timedelta | None] = {CONFIRM: timedelta(days=7), MANAGE: timedelta(days=30), LEAVE: None}


class ExpiredToken(Exception):
    """The token was right, and is too old."""


class InvalidToken(Exception):
    """The token was never made here, or for something else."""


@cache
def _signer(purpose: str) -> TimestampSigner:
    # No character that mail programs leave out of a link.
    return TimestampSigner(salt=f"subscriptions.{purpose}", sep=".")


def make_token(purpose: str, *numbers: int) -> str:
    return _signer(purpose).sign("-".join(map(str, numbers)))


def read_token(purpose: str, token: str) -> tuple[int, ...]:
    """Return the numbers of a token; raises ExpiredToken or InvalidToken."""
    try:
        value = _signer(purpose).unsign(token, max_age=LIFETIMES[purpose])
    except SignatureExpired as error:
        raise ExpiredToken from error
    except BadSignature as error:
        raise InvalidToken from error
    return tuple(int(number) for number in value.split("-"))


def confirm_token(request: Request) -> str:
    return make_token(CONFIRM, request.pk)


def manage_token(subscriber: Subscriber) -> str:
    return make_token(MANAGE, subscriber.pk, subscriber.generation)


def leave_token(subscriber_id: int) -> str:
    return make_token(LEAVE, subscriber_id)


def address_of(name: str, token: str) -> str:
    """Return the whole address of one of our forms."""
    before, after = _around_token(name)
    return f"{settings.WAGTAILADMIN_BASE_URL}{before}{token}{after}"


@cache
def _around_token(name: str) -> tuple[str, str]:
    """Return what stands before and after the token in an address; worked out once, for there are many letters."""
    before, _token, after = reverse(f"subscription_{name}", args=["TOKEN"]).partition("TOKEN")
    return before, after


def mail_domain() -> str:
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"


def message_id(delivery_id: int) -> str:
    """Return a letter's Message-ID: the same at every attempt, and nothing that anybody else could make up."""
    return f"<{_id_signer().sign(str(delivery_id))}@{mail_domain()}>"


def read_message_id(text: str) -> int | None:
    """Return the number of the letter whose Message-ID stands in a text; None where there is none of ours."""
    for found in OUR_ID.finditer(text):
        try:
            return int(_id_signer().unsign(found.group(1)))
        except BadSignature:
            continue
    return None


@cache
def _id_signer() -> Signer:
    return Signer(salt="subscriptions.message-id", sep=".")


def leave_mailto(token: str) -> str:
    """Return an address to mail that ends a subscription, for mail programs that know nothing better (RFC 2369)."""
    return f"mailto:{settings.BOUNCE_EMAIL}?subject=avsluta%20{token}"
