"""Topics and municipalities come and go without readers losing what they follow: merged, retired, renamed."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from site_core.fields import ReferencedManyToManyField
from site_core.stored_references import replace_in_drafts
from site_core.subjects import subject_key, subject_merged

from .models import FormerAddress
from .models.taxonomy import Tag

MERGED, RETIRED, TAKEN_UP = "press.tag_merged", "press.tag_retired", "press.tag_taken_up"


@transaction.atomic
def merge(former: Any, into: Any, *, by: Any) -> None:
    """Let one topic or municipality become another: releases, drafts, addresses and those who follow it.

    Raises DoesNotExist where one of them has just been merged or deleted by somebody else.
    """
    both = type(former).objects.select_for_update().filter(pk__in=[former.pk, into.pk]).order_by("pk")
    if len(both) < 2:
        raise type(former).DoesNotExist
    for relation in former._meta.related_objects:
        if not isinstance(relation.field, ReferencedManyToManyField):
            continue
        name = str(relation.get_accessor_name())
        tagged = list(getattr(former, name).all())
        getattr(into, name).add(*tagged)
        getattr(former, name).remove(*tagged)
        replace_in_drafts(relation.related_model, relation.field.name, former.pk, into.pk)
    FormerAddress.lead_on(former, into)
    subject_merged.send(
        sender=type(former), former=subject_key(former.KIND, former.pk), into=subject_key(into.KIND, into.pk)
    )
    log(into, MERGED, user=by, data={"name": str(former)})
    slug = former.slug
    former.delete()
    FormerAddress.lead(slug, into)


@transaction.atomic
def retire(tag: Tag, *, by: Any) -> None:
    """Offer a topic or municipality no more. Its page, its feeds and what has been published stay."""
    tag.retired_at = timezone.now()
    tag.save(update_fields=["retired_at"])
    log(tag, RETIRED, user=by)


@transaction.atomic
def take_up(tag: Tag, *, by: Any) -> None:
    """Offer a retired topic or municipality again."""
    tag.retired_at = None
    tag.save(update_fields=["retired_at"])
    log(tag, TAKEN_UP, user=by)
