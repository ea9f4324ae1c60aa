"""What closed drafts add to the editor's rooms."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import AdminOnlyMenuItem, MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from site_core.log_entries import formatter

from .closing import CLOSED, ENTERED, OPENED, SEEN
from .closing_start import copies_follow
from .models import PressReleasePage
from .views import closing


@hooks.register("register_admin_urls")
def closing_urls() -> list[URLPattern]:
    return [
        path("press/<int:page_id>/stang/", closing.closing, name="press_closing"),
        path("press/<int:page_id>/oppna/", closing.open_closed, name="press_open_closed"),
        path("press/stangda/", closing.closed_drafts, name="press_closed_drafts"),
        path("press/stangda/<int:closing_id>/slapp-in/", closing.enter_closed, name="press_enter_closed"),
    ]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def closing_button(page: Page, user: Any, **kwargs: Any) -> Iterator[Button]:
    """Offer, in a draft's menu, to close it to others or to see whom it is open to."""
    release = page.specific_deferred
    if not isinstance(release, PressReleasePage) or release.first_published_at:
        return
    if release.permissions_for_user(user).can_edit():
        label = gettext("Closed to others") if hasattr(release, "closing") else gettext("Close to others")
        yield Button(label, reverse("press_closing", args=[release.pk]), icon_name="lock", priority=79)


@hooks.register("register_reports_menu_item")
def closed_drafts_menu_item() -> MenuItem:
    address = reverse("press_closed_drafts")
    return AdminOnlyMenuItem(_("Closed drafts"), address, name="closed-drafts", icon_name="lock", order=1200)


@hooks.register("before_copy_page")
def close_the_copy_too(request: HttpRequest, page: Page) -> None:
    release = page.specific_deferred
    if request.method == "POST" and isinstance(release, PressReleasePage):
        copies_follow(release)


@hooks.register("register_log_actions")
def closing_log_actions(actions: LogActionRegistry) -> None:
    for action, label, message in (
        (CLOSED, _("Close to others"), _("Closed to others; open to %(who)s")),
        (OPENED, _("Open again"), _("Opened to every editor again")),
        (SEEN, _("Look at a closed draft"), _("Looked at the closed draft")),
        (ENTERED, _("Let in an administrator"), _("Let in as administrator: %(reason)s")),
    ):
        actions.register_action(action)(formatter(label, message))
