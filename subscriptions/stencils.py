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
        """Write a mailing's letter; None where nothing of it holds any more."""
        mailing = Mailing.objects.select_related("announcement").get(pk=mailing_id)
        if mailing.announcement:
            letter = Letter(mailing.subject, mailing.text, mailing.html) if mailing.announcement.still_holds() else None
        else:
            items = [item for item in Announcement.objects.filter(pk__in=contents) if item.still_holds()]
            letter = compose_digest(mailing, items) if items else None
        return Stencil(letter, bulk_headers()) if letter else None
