"""What a reader can follow: topics, municipalities and the like, whichever app they belong to.

An app that has such things registers their kind when it is ready. Others know a subject by its key alone, which
stays the same when its name or address changes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.dispatch import Signal

# Sent in the transaction that merges two subjects, with the keys `former` and `into`.
subject_merged = Signal()


@dataclass(frozen=True)
class Subject:
    """One thing to follow. Subjects with the same `group` are shown together; `slug` is its part of an address.

    One that is retired is offered to nobody who does not follow it already.
    """

    key: str
    name: str
    slug: str
    group: str = ""
    is_retired: bool = False


@dataclass(frozen=True)
class SubjectKind:
    """A kind of subjects. `name` is what addresses call it; `load` returns all of them in the order to show them."""

    name: str
    label: Any
    load: Callable[[], list[Subject]]


_kinds: dict[str, SubjectKind] = {}


def register_kind(kind: SubjectKind) -> None:
    _kinds[kind.name] = kind


def subject_key(kind: str, number: int) -> str:
    """Write the key of a subject from its kind and its number in the database, as in "amne:3"."""
    return f"{kind}:{number}"


def load_subjects() -> list[tuple[SubjectKind, list[Subject]]]:
    """Return every kind with its subjects; kinds that have none are left out."""
    loaded = [(kind, kind.load()) for kind in _kinds.values()]
    return [(kind, subjects) for kind, subjects in loaded if subjects]


def offered_subjects(followed: Iterable[str] = ()) -> list[tuple[SubjectKind, list[Subject]]]:
    """Return every kind with what of it can be followed now, or is followed already."""
    kept = set(followed)
    offered = [
        (kind, [subject for subject in subjects if not subject.is_retired or subject.key in kept])
        for kind, subjects in load_subjects()
    ]
    return [(kind, subjects) for kind, subjects in offered if subjects]
