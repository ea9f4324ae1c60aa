"""The hours of publication and expiry in an editor's form, whatever is edited."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from .time_fields import refuse_passed

SCHEDULE = ("go_live_at", "expire_at")
# Set, before its form is made, on what is edited (or on the page that a new one lies below).
SAVES_BY_ITSELF = "saves_by_itself"


class ScheduleForm(WagtailAdminModelForm):
    """
    Refuses an hour that has passed.

    While the editor saves by itself nobody reads an error: an hour that is refused then leaves the stored one as it is,
    and everything else is saved. What was typed stays in the field, which says that it is not understood, until a
    button is pressed and the error is shown.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SCHEDULE:
            if is_history(self.instance, name):
                self.initial[name] = None

    @property
    def saves_by_itself(self) -> bool:
        made_below = getattr(self, "parent_page", None) if self.instance._state.adding else None
        return any(getattr(item, SAVES_BY_ITSELF, False) for item in (self.instance, made_below))

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name in SCHEDULE:
            if moment := self.cleaned_data.get(name):
                try:
                    refuse_passed(moment)
                except ValidationError as error:
                    self.add_error(name, error)
        start, end = (self.cleaned_data.get(name) for name in SCHEDULE)
        if start and start == end:
            self.add_error("expire_at", _("The page would be taken down the moment it is published."))
        return self.cleaned_data

    def add_error(self, field: str | None, error: Any) -> None:
        if field in SCHEDULE and self.saves_by_itself:
            self.cleaned_data[field] = getattr(self.instance, field)
        else:
            super().add_error(field, error)


def is_history(item: Any, name: str) -> bool:
    """Tell whether an hour that has passed has done its work: left in the form, it would stand in the way of each save.

    One that has passed without being carried out is no history. The editor must see it: without it, publishing would
    mean at once.
    """
    moment: datetime | None = getattr(item, name, None)
    if moment is None or moment > timezone.now():
        return False
    # A draft holds these as they were when it was saved.
    rows = type(item)._base_manager.filter(pk=item.pk)
    expired, published_at = rows.values_list("expired", "last_published_at").first() or (False, None)
    return expired if name == "expire_at" else bool(published_at and published_at >= moment)
