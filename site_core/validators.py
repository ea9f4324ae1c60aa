"""Validation of what editors type: Swedish facts, and addresses that a link may lead to."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote, urlsplit

import idna
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _

LONGEST_ADDRESS = 2000
# White space and control characters, which browsers take away before they look where a link leads (WHATWG URL, 4.4),
# invisible ones, and the backslash, which they read as a slash.
UNREADABLE = re.compile(r"[\s\\]")
SITE_PATH = re.compile(r"/(?!/)")
TELEPHONE = re.compile(r"\+?[\d().-]*\d[\d().-]*(;[a-z-]+=[\w.+-]+)*")


def validate_organisation_number(value: str) -> None:
    """Refuse what is no Swedish organisation number (lagen 1974:174): ten digits, the last a Luhn check digit."""
    digits = re.sub(r"[\s-]", "", value)
    if not re.fullmatch(r"[1-9]\d{9}", digits) or int(digits[2]) < 2 or not _luhn_valid(digits):
        raise ValidationError(_("This is no organisation number. It has ten digits, for example 222000-0315."))


def _luhn_valid(digits: str) -> bool:
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value // 10 + value % 10
    return total % 10 == 0


def validate_link(value: str) -> None:
    """Refuse what is no web address, e-mail address (`mailto:`), telephone (`tel:`) or path of the site."""
    if not is_safe_link(value):
        raise ValidationError(
            _("Write a whole address, such as https://example.se, mailto:namn@example.se or /kontakt/."),
            code="invalid",
        )


def validate_web_address(value: str) -> None:
    """Refuse what is no whole web address of a page on the web."""
    if not _is_web_address(value):
        raise ValidationError(_("Write a whole web address, such as https://example.se."), code="invalid")


@lru_cache(maxsize=4096)
def is_safe_link(value: str, *, anchors: bool = False) -> bool:
    """Tell whether a link leads where it says, to something that a reader can open.

    This is the one rule for every address that an editor may write. It is asked again when a stored one is shown.
    """
    if anchors and value.startswith("#"):
        return len(value) > 1 and _is_readable(value)
    if value.startswith("/"):
        return _is_site_path(value)
    scheme, _separator, rest = value.partition(":")
    match scheme.lower():
        case "mailto":
            return _is_mail_link(rest)
        case "tel":
            return TELEPHONE.fullmatch(rest.replace(" ", "")) is not None
    return _is_web_address(value)


def safe_link(value: str) -> str:
    """Return a stored address if a reader may be led there, and nothing otherwise."""
    return value if is_safe_link(value) else ""


def _is_readable(value: str) -> bool:
    hidden = any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") for character in value)
    return not hidden and not UNREADABLE.search(value) and len(value) <= LONGEST_ADDRESS


def _is_site_path(value: str) -> bool:
    path = re.split(r"[?#]", value, maxsplit=1)[0]
    # What a careless redirect could unfold into another site's address is refused too.
    unfolded = unquote(path)
    return _is_readable(value) and _is_readable(unfolded.replace(" ", "")) and "//" not in unfolded


def _is_mail_link(rest: str) -> bool:
    addresses = rest.partition("?")[0]
    try:
        for address in addresses.split(","):
            EmailValidator()(address)
    except ValidationError:
        return False
    return _is_readable(rest) and "%" not in addresses


def _is_web_address(value: str) -> bool:
    """A web address whose host is what it looks like: no name before an @, no letters that look like others."""
    if not _is_readable(value):
        return False
    try:
        URLValidator(schemes=["http", "https"])(value)
        parts = urlsplit(value)
        host = parts.hostname or ""
    except (ValidationError, ValueError):
        return False
    return "@" not in parts.netloc and _is_plain_host(host)


def _is_plain_host(host: str) -> bool:
    if host.isascii():
        return True
    letters = host.replace(".", "").replace("-", "")
    try:
        idna.encode(host)
    except idna.IDNAError:
        return False
    scripts = {"LATIN" in unicodedata.name(letter, "") for letter in letters if not letter.isdigit()}
    return letters.isalnum() and len(scripts) == 1
