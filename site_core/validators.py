"""Validation of Swedish facts."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


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
