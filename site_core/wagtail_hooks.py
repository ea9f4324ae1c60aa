"""What the editor's rooms get from us."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.images.views.chooser import viewset as image_chooser
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .log_entries import formatter
from .media.asking import NAME as ASK_ABOUT_FILES
from .media.asking import address_to_ask, ask_about_files
from .media.publishing import PUBLISHED_EARLY, find_obstacles
from .media.rich_text import LabelledDocumentLinkHandler, PlainPageLinkHandler
from .media.rights import may_use
from .models import Menu, SiteImage


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


@hooks.register("insert_editor_js")
def save_once_at_a_time() -> SafeString:
    return format_html('<script src="{}"></script>', static("js/admin-one-save.js"))


# After Wagtail's own, which it takes the place of.
@hooks.register("register_rich_text_features", order=1000)
def replace_link_handlers(features: FeatureRegistry) -> None:
    features.register_link_type(LabelledDocumentLinkHandler)
    features.register_link_type(PlainPageLinkHandler)


def choose_image_format(request: HttpRequest, image_id: int) -> HttpResponse:
    """Let an image be placed in running text by who may choose it: Wagtail's own view asks for no right to it."""
    if not may_use(request.user, get_object_or_404(SiteImage, pk=image_id)):
        raise PermissionDenied
    return image_chooser.select_format_view(request, image_id=image_id)


# Before Wagtail's own, whose place it takes.
@hooks.register("register_admin_urls", order=-1)
def guarded_urls() -> list[URLPattern]:
    return [
        path("images/chooser/<int:image_id>/select_format/", choose_image_format),
        path("sidor/<int:page_id>/filer/", ask_about_files, name=ASK_ABOUT_FILES),
    ]


# Before a reason is asked for, or anything else that would have to be written twice.
@hooks.register("before_publish_page", order=-1)
def ask_about_files_first(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Ask an editor about files that are not public before she publishes a page with them."""
    draft = page.get_latest_revision_as_object()
    return redirect(address_to_ask(page)) if find_obstacles(draft, request.user) else None


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(PUBLISHED_EARLY)(
        formatter(
            _("Publish a file of something unpublished"),
            _("Agreed that the file “%(file)s”, which something unpublished holds, becomes public"),
        )
    )
