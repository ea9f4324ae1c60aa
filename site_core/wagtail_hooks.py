"""What the editor's rooms get from us."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .media.rich_text import LabelledDocumentLinkHandler, PlainPageLinkHandler
from .models import Menu
from .schedule_forms import SAVES_BY_ITSELF
from .schedule_words import hours_of_draft_in_words, publication_in_words
from .views import how_a_time_is_read


class MenuViewSet(SnippetViewSet):
    """The site's menus, with a place of their own in the editor's menu."""

    model = Menu
    icon = "list-ul"
    menu_label = _("Menus")
    menu_name = "menus"
    menu_order = 320
    add_to_admin_menu = True


register_snippet(MenuViewSet)


@hooks.register("insert_global_admin_css")
def admin_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("insert_global_admin_js")
def leave_dates_as_they_are_typed() -> SafeString:
    return format_html('<script src="{}"></script>', static("js/admin-dates-stay.js"))


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [path("tid/", how_a_time_is_read, name="read_time")]


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
@hooks.register("before_create_page")
def note_what_saves_by_itself(request: HttpRequest, item: Any, *args: Any) -> None:
    """Tell the form of a page, or of one to be made below a page, that nobody reads the errors it may find."""
    setattr(item, SAVES_BY_ITSELF, not request.accepts("text/html"))


@hooks.register("after_publish_page")
def say_when_it_is_published(request: HttpRequest, page: Page) -> HttpResponse:
    """Answer in place of Wagtail, whose message names no time."""
    fresh = page.specific_class.objects.get(pk=page.pk)
    buttons = [messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), gettext("Edit"))]
    if fresh.live and fresh.url:
        buttons.insert(0, messages.button(fresh.url, gettext("View live"), new_window=False))
    messages.success(request, publication_in_words(fresh), buttons=buttons)
    next_url = get_valid_next_url_from_request(request)
    return redirect(next_url) if next_url else redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def say_which_hours_a_draft_has(request: HttpRequest, page: Page) -> None:
    # Whoever approves is told by the approval what happens when.
    if not request.accepts("text/html") or "action-workflow-action" in request.POST:
        return
    if text := hours_of_draft_in_words(page):
        messages.info(request, text)


@hooks.register("insert_editor_js")
def save_once_at_a_time() -> SafeString:
    return format_html('<script src="{}"></script>', static("js/admin-one-save.js"))


# After Wagtail's own, which it takes the place of.
@hooks.register("register_rich_text_features", order=1000)
def replace_link_handlers(features: FeatureRegistry) -> None:
    features.register_link_type(LabelledDocumentLinkHandler)
    features.register_link_type(PlainPageLinkHandler)
