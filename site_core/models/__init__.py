"""Models that every page shares. Import them from here."""

from .base_page import BasePage
from .changes import PublicChange
from .deleted_drafts import DeletedDraft
from .former_files import FormerFile
from .heartbeat import Heartbeat
from .media import SiteDocument, SiteImage, SiteRendition
from .navigation import Menu
from .organisation import OrganisationSettings
from .users import User

__all__ = [
    "BasePage",
    "DeletedDraft",
    "FormerFile",
    "Heartbeat",
    "Menu",
    "OrganisationSettings",
    "PublicChange",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "User",
]
