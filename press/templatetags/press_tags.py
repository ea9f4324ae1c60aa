"""What templates ask of the press room."""

from typing import Any

from django import template
from wagtail.models import Page

from press.models import PressReleasePage, Withdrawal

register = template.Library()


@register.simple_tag
def editors_status(page: Page) -> Any:
    """Return the state of a page in words; some of Wagtail's reports hold pages that don't know their own kind."""
    status = page.status_string
    if type(page) is not Page or not page.first_published_at or page.specific_class is not PressReleasePage:
        return status
    withdrawal = Withdrawal.objects.filter(release=page.pk).first()
    return f"{withdrawal.status} ({status})" if withdrawal else status
