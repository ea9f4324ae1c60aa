"""Drafts that are closed before anybody else can have seen them: from their first word, and copies of closed ones."""

from contextvars import ContextVar
from typing import Any

from site_core.secrecy import Viewer, current_viewer

from .closing import close
from .models import ClosedDraft, PressReleasePage

# The closed draft that is being copied, and for whose request.
_copied: ContextVar[tuple[Viewer | None, ClosedDraft | None]] = ContextVar("copied", default=(None, None))


def copies_follow(release: PressReleasePage) -> None:
    """Let what is copied from a closed draft, during the request that is under way, be closed as it is."""
    _copied.set((current_viewer(), ClosedDraft.objects.standing().filter(release=release.pk).first()))


def close_at_birth(instance: PressReleasePage, created: bool, **kwargs: Any) -> None:
    """Close what is saved, before the transaction ends that saves it."""
    writer = instance.__dict__.pop("closes_for", None)
    if writer and not ClosedDraft.objects.filter(release=instance.pk).exists():
        close(instance, [], [], by=writer)
    viewer, source = _copied.get()
    if created and source and viewer is not None and viewer is current_viewer():
        close(instance, source.named(), source.groups.all(), by=viewer.user)
