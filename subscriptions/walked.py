"""What there is to ask of the subscription's addresses about a page that is not public: the subjects it is about."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from site_core.public_addresses import Question, Secret, register_asking, register_silent
from site_core.subjects import load_subjects

BY_TOKEN = (
    "subscription_confirm",
    "subscription_manage",
    "subscription_data",
    "subscription_erase",
    "subscription_leave",
)


def ask_for_form(secret: Secret) -> Iterator[Question]:
    """Ask for the form, as it is and with the page's subjects chosen by a link."""
    area, address = _("Subscription"), reverse("subscribe")
    yield Question(area, address)
    keys = {key for version in secret.versions for key in version.subject_keys()}
    for kind, subjects in load_subjects():
        for subject in subjects:
            if subject.key in keys:
                yield Question(area, f"{address}?{urlencode({kind.name: subject.slug})}")


def register() -> None:
    register_asking("subscribe", ask_for_form)
    register_silent("subscription_link", "a form for an address alone")
    for route in BY_TOKEN:
        register_silent(route, "opens with a token from a letter, for one subscriber")
