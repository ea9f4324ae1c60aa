"""The editor's form for a press release."""

from itertools import groupby
from typing import Any

from django.db.models import Q
from django.forms import BooleanField, CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _

from site_core.forms import PublicPageForm


class GroupedCheckboxes(CheckboxSelectMultiple):
    """Boxes to tick in groups; a script makes of each group's name a button that ticks the whole group."""

    class Media:
        js = ["js/admin-grouped-checkboxes.js"]


class PressReleaseForm(PublicPageForm):
    """Shows the municipalities by association, and of what is retired only what the release has already.

    Lets a draft be closed to others as it is saved.
    """

    close_draft = BooleanField(
        label=_("Close to others"),
        required=False,
        help_text=_("Nobody but you sees the draft, until you let others in or it is published."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.first_published_at:
            del self.fields["close_draft"]
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

    def save(self, commit: bool = True) -> Any:
        # Closed by the same transaction that first writes its title down. To open it again is asked for elsewhere:
        # an old form in another tab must not do so unasked.
        if self.cleaned_data.get("close_draft"):
            self.instance.closes_for = self.for_user
        return super().save(commit)
