"""What an editor is asked beside the release itself."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Revision

from site_core.time_fields import SwedishTimeField, refuse_passed
from site_core.times import in_words

from .embargo import embargo_time
from .models import EmbargoLink, PressReleasePage, Withdrawal
from .models.taxonomy import Tag

LONGEST = timedelta(days=60)
USUAL = timedelta(days=3)


class EmbargoLinkForm(forms.ModelForm):
    """For whom, and for how long."""

    class Meta:
        model = EmbargoLink
        fields = ["recipient", "expires_at"]
        field_classes = {"expires_at": SwedishTimeField}

    def __init__(self, *args: Any, release: PressReleasePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.release = release
        self.initial.setdefault("expires_at", (embargo_time(release) or timezone.now()) + USUAL)

    def clean_expires_at(self) -> Any:
        expires_at = self.cleaned_data["expires_at"]
        refuse_passed(expires_at)
        if expires_at > timezone.now() + LONGEST:
            raise forms.ValidationError(_("Choose a time within 60 days: old links are easily forgotten."))
        return expires_at


class MoveForm(forms.Form):
    """When an approved release is to go out instead."""

    go_live_at = SwedishTimeField(label=gettext_lazy("New time"))

    def __init__(self, *args: Any, revision: Revision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.revision = revision
        self.initial.setdefault("go_live_at", revision.approved_go_live_at)

    def clean_go_live_at(self) -> datetime:
        moment: datetime = self.cleaned_data["go_live_at"]
        refuse_passed(moment)
        if moment == self.revision.approved_go_live_at:
            raise forms.ValidationError(_("That is when it is published already."))
        end = self.revision.as_object().expire_at
        if end and moment >= end:
            message = _("The page is taken down %(time)s. Choose a time before that.")
            raise forms.ValidationError(message % {"time": in_words(end)})
        return moment


class WithdrawalForm(forms.ModelForm):
    """What became of the release, and why."""

    class Meta:
        model = Withdrawal
        fields = ["kind", "reason", "replacement"]
        widgets = {
            "kind": forms.RadioSelect,
            "reason": forms.Textarea(attrs={"rows": 4}),
            "replacement": AdminPageChooser(target_models=[PressReleasePage]),
        }

    def __init__(self, *args: Any, release: PressReleasePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = Withdrawal.Kind.choices
        replacement: Any = self.fields["replacement"]
        replacement.queryset = PressReleasePage.objects.listed().exclude(pk=release.pk)
        replacement.help_text = _("Only for a release that is replaced. It must be published.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_replaced = data.get("kind") == Withdrawal.Kind.REPLACED
        if is_replaced and not data.get("replacement"):
            self.add_error("replacement", _("Choose the release that replaces this one."))
        if not is_replaced:
            data["replacement"] = None
        return data


class BypassForm(forms.Form):
    """Why a release goes out unread by anybody else."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Kept in the release's log, with your name."),
    )

    def __init__(self, *args: Any, withdrawal: Withdrawal | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if withdrawal:
            self.fields["republish"] = forms.BooleanField(
                label=_("Yes, publish what was withdrawn again"),
                help_text=_("The withdrawal ends: readers find the release at its address and in the lists again."),
                error_messages={
                    "required": _("The release has been withdrawn. Tick this if it really is to be published again.")
                },
            )


class MergeForm(forms.Form):
    """Which other topic or municipality one becomes."""

    into: Any = forms.ModelChoiceField(queryset=None, empty_label=gettext_lazy("Choose"))

    def __init__(self, *args: Any, tag: Tag, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        into.queryset = type(tag)._default_manager.exclude(pk=tag.pk)
        into.label = _("Merge “%(name)s” with") % {"name": tag}
        into.help_text = _("The one that stays.")
