"""Press releases, their index, what they are about and the people who answer for them."""

from .closing import ClosedDraft
from .contacts import PressContact, ReleaseContact
from .embargo import EmbargoLink
from .former_addresses import FormerAddress
from .index import PressIndexPage
from .release import PressReleasePage
from .review import ColleagueApprovalTask
from .taxonomy import Association, Municipality, Topic
from .withdrawal import Withdrawal

__all__ = [
    "Association",
    "ClosedDraft",
    "ColleagueApprovalTask",
    "EmbargoLink",
    "FormerAddress",
    "Municipality",
    "PressContact",
    "PressIndexPage",
    "PressReleasePage",
    "ReleaseContact",
    "Topic",
    "Withdrawal",
]
