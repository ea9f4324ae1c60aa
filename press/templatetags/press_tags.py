"""What templates ask the press room for."""

from collections.abc import Iterable

from django import template

from press.feeds import FORMATS, FeedFormat

register = template.Library()


@register.simple_tag
def feed_formats() -> Iterable[FeedFormat]:
    """Return the formats that feeds come in."""
    return FORMATS.values()
