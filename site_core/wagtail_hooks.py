"""What the editor's rooms get from us."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .log_entries import formatter
from .media.admin_guards import BULK_ACTIONS, OwnDocumentsAPIViewSet, OwnImagesAPIViewSet, discreet
from .media.rich_text import LabelledDocumentLinkHandler, PlainPageLinkHandler
from .models import Menu
from .publishing import NOT_TOLD, TOLD_AFTER_ALL


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


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    for action, label, message in (
        (
            NOT_TOLD,
            _("Something after a publication failed"),
            _("Something after the publication failed, such as mail to subscribers. It is done again by itself."),
        ),
        (
            TOLD_AFTER_ALL,
            _("What failed after a publication is done"),
            _("What failed after the publication has now been done."),
        ),
    ):
        actions.register_action(action)(formatter(label, message))


# After Wagtail's own, which these take the place of.
for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", discreet(action), order=1000)


@hooks.register("construct_admin_api", order=1000)
def tell_of_own_files(router: WagtailAPIRouter) -> None:
    router.register_endpoint("images", OwnImagesAPIViewSet)
    router.register_endpoint("documents", OwnDocumentsAPIViewSet)


@hooks.register("before_move_page")
def ask_who_moves(request: HttpRequest, page: Page, destination: Page) -> None:
    """Name a page in the question whether to move it to those alone who may; Wagtail asks only when it is moved."""
    if not page.permissions_for_user(request.user).can_move():
        raise PermissionDenied
