"""The letters that are being sent, each written out once: everybody who follows the same gets the same."""

from functools import lru_cache

from .composing import Letter, compose_answer, compose_digest
from .mime import Stencil, bulk_headers, common_headers
from .models import Announcement, Mailing, Request

# So many are kept. Digests differ by what their readers follow.
KEPT = 64


class Stencils:
    """What one sender has written out. Made anew for each round, so that nothing old is sent."""

    def __init__(self) -> None:
        self.bulk = lru_cache(KEPT)(self._bulk)

    def answer(self, request_id: int) -> Stencil | None:
        """Write the answer to a form; None where the form was thrown away meanwhile."""
        request = Request.objects.select_related("subscriber").filter(pk=request_id).first()
        return Stencil(compose_answer(request), common_headers()) if request else None

    def _bulk(self, mailing_id: int, contents: tuple[int, ...]) -> Stencil | None:
        """Write a mailing's letter; None for a digest of which nothing holds any more."""
        mailing = Mailing.objects.get(pk=mailing_id)
        if not contents:
            return Stencil(Letter(mailing.subject, mailing.text, mailing.html), bulk_headers())
        announcements = list(Announcement.objects.filter(pk__in=contents, stopped_at=None))
        return Stencil(compose_digest(mailing, announcements), bulk_headers()) if announcements else None
