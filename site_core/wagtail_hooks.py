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

from .link_choosers import AnchorLinkView, ExternalLinkView, PhoneLinkView
from .media.rich_text import LabelledDocumentLinkHandler, PlainPageLinkHandler
from .models import Menu
from .pasting.views import read_clipboard


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
def keep_comments() -> SafeString:
    return format_html('<script src="{}"></script>', static("js/admin-comments.js"))


@hooks.register("insert_editor_js")
def read_what_is_pasted() -> SafeString:
    return format_html(
        '<script src="{}" data-url="{}" data-undo="{}" data-close="{}" data-failed="{}" data-overwrite="{}"></script>'
        '<script src="{}"></script>',
        static("js/admin-paste.js"),
        reverse("read_clipboard"),
        _("Undo"),
        _("Close"),
        _("The formatting could not be read. The words were pasted without it: look them through."),
        _("Cells that you have filled in are overwritten. Go on?"),
        static("js/admin-paste-table.js"),
    )


@hooks.register("insert_global_admin_js")
def say_when_a_text_is_too_long() -> SafeString:
    return format_html(
        '<script src="{}" data-count="{}" data-too-long="{}"></script>',
        static("js/admin-lengths.js"),
        _("{count} of at most {limit} characters"),
        _("{count} of at most {limit} characters: shorten the text, or it can't be saved."),
    )


# After Wagtail's own, which it takes the place of.
@hooks.register("register_rich_text_features", order=1000)
def replace_link_handlers(features: FeatureRegistry) -> None:
    features.register_link_type(LabelledDocumentLinkHandler)
    features.register_link_type(PlainPageLinkHandler)
    # What the editor keeps of a pasted link: our own rule is asked when the text is saved.
    link = features.plugins_by_editor["draftail"]["link"]
    link.data["allowlist"]["href"] = "^(http:|https:|mailto:|tel:|/|#|undefined$)"


# Under the names of Wagtail's own: of two addresses with one name, the last registered is what links lead to.
@hooks.register("register_admin_urls")
def link_choosers() -> list[URLPattern]:
    return [
        path("lank/webbadress/", ExternalLinkView.as_view(), name="wagtailadmin_choose_page_external_link"),
        path("lank/telefon/", PhoneLinkView.as_view(), name="wagtailadmin_choose_page_phone_link"),
        path("lank/plats/", AnchorLinkView.as_view(), name="wagtailadmin_choose_page_anchor_link"),
    ]


@hooks.register("register_admin_urls")
def clipboard() -> list[URLPattern]:
    return [path("inklistrat/", read_clipboard, name="read_clipboard")]
