"""When one subject becomes another, those who followed it follow the other, each of them once."""

from collections.abc import Iterable

from .models import Announcement, Choice, Request


def follow_merged(former: str, into: str) -> None:
    """Let choices, forms that have not been confirmed and news that has not been told name the other subject."""
    choices = Choice.objects.filter(subject=former)
    both = Choice.objects.filter(subject=into).values("subscriber")
    choices.filter(subscriber__in=both).delete()
    choices.update(subject=into)
    for model in (Request, Announcement):
        for pk, subjects in model.objects.values_list("pk", "subjects"):
            if former in subjects:
                model.objects.filter(pk=pk).update(subjects=_replaced(subjects, former, into))


def _replaced(subjects: Iterable[str], former: str, into: str) -> list[str]:
    return list(dict.fromkeys(into if subject == former else subject for subject in subjects))
