"""What the press room adds to the editor's rooms."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import EditView, SnippetViewSet, SnippetViewSetGroup

from site_core.log_entries import formatter

from . import closing_hooks  # noqa: F401 -- registers itself
from .dashboard import PressTodayPanel
from .models import Association, Municipality, PressContact, PressIndexPage, PressReleasePage, Topic
from .models.release import WITHDRAW
from .models.taxonomy import Tag
from .review.menu import arrange
from .review.panel import WaitsForYourReviewPanel
from .views import admin, schedule, tags


class PressContactViewSet(SnippetViewSet):
    """Press contacts, with a place of their own in the editor's menu."""

    model = PressContact
    icon = "user"
    menu_label = _("Press contacts")
    menu_name = "press-contacts"
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["name", "role", "telephone", "email"]


class TagEditView(EditView):
    """The form of a topic or municipality, with a way to merge or retire it."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        merge_tag = reverse("press_merge_tag", args=[self.object.KIND, self.object.pk])
        return [*super().header_more_buttons, Button(gettext("Merge or retire"), merge_tag, icon_name="resubmit")]


def with_numbers(model: type[Tag]) -> QuerySet[Any]:
    """Return all topics or municipalities, each with how many releases have it, drafts included."""
    return model._default_manager.annotate(used=Count("releases", distinct=True))


RELEASES, STATE = Column("used", label=_("Press releases")), Column("state", label=_("State"))


class TopicViewSet(SnippetViewSet):
    """What releases are about."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    list_display = ["name", "slug", RELEASES, STATE]
    edit_view_class = TagEditView

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return with_numbers(self.model)


class MunicipalityViewSet(SnippetViewSet):
    """The 49 municipalities."""

    model = Municipality
    icon = "site"
    menu_label = _("Municipalities")
    list_display = ["name", "association", "code", RELEASES, STATE]
    list_filter = ["association"]
    list_per_page = 60
    edit_view_class = TagEditView

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return with_numbers(self.model)


class AssociationViewSet(SnippetViewSet):
    """The municipal associations."""

    model = Association
    icon = "group"
    menu_label = _("Municipal associations")
    list_display = ["name", "code"]


class TaxonomyGroup(SnippetViewSetGroup):
    """Topics and municipalities, together in the editor's menu."""

    menu_label = _("Topics and places")
    menu_icon = "tag"
    menu_name = "taxonomy"
    menu_order = 320
    items = (TopicViewSet, MunicipalityViewSet, AssociationViewSet)


register_snippet(PressContactViewSet)
register_snippet(TaxonomyGroup)


@hooks.register("construct_homepage_panels")
def press_today(request: HttpRequest, panels: list[Component]) -> None:
    # Wagtail's list of what waits for review offers to approve what nobody has opened.
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    panels += [WaitsForYourReviewPanel(), PressTodayPanel()]


@hooks.register("construct_page_action_menu")
def arrange_review_buttons(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    arrange(items, context.get("page"), request.user)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("press/<int:page_id>/embargolankar/", admin.embargo_links, name="press_embargo_links"),
        path(
            "press/<int:page_id>/embargolankar/<int:link_id>/aterkalla/",
            admin.revoke_embargo_link,
            name="press_revoke_embargo_link",
        ),
        path("press/<slug:kind>/<int:pk>/sla-ihop/", tags.merge_tag, name="press_merge_tag"),
        path("press/<slug:kind>/<int:pk>/pensionera/", tags.retire_tag, name="press_retire_tag"),
        path("press/<int:page_id>/embargokontroll/", admin.embargo_check, name="press_embargo_check"),
        path("press/<int:page_id>/aterkalla/", admin.withdraw_release, name="press_withdraw"),
        path("press/<int:page_id>/stoppa/", schedule.stop_schedule, name="press_stop_schedule"),
        path("press/<int:page_id>/flytta/", schedule.move_schedule, name="press_move_schedule"),
        path(
            "press/<int:page_id>/utan-granskning/<int:revision_id>/",
            admin.publish_without_review,
            name="press_publish_without_review",
        ),
    ]


