"""The editor's form for a press release."""

from itertools import groupby
from typing import Any

from django.forms import CheckboxSelectMultiple

from site_core.forms import PublicPageForm


class GroupedCheckboxes(CheckboxSelectMultiple):
    """Boxes to tick in groups; a script makes of each group's name a button that ticks the whole group."""

    class Media:
        js = ["js/admin-grouped-checkboxes.js"]


class PressReleaseForm(PublicPageForm):
    """Shows the municipalities by association."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("municipalities"):
            places = field.queryset.model.by_association()
            field.choices = [
                (association, [(place.pk, place.name) for place in group])
                for association, group in groupby(places, key=lambda place: place.association.name)
            ]
