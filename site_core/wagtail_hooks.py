"""What the editor's rooms get from us."""

from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .media.admin_views import PdfReport, PdfReportMenuItem, document_faults
from .media.rich_text import LabelledDocumentLinkHandler, PlainPageLinkHandler
from .models import Menu


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


@hooks.register("insert_editor_js")
def say_what_readers_will_miss() -> SafeString:
    address = reverse("document_faults", args=[0])
    return format_html('<script src="{}" data-address="{}"></script>', static("js/admin-document-faults.js"), address)


@hooks.register("register_admin_urls")
def document_urls() -> list[URLPattern]:
    return [
        path("rapporter/pdf-filer/", PdfReport.as_view(), name="pdf_report"),
        path("rapporter/pdf-filer/traffar/", PdfReport.as_view(results_only=True), name="pdf_report_results"),
        path("dokument/<int:document_id>/brister/", document_faults, name="document_faults"),
    ]


@hooks.register("register_reports_menu_item")
def pdf_report_menu_item() -> PdfReportMenuItem:
    return PdfReportMenuItem(
        _("PDF files to mend"), reverse("pdf_report"), name="pdf-files", icon_name="doc-full-inverse", order=1200
    )


# After Wagtail's own, which it takes the place of.
@hooks.register("register_rich_text_features", order=1000)
def replace_link_handlers(features: FeatureRegistry) -> None:
    features.register_link_type(LabelledDocumentLinkHandler)
    features.register_link_type(PlainPageLinkHandler)
