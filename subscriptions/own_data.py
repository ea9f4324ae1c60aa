"""All that is kept about a subscriber, for the subscriber."""

from datetime import datetime
from typing import Any

from .models import Delivery, Subscriber
from .naming import all_subject_names, subject_names


def export(subscriber: Subscriber) -> dict[str, Any]:
    """Return everything that is kept about somebody, in words and in a form that machines read."""
    names = all_subject_names()
    letters = Delivery.objects.filter(subscriber=subscriber).select_related("mailing__announcement").order_by("pk")
    return {
        "e-postadress": subscriber.address,
        "prenumererar_sedan": _moment(subscriber.confirmed_at),
        "avslutad": _moment(subscriber.ended_at),
        "pausad": _moment(subscriber.paused_at),
        "hur_ofta": subscriber.get_frequency_display(),
        "allt": subscriber.everything,
        "val": subject_names(subscriber.subjects, names),
        "samtycken": [
            {
                "vad": consent.get_act_display(),
                "när": _moment(consent.at),
                "hur_ofta": consent.get_frequency_display(),
                "allt": consent.everything,
                "val": subject_names(consent.subjects, names),
                "sida": consent.page,
                "version": consent.wording_id,
                "text": consent.wording.text if consent.wording else "",
            }
            for consent in subscriber.consents.select_related("wording")
        ],
        "brev": [
            {
                "om": str(letter.mailing.announcement or letter.mailing) if letter.mailing else "",
                "läge": letter.get_state_display(),
                "skickat": _moment(letter.sent_at),
            }
            for letter in letters
        ],
    }


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
