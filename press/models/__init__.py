"""Press releases, their index and the people the press may call."""

from .contacts import PressContact, ReleaseContact
from .pages import PressIndexPage, PressReleasePage

__all__ = ["PressContact", "PressIndexPage", "PressReleasePage", "ReleaseContact"]
