"""What subjects and frequencies are called, in forms, letters and reports."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from site_core.subjects import load_subjects

from .models import Mailing


def all_subject_names() -> dict[str, str]:
    """Return the name of every subject by its key, in the order in which they are shown."""
    return {subject.key: subject.name for _kind, subjects in load_subjects() for subject in subjects}


def subject_names(keys: Iterable[str], names: dict[str, str] | None = None) -> list[str]:
    """Return the names of subjects in order; one that is no more has none. Who asks often brings all names along."""
    wanted = set(keys)
    return [name for key, name in (names or all_subject_names()).items() if key in wanted]


def frequency_phrase(kind: str) -> str:
    """Say, for the foot of a letter, what somebody asked for."""
    return {
        Mailing.Kind.IMMEDIATE: _("You get this letter because you asked to be told when we publish something."),
        Mailing.Kind.DAILY: _("You get this letter because you asked for our news once a day."),
        Mailing.Kind.WEEKLY: _("You get this letter because you asked for our news once a week."),
    }[Mailing.Kind(kind)]
