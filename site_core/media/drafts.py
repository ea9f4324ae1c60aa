"""Which drafts hold a file. Wagtail's index knows what is stored on a page, and not what its revisions hold."""

import json
import re
from collections.abc import Iterator

from django.db.models import Model, Q, QuerySet
from wagtail.models import Page, Revision

from .references import Files, written_files


def pages_holding(files: Files, but: Model | None = None) -> Iterator[Page]:
    """Yield the pages with something unpublished that holds one of these files, as they are written there.

    What counts is the newest draft and what is scheduled. A page may come twice, once for each.
    """
    if not files:
        return
    number = re.compile(rf"(?<!\d)(?:{'|'.join(str(number) for number in files.images | files.documents)})(?!\d)")
    for revision in _unpublished().exclude(object_id=str(but.pk) if but else ""):
        # Most drafts can be told not to without being built anew.
        if number.search(json.dumps(revision.content)):
            page = revision.as_object()
            if written_files(page).shared(files):
                yield page


def _unpublished() -> QuerySet[Revision]:
    unfinished = Page.objects.filter(Q(live=False) | Q(has_unpublished_changes=True))
    newest = unfinished.filter(latest_revision__isnull=False).values("latest_revision")
    return Revision.page_revisions.filter(Q(pk__in=newest) | Q(approved_go_live_at__isnull=False)).order_by("-pk")
