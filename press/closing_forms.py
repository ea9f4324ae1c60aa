"""What is asked about who may see a draft."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import page_permission_policy

from site_core.models import User

from .closing import review_groups
from .models import ClosedDraft, PressReleasePage
from .models.closing import person_name


class PeopleField(forms.ModelMultipleChoiceField):
    """People by their own names, where they have told them."""

    def label_from_instance(self, person: User) -> str:
        return person_name(person)


class ClosingForm(forms.Form):
    """Whom a draft stays open to, beside its author and whoever closes it."""

    users = PeopleField(
        label=_("People"), queryset=User.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    groups = forms.ModelMultipleChoiceField(
        label=_("Groups"),
        queryset=Group.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everybody in the group sees the draft, also those who join it later."),
    )

    def __init__(self, *args: Any, release: PressReleasePage, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["users"]
        people.queryset = _who_can_be_let_in(release).exclude(pk__in=[by.pk, release.owner_id or 0])
        if closed := ClosedDraft.objects.filter(release=release.pk).first():
            self.initial = {"users": closed.users.all(), "groups": closed.groups.all()}


def _who_can_be_let_in(release: PressReleasePage) -> Any:
    """Return those who could open the draft if it were not closed: to be let in gives nobody more rights than that."""
    editors = page_permission_policy.users_with_any_permission_for_instance({"change", "publish"}, release)
    may = Q(pk__in=editors.values("pk")) | Q(groups__in=review_groups(release))
    numbers = User.objects.filter(may, is_active=True).values("pk")
    return User.objects.filter(pk__in=numbers).order_by("first_name", "last_name", "username")


class EnteringForm(forms.Form):
    """Why an administrator opens a draft that is closed to her."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept in the draft's log, with your name. Those whom it is open to see it."),
    )