@hooks.register("register_snippet_listing_buttons")
def merge_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Offer, in the menu of a topic or municipality, to merge or retire it."""
    if isinstance(snippet, Tag) and user.has_perm(f"press.change_{snippet._meta.model_name}"):
        merge_tag = reverse("press_merge_tag", args=[snippet.KIND, snippet.pk])
        yield Button(gettext("Merge or retire"), merge_tag, icon_name="resubmit", priority=60)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def release_buttons(page: Page, user: Any, **kwargs: Any) -> Iterator[Button]:
    """Offer, in a release's menu, what is done beside writing it."""
    release = page.specific_deferred
    if not isinstance(release, PressReleasePage):
        return
    may = release.permissions_for_user(user)
    if may.can_edit() and not release.live:
        links, check = (reverse(name, args=[release.pk]) for name in ("press_embargo_links", "press_embargo_check"))
        yield Button(gettext("Embargo links"), links, icon_name="link", priority=80)
        yield Button(gettext("Check the embargo"), check, icon_name="view", priority=81)
    if may.can_edit() and page.approved_schedule:
        stop, move = (reverse(name, args=[release.pk]) for name in ("press_stop_schedule", "press_move_schedule"))
        yield Button(gettext("Stop the publication"), stop, icon_name="cross", priority=78)
        yield Button(gettext("Move the publication"), move, icon_name="calendar-alt", priority=79)
    if release.live and may.can_withdraw() and not release.withdrawn:
        withdraw = reverse("press_withdraw", args=[release.pk])
        yield Button(gettext("Withdraw"), withdraw, icon_name="undo", priority=82)


@hooks.register("register_permissions")
def rights_of_a_role() -> QuerySet[Permission]:
    """Offer, in a role's form, the right to withdraw."""
    app_label, codename = WITHDRAW.split(".")
    return Permission.objects.filter(content_type__app_label=app_label, codename=codename)


@hooks.register("before_edit_page")
def tell_what_waits(request: HttpRequest, page: Page) -> None:
    # The parts of the editor that are fetched anew have no place for messages.
    if request.method == "GET" and "_w_hydrate_create_view" not in request.GET:
        release = PressReleasePage.objects.filter(pk=page.pk).first()
        if release and release.scheduled_revision:
            schedule.tell_what_waits(request, release)


@hooks.register("before_publish_page")
def ask_why_without_review(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before a release is published directly, and not by a colleague's approval, ask for a reason."""
    if not isinstance(page, PressReleasePage):
        return None
    return redirect("press_publish_without_review", page.pk, page.latest_revision_id)


@hooks.register("before_bulk_action")
def refuse_to_publish_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action_class_instance: Any
) -> HttpResponse | None:
    """Let nobody publish releases unread by ticking boxes."""
    if action_type != "publish" or not any(isinstance(page.specific, PressReleasePage) for page in objects):
        return None
    messages.error(request, gettext("Press releases are published one by one, after review."))
    return redirect("wagtailadmin_explore_root")


@hooks.register("before_copy_page")
def refuse_to_publish_copies(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Let a copy of a release, or of the press room, be a draft: nobody has reviewed it."""
    if request.method != "POST" or "publish_copies" not in request.POST:
        return None
    if not isinstance(page.specific, PressReleasePage | PressIndexPage):
        return None
    messages.error(request, gettext("A copy of a press release can't be published at once. Copy it as a draft."))
    return redirect("wagtailadmin_pages:copy", page.pk)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    for action, label, message in (
        ("withdrawn", _("Withdraw"), _("Withdrawn: %(reason)s")),
        ("schedule_stopped", _("Stop a publication"), _("Publication %(time)s stopped")),
        ("schedule_moved", _("Move a publication"), _("Publication moved from %(before)s to %(after)s")),
        ("withdrawal_ended", _("Take back a withdrawal"), _("Withdrawal taken back")),
        ("review_bypassed", _("Publish without review"), _("Published without review: %(reason)s")),
        ("tag_merged", _("Merge with another"), _("“%(name)s” was merged into this")),
        ("tag_retired", _("Retire"), _("Retired")),
        ("tag_taken_up", _("Take up again"), _("Taken up again")),
        ("embargo_link_made", _("Make an embargo link"), _("Embargo link made for %(recipient)s")),
        ("embargo_link_revoked", _("Revoke an embargo link"), _("Embargo link for %(recipient)s revoked")),
        ("embargo_link_used", _("Use an embargo link"), _("Embargo link for %(recipient)s used (%(what)s)")),
    ):
        actions.register_action(f"press.{action}")(formatter(label, message))
