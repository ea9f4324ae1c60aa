"""What the editor's rooms get from us."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .deletion import kept_models, refuse_used, refuse_used_pages
from .media.rich_text import LabelledDocumentLinkHandler, PlainPageLinkHandler
from .models import Menu
from .web.deletion import insists


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


@hooks.register("before_delete_page")
def keep_linked_page(request: HttpRequest, page: Page) -> None:
    refuse_used_pages([page], insists=insists(request))


@hooks.register("before_delete_snippet")
def keep_used_snippets(request: HttpRequest, instances: Iterable[Model]) -> None:
    refuse_used(instances)


@hooks.register("before_bulk_action")
def keep_used_things(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action_class_instance: Any
) -> None:
    if action_type != "delete":
        return
    pages = [item for item in objects if isinstance(item, Page)]
    refuse_used_pages(pages, insists=insists(request))
    refuse_used(item for item in objects if isinstance(item, kept_models()))
