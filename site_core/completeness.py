"""What stands in the way of publishing a page that was saved as a draft.

Wagtail lets a draft be unfinished, and asks for what is missing only in the editor's form. Whoever publishes by another
road (an approval, say) asks here.
"""

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .forms import lacks_change_note
from .models import BasePage
from .visibility import is_over


def what_is_missing(page: BasePage) -> list[str]:
    """Return a sentence for each thing that must be mended before the page can be published; none if it can be."""
    found = []
    try:
        page.full_clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            found += [f"{_label(page, name)}: {message}" for message in messages]
    for name in page.body_field_names():
        value = getattr(page, name)
        try:
            value.stream_block.clean(value)
        except ValidationError:
            found.append(_("%(field)s: something in it is not filled in.") % {"field": _label(page, name)})
    if lacks_change_note(page, page.change_type, page.change_note):
        found.append(_("A major change needs a note on what has changed."))
    if is_over(page):
        found.append(_("The time when the page is to be taken down has passed."))
    return found


def _label(page: BasePage, name: str) -> str:
    fields = {field.name: field for field in page._meta.get_fields()}
    return str(capfirst(getattr(fields.get(name), "verbose_name", name)))
