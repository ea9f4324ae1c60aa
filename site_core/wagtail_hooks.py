"""What the editor's rooms get from us."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from .media.rich_text import LabelledDocumentLinkHandler


@hooks.register("insert_global_admin_css")
def admin_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


# After Wagtail's own, which it takes the place of.
@hooks.register("register_rich_text_features", order=1000)
def label_document_links(features: FeatureRegistry) -> None:
    features.register_link_type(LabelledDocumentLinkHandler)
