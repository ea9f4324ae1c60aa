"""What readers of the press room can follow."""

from django.utils.translation import gettext_lazy as _

from site_core.municipalities import swedish_order
from site_core.subjects import Subject, SubjectKind, subject_key

from .models.taxonomy import MUNICIPALITY, TOPIC, Municipality, Topic


def _topics() -> list[Subject]:
    topics = [
        Subject(subject_key(TOPIC, topic.pk), topic.name, topic.slug, is_retired=topic.is_retired)
        for topic in Topic.objects.all()
    ]
    return sorted(topics, key=lambda topic: swedish_order(topic.name))


def _municipalities() -> list[Subject]:
    return [
        Subject(subject_key(MUNICIPALITY, place.pk), place.name, place.slug, place.association.name, place.is_retired)
        for place in Municipality.by_association()
    ]


KINDS = (
    SubjectKind(TOPIC, _("Topics"), _topics),
    SubjectKind(MUNICIPALITY, _("Municipalities"), _municipalities),
)
