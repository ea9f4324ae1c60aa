"""E-mail addresses: one form for each, and keyed hashes that tell two of them apart without keeping them."""

import hashlib
import hmac

import idna
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

# RFC 5321, section 4.5.3.1: 256 characters with the angle brackets around them.
LONGEST = 254


def clean_address(typed: str) -> str:
    """Return an address as it is mailed to: without space around it, its domain in lower case and in ASCII.

    The part before the @ stays as it was typed: only its own server knows whether case matters there. Raises
    ValidationError, with a message for whoever typed it.
    """
    typed = typed.strip()
    local, at, domain = typed.rpartition("@")
    if not at or len(typed) > LONGEST or any(not character.isprintable() for character in typed):
        raise ValidationError(_("Write an e-mail address such as name@example.se."))
    if not local.isascii():
        raise ValidationError(_("We can't send mail to addresses with å, ä, ö or other such letters before the @."))
    try:
        # UTS 46 lower-cases, and maps what keyboards write (full-width letters) to what is meant.
        address = f"{local}@{idna.encode(domain, uts46=True).decode('ascii')}"
        validate_email(address)
    except (idna.IDNAError, UnicodeError, ValidationError) as error:
        raise ValidationError(_("Write an e-mail address such as name@example.se.")) from error
    if len(address) > LONGEST:
        raise ValidationError(_("The e-mail address is too long."))
    return address


def address_hash(address: str) -> str:
    """Tell an address by a keyed hash of 64 hexadecimal digits, the same however its case was typed."""
    return hmac.new(settings.ADDRESS_KEY.encode(), address.lower().encode(), hashlib.sha256).hexdigest()


def mailbox_hash(address: str) -> str:
    """Tell the mailbox behind an address: anna+press@ and anna@ are the same one."""
    local, _at, domain = address.rpartition("@")
    return address_hash(f"{local.partition('+')[0] or local}@{domain}")


def readable(address: str) -> str:
    """Write an address as people do: its domain with å, ä and ö where it has them."""
    local, _at, domain = address.rpartition("@")
    try:
        return f"{local}@{idna.decode(domain)}"
    except idna.IDNAError:
        return address
