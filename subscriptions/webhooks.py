"""What a mail provider reports, as django-anymail tells it whichever provider it is."""

from typing import Any

from .failures import Outcome, act_on_report

# Anymail's normalised names: of events, and of why a letter did not arrive.
FAILURES = {"bounced", "rejected", "failed"}
NOBODY_THERE = {"invalid", "bounced"}


def act_on_event(event: Any, esp_name: str, **kwargs: Any) -> None:
    """Act on an event, once: anymail has checked by then that the provider sent it, not that it is new."""
    outcome = _outcome(event)
    if outcome is None or not event.recipient:
        return
    # Providers that number no events repeat the whole of them.
    name = event.event_id or f"{event.event_type} {event.message_id} {event.recipient} {event.timestamp}"
    act_on_report(f"{esp_name} {name}", event.recipient, outcome)


def _outcome(event: Any) -> Outcome | None:
    if event.event_type == "complained" or event.reject_reason == "spam":
        return Outcome.COMPLAINT
    if event.event_type == "unsubscribed":
        return Outcome.LEFT
    if event.event_type not in FAILURES:
        return None
    return Outcome.NOBODY if event.reject_reason in NOBODY_THERE else Outcome.PASSING
