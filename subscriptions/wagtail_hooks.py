"""What the subscription adds to the editor's rooms."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from site_core.afterwards import guarded
from site_core.log_entries import formatter
from site_core.models import BasePage, PublicChange

from .dashboard import MailingsPanel
from .models import Announcement
from .views import admin


class MailingsMenuItem(MenuItem):
    """Shown to those who may see what is mailed."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(admin.VIEW)


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    address = reverse("subscriptions_overview")
    return MailingsMenuItem(_("Subscription"), address, name="subscription", icon_name="mail", order=330)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("prenumeration/", admin.overview, name="subscriptions_overview"),
        path("prenumeration/utskick/<int:pk>/", admin.mailing, name="subscriptions_mailing"),
        path("prenumeration/utskick/<int:pk>/brev/", admin.letter_of_mailing, name="subscriptions_mailed_letter"),
        path("prenumeration/utskick/<int:pk>/igen/", admin.resend_mailing, name="subscriptions_resend"),
        path("prenumeration/stoppa/<int:pk>/", admin.stop_mailing, name="subscriptions_stop"),
        path("prenumeration/fore/<int:page_id>/", admin.before_publishing, name="subscriptions_before_publishing"),
        path("prenumeration/fore/<int:page_id>/brev/", admin.letter_before_publishing, name="subscriptions_letter"),
        path("prenumeration/adresser/", admin.addresses, name="subscriptions_addresses"),
        path("prenumeration/adresser/fil/", admin.export, name="subscriptions_export"),
    ]


@hooks.register("construct_homepage_panels")
def mailings_on_the_way(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm(admin.VIEW):
        panels.append(MailingsPanel())


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def mailing_button(page: Page, user: Any, **kwargs: Any) -> Iterator[Button]:
    """Offer, in the menu of a page that subscribers are told of, to see whom it reaches."""
    specific = page.specific_deferred
    is_told = isinstance(specific, BasePage) and specific.is_announced(PublicChange(kind=PublicChange.Kind.FIRST))
    if is_told and user.has_perm(admin.VIEW) and specific.permissions_for_user(user).can_edit():
        address = reverse("subscriptions_before_publishing", args=[page.pk])
        label = gettext("The mailing") if page.live else gettext("What happens when I publish?")
        yield Button(label, address, icon_name="mail", priority=79)


@hooks.register("after_publish_page")
@guarded
def tell_of_mailing(request: HttpRequest, page: Page) -> None:
    """Tell the editor who has just published that letters go out soon, and where to stop them."""
    waiting = Announcement.objects.waiting().filter(page_id=page.pk)
    if waiting.exists() and request.user.has_perm(admin.VIEW):
        see = messages.button(reverse("subscriptions_before_publishing", args=[page.pk]), gettext("See or stop it"))
        messages.info(request, gettext("The subscribers are told in a few minutes."), buttons=[see])


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    for action, label, message in (
        ("mailing_stopped", _("Stop a mailing"), _("Mailing stopped: %(title)s")),
        ("mailing_resent", _("Send a mailing again"), _("Mailing sent again to %(number)s whom it did not reach")),
        ("exported", _("Export subscribers"), _("%(number)s subscribers' addresses exported")),
        ("ended", _("End a subscription"), _("Subscription ended")),
        ("unsuppressed", _("Let an address subscribe again"), _("A suppressed address let go")),
    ):
        actions.register_action(f"subscriptions.{action}")(formatter(label, message))
