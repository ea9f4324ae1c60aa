"""The editor's form for a press release."""

from itertools import groupby
from typing import Any

from django.db.models import Q
from django.forms import CheckboxSelectMultiple

from site_core.forms import PublicPageForm


class GroupedCheckboxes(CheckboxSelectMultiple):
    """Boxes to tick in groups; a script makes of each group's name a button that ticks the whole group."""

    class Media:
        js = ["js/admin-grouped-checkboxes.js"]


class PressReleaseForm(PublicPageForm):
    """Shows the municipalities by association, and of what is retired only what the release has already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"topics", "municipalities"} & self.fields.keys():
            chosen = [tag.pk for tag in getattr(self.instance, name).all()]
            tags = self.fields[name].queryset
            self.fields[name].queryset = tags.filter(Q(retired_at=None) | Q(pk__in=chosen))
        if field := self.fields.get("municipalities"):
            offered = set(field.queryset.values_list("pk", flat=True))
            places = [place for place in field.queryset.model.by_association() if place.pk in offered]
            field.choices = [
                (association, [(place.pk, place.name) for place in group])
                for association, group in groupby(places, key=lambda place: place.association.name)
            ]
