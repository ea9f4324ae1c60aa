"""What the editor's rooms get from us."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.site_summary import PagesSummaryItem, SummaryItem
from wagtail.admin.ui.components import Component
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import PageQuerySet
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from . import comment_mail
from .admin_api import DiscreetDocumentsAPIViewSet, DiscreetImagesAPIViewSet, DiscreetPagesAPIViewSet
from .home_panels import DiscreetPagesSummaryItem, make_discreet
from .media.rich_text import LabelledDocumentLinkHandler, PlainPageLinkHandler
from .models import Menu
from .secrecy import choosable
from .secret_media import without_secret_media


class MenuViewSet(SnippetViewSet):
    """The site's menus, with a place of their own in the editor's menu."""

    model = Menu
    icon = "list-ul"
    menu_label = _("Menus")
    menu_name = "menus"
    menu_order = 320
    add_to_admin_menu = True


register_snippet(MenuViewSet)
comment_mail.keep_secrets()


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


@hooks.register("construct_page_chooser_queryset")
def offer_what_may_be_chosen(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    return choosable(request.user, pages)


@hooks.register("construct_image_chooser_queryset")
@hooks.register("construct_document_chooser_queryset")
def offer_media_that_may_be_seen(items: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    return without_secret_media(request.user, items)


# After those of Wagtail that these take the place of.
@hooks.register("construct_admin_api", order=1000)
def serve_discreetly(router: WagtailAPIRouter) -> None:
    router.register_endpoint("pages", DiscreetPagesAPIViewSet)
    router.register_endpoint("images", DiscreetImagesAPIViewSet)
    router.register_endpoint("documents", DiscreetDocumentsAPIViewSet)


# Late, so that it meets every panel.
@hooks.register("construct_homepage_panels", order=1000)
def show_panels_discreetly(request: HttpRequest, panels: list[Component]) -> None:
    make_discreet(panels)


@hooks.register("construct_homepage_summary_items", order=1000)
def count_discreetly(request: HttpRequest, items: list[SummaryItem]) -> None:
    items[:] = [DiscreetPagesSummaryItem(request) if type(item) is PagesSummaryItem else item for item in items]
