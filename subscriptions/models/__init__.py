"""Models of the subscription. Import them from here."""

from .announcement import Announcement, Mailing
from .consent import Consent, Wording
from .delivery import Delivery
from .failure import FailureReport, Suppression
from .request import Request
from .settings import SubscriptionSettings
from .subscriber import Choice, Frequency, Subscriber

__all__ = [
    "Announcement",
    "Choice",
    "Consent",
    "Delivery",
    "FailureReport",
    "Frequency",
    "Mailing",
    "Request",
    "Subscriber",
    "SubscriptionSettings",
    "Suppression",
    "Wording",
]
