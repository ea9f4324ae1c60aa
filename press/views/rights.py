"""Which release a view of the editor's rooms is about, for those who may do there what it does."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from press.models import PressReleasePage

MAY_EDIT, MAY_PUBLISH, MAY_WITHDRAW = "can_edit", "can_publish", "can_withdraw"


def release_for(request: HttpRequest, page_id: int, may: str = MAY_EDIT) -> PressReleasePage:
    """Return a release; 404 where there is none, and PermissionDenied to whom it is not for."""
    release = get_object_or_404(PressReleasePage, pk=page_id)
    if not getattr(release.permissions_for_user(request.user), may)():
        raise PermissionDenied
    return release
