"""What subjects and frequencies are called, in forms, letters and reports."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from site_core.subjects import load_subjects

from .models import Mailing


def subject_names(keys: Iterable[str]) -> list[str]:
    """Return the names of subjects, in the order in which they are shown; one that is no more has none."""
    wanted = set(keys)
    return [subject.name for _kind, subjects in load_subjects() for subject in subjects if subject.key in wanted]


def frequency_phrase(kind: str) -> str:
    """Say, for the foot of a letter, what somebody asked for."""
    return {
        Mailing.Kind.IMMEDIATE: _("You get this letter because you asked to be told when we publish something."),
        Mailing.Kind.DAILY: _("You get this letter because you asked for our news once a day."),
        Mailing.Kind.WEEKLY: _("You get this letter because you asked for our news once a week."),
    }[Mailing.Kind(kind)]
