"""What old drafts refer to, when that becomes something else."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Revision

from .models import DeletedDraft


def replace_in_drafts(model: type[Model], field: str, former: int, into: int) -> None:
    """Let every revision of a kind of page, and every deleted draft, name one thing in place of another."""
    content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
    revisions = Revision.objects.filter(content_type=content_type)
    # Only what is asked for leaves the database: a revision holds a whole page.
    for pk, chosen in revisions.values_list("pk", f"content__{field}"):
        if former in (chosen or ()):
            revision = Revision.objects.get(pk=pk)
            Revision.objects.filter(pk=pk).update(content=_replaced(revision.content, field, former, into))
    for draft in DeletedDraft.objects.filter(content_type=content_type):
        draft.content = _replaced(draft.content, field, former, into)
        for row in draft.revisions:
            row["fields"]["content"] = _replaced(row["fields"]["content"], field, former, into)
        draft.save(update_fields=["content", "revisions"])


def _replaced(content: dict[str, Any], field: str, former: int, into: int) -> dict[str, Any]:
    chosen = [into if number == former else number for number in content.get(field) or ()]
    return {**content, field: list(dict.fromkeys(chosen))}
