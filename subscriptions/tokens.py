"""What the links in letters carry: a number, signed for one purpose, with the time it was signed."""

from datetime import timedelta
from urllib.parse import quote

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.urls import reverse

from .models import Request, Subscriber

CONFIRM, MANAGE, LEAVE = "confirm", "manage", "leave"
# None: for ever. A link that ends a subscription must work however old the letter is.
LIFETIMES: dict[str, timedelta | None] = {CONFIRM: timedelta(days=7), MANAGE: timedelta(days=30), LEAVE: None}


class ExpiredToken(Exception):
    """The token was right, and is too old."""


class InvalidToken(Exception):
    """The token was never made here, or for something else."""


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
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse(f'subscription_{name}', args=[token])}"


def leave_mailto(token: str) -> str:
    """Return an address to mail that ends a subscription, for mail programs that know nothing better (RFC 2369)."""
    return f"mailto:{settings.BOUNCE_EMAIL}?subject={quote(f'avsluta {token}')}"
