"""What people fill in."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from limits import RateLimitItemPerDay, RateLimitItemPerHour

from site_core.subjects import Subject, offered_subjects

from .addresses import clean_address
from .models import Frequency, Wording
from .subscribing import Wish

EVERYTHING, CHOSEN = "allt", "valt"
# In seconds: nobody reads and fills in the form faster, and nobody has it open longer.
QUICKEST, LONGEST = 3, 24 * 60 * 60
STAMP = "stamp"
TOO_QUICK = gettext_lazy("That was quick. Look the form through and press the button again.")
TOO_LATE = gettext_lazy("The form has been open for long. Look it through and press the button again.")
UNKNOWN = gettext_lazy("Something was missing in the form. Look it through and press the button again.")
REWORDED = gettext_lazy("The text about personal data has changed. Read it and press the button again.")
# Many may sit behind one address of an office; a mailbox is filled by nobody.
CLIENT_LIMIT, MAILBOX_LIMIT = RateLimitItemPerHour(60), RateLimitItemPerDay(10)


@dataclass(frozen=True)
class SubjectGroup:
    """Subjects that are shown together, with those that are ticked."""

    name: str
    subjects: list[Subject]
    ticked: set[str]

    @property
    def has_ticked(self) -> bool:
        return any(subject.key in self.ticked for subject in self.subjects)


class WishForm(forms.Form):
    """What to be told of, and how often. Nothing is chosen in advance."""

    scope = forms.ChoiceField(
        label=gettext_lazy("What do you want to know about?"),
        choices=[
            (EVERYTHING, gettext_lazy("Everything we publish")),
            (CHOSEN, gettext_lazy("Only what I choose below")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you want to know about.")},
    )
    subjects = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    frequency = forms.ChoiceField(
        label=gettext_lazy("How often?"),
        choices=Frequency.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how often you want letters.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = offered_subjects((self.initial or {}).get("subjects", ()))
        field: Any = self.fields["subjects"]
        field.choices = [(subject.key, subject.name) for _kind, subjects in self.kinds for subject in subjects]
        if not self.kinds:
            del self.fields["subjects"]

    def subject_kinds(self) -> Iterator[tuple[str, list[SubjectGroup]]]:
        """Yield each kind of subjects with its groups, for the template."""
        ticked = set(self["subjects"].value() or ()) if self.kinds else set()
        for kind, subjects in self.kinds:
            groups = groupby(subjects, key=lambda subject: subject.group)
            yield kind.label, [SubjectGroup(name, list(group), ticked) for name, group in groups]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("scope") == CHOSEN and not data.get("subjects") and "subjects" not in self.errors:
            self.add_error("scope", _("Tick at least one topic or municipality, or choose everything."))
        return data

    @property
    def wish(self) -> Wish:
        data = self.cleaned_data
        everything = data["scope"] == EVERYTHING
        return Wish(data["frequency"], everything, [] if everything else data.get("subjects", []))


class AddressForm(forms.Form):
    """An e-mail address. Not a field of Django's kind, which knows no domains with å, ä and ö."""

    address = forms.CharField(
        label=gettext_lazy("Your e-mail address"),
        # Long enough that what is too long is told so, and is still there to be mended.
        max_length=20_000,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}),
        error_messages={"required": gettext_lazy("Write your e-mail address.")},
    )

    def clean_address(self) -> str:
        return clean_address(self.cleaned_data["address"])


class GuardedForm(AddressForm):
    """A form for strangers: it has a trap for programs, and knows when it was shown and what it said."""

    # Programs fill in every field; people don't see this one.
    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, wording: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wording_digest = Wording.digest_of(wording)
        self.stamp_error = _stamp_error(self.data.get(STAMP, ""), self.wording_digest)

    @property
    def is_trapped(self) -> bool:
        return bool(self.cleaned_data.get("website"))

    @property
    def stamp(self) -> str:
        """The stamp to show: the one that came, so that a second try is no longer too quick, unless it is spent."""
        is_spent = not self.is_bound or self.stamp_error not in ("", TOO_QUICK)
        return _signer().sign(self.wording_digest) if is_spent else self.data[STAMP]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.stamp_error:
            self.add_error(None, self.stamp_error)
        return data


class SignUpForm(WishForm, GuardedForm):
    """The whole form for a new subscription."""

    field_order = ("address", "scope", "subjects", "frequency", "website")


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="subscriptions.form")


def _stamp_error(stamp: str, wording_digest: str) -> Any:
    """Say what is wrong with the stamp of a form that came in; empty for nothing."""
    try:
        digest = _signer().unsign(stamp, max_age=LONGEST)
    except SignatureExpired:
        return TOO_LATE
    except BadSignature:
        return UNKNOWN
    if digest != wording_digest:
        return REWORDED
    try:
        _signer().unsign(stamp, max_age=QUICKEST)
    except SignatureExpired:
        return ""
    return TOO_QUICK
