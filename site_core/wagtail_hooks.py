"""What the editor's rooms get from us."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
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
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import PagesSummaryItem, SummaryItem
from wagtail.admin.ui.components import Component
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, PageQuerySet
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from . import comment_mail
from .admin_api import DiscreetDocumentsAPIViewSet, DiscreetImagesAPIViewSet, DiscreetPagesAPIViewSet
from .afterwards import guarded
from .bin import RESTORED
from .deletion import kept_models, refuse_used, refuse_used_pages
from .home_panels import DiscreetPagesSummaryItem, make_discreet
from .link_choosers import AnchorLinkView, ExternalLinkView, PhoneLinkView
from .log_entries import formatter
from .media.admin_guards import BULK_ACTIONS, choose_image_format, discreet
from .media.admin_views import PdfReport, PdfReportMenuItem, document_faults
from .media.asking import NAME as ASK_ABOUT_FILES
from .media.asking import address_to_ask, ask_about_files
from .media.publishing import PUBLISHED_EARLY, find_obstacles
from .media.replacing import REPLACED
from .media.rich_text import LabelledDocumentLinkHandler, PlainPageLinkHandler
from .models import DeletedDraft, Menu
from .pasting.views import read_clipboard
from .publishing import NOT_TOLD, TOLD_AFTER_ALL
from .schedule_forms import SAVES_BY_ITSELF
from .schedule_words import hours_of_draft_in_words, publication_in_words
from .secrecy import choosable
from .secret_media import without_secret_media
from .views import how_a_time_is_read
from .web import bin as bin_views
from .web import former_files
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
comment_mail.keep_secrets()


@hooks.register("insert_global_admin_css")
def admin_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("insert_global_admin_js")
def leave_dates_as_they_are_typed() -> SafeString:
    return format_html('<script src="{}"></script>', static("js/admin-dates-stay.js"))


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
@hooks.register("before_create_page")
def note_what_saves_by_itself(request: HttpRequest, item: Any, *args: Any) -> None:
    """Tell the form of a page, or of one to be made below a page, that nobody reads the errors it may find."""
    setattr(item, SAVES_BY_ITSELF, not request.accepts("text/html"))


@hooks.register("after_publish_page")
@guarded
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
@guarded
def say_which_hours_a_draft_has(request: HttpRequest, page: Page) -> None:
    # Whoever approves is told by the approval what happens when.
    if not request.accepts("text/html") or "action-workflow-action" in request.POST:
        return
    if text := hours_of_draft_in_words(page):
        messages.info(request, text)


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


@hooks.register("insert_editor_js")
def say_what_readers_will_miss() -> SafeString:
    address = reverse("document_faults", args=[0])
    return format_html('<script src="{}" data-address="{}"></script>', static("js/admin-document-faults.js"), address)


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
    # What the editor keeps of a pasted link: our own rule is asked when the text is saved.
    link = features.plugins_by_editor["draftail"]["link"]
    link.data["allowlist"]["href"] = "^(http:|https:|mailto:|tel:|/|#|undefined$)"


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


class DeletedDraftsMenuItem(MenuItem):
    """Shown to whom has something to take back."""

    def is_shown(self, request: HttpRequest) -> bool:
        return DeletedDraft.objects.for_user(request.user).exists()


@hooks.register("register_admin_menu_item")
def deleted_drafts_menu_item() -> MenuItem:
    return DeletedDraftsMenuItem(
        _("Deleted drafts"), reverse("deleted_drafts"), name="deleted-drafts", icon_name="bin", order=340
    )


# Before Wagtail's own, some of which these take the place of.
@hooks.register("register_admin_urls", order=-1)
def admin_urls() -> list[URLPattern]:
    return [
        path("images/chooser/<int:image_id>/select_format/", choose_image_format),
        path("sidor/<int:page_id>/filer/", ask_about_files, name=ASK_ABOUT_FILES),
        path("rapporter/pdf-filer/", PdfReport.as_view(), name="pdf_report"),
        path("rapporter/pdf-filer/traffar/", PdfReport.as_view(results_only=True), name="pdf_report_results"),
        path("dokument/<int:document_id>/brister/", document_faults, name="document_faults"),
        path("tid/", how_a_time_is_read, name="read_time"),
        path("inklistrat/", read_clipboard, name="read_clipboard"),
        path("tidigare-filer/<slug:kind>/<int:pk>/", former_files.former_files, name="former_files"),
        path("tidigare-filer/<slug:kind>/<int:pk>/<int:number>/", former_files.former_file, name="former_file"),
        path("borttagna-utkast/", bin_views.deleted_drafts, name="deleted_drafts"),
        path("borttagna-utkast/<int:pk>/", bin_views.restore_draft, name="restore_draft"),
    ]


@hooks.register("after_delete_page")
@guarded
def tell_of_the_bin(request: HttpRequest, page: Page) -> None:
    _tell_of_the_bin(request, [page])


@hooks.register("after_bulk_action")
@guarded
def tell_of_the_bin_in_bulk(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> None:
    if action_type == "delete":
        _tell_of_the_bin(request, [item for item in objects if isinstance(item, Page)])


def _tell_of_the_bin(request: HttpRequest, pages: Iterable[Page]) -> None:
    if any(not page.first_published_at for page in pages):
        see = messages.button(reverse("deleted_drafts"), gettext("Deleted drafts"))
        messages.info(request, gettext("You can take a draft back for 30 days."), buttons=[see])


# Before a reason is asked for, or anything else that would have to be written twice.
@hooks.register("before_publish_page", order=-1)
def ask_about_files_first(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Ask an editor about files that are not public before she publishes a page with them."""
    draft = page.get_latest_revision_as_object()
    return redirect(address_to_ask(page)) if find_obstacles(draft, request.user) else None


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    for action, label, message in (
        (
            PUBLISHED_EARLY,
            _("Publish a file of something unpublished"),
            _("Agreed that the file “%(file)s”, which something unpublished holds, becomes public"),
        ),
        (RESTORED, _("Take a deleted draft back"), _("Deleted draft taken back")),
        (REPLACED, _("Replace a file"), _("File replaced, “%(title)s”: %(note)s")),
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


# After Wagtail's own, which these take the place of.
for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", discreet(action), order=1000)


@hooks.register("before_move_page")
def ask_who_moves(request: HttpRequest, page: Page, destination: Page) -> None:
    """Name a page in the question whether to move it to those alone who may; Wagtail asks only when it is moved."""
    if not page.permissions_for_user(request.user).can_move():
        raise PermissionDenied


# Under the names of Wagtail's own: of two addresses with one name, the last registered is what links lead to.
@hooks.register("register_admin_urls")
def link_choosers() -> list[URLPattern]:
    return [
        path("lank/webbadress/", ExternalLinkView.as_view(), name="wagtailadmin_choose_page_external_link"),
        path("lank/telefon/", PhoneLinkView.as_view(), name="wagtailadmin_choose_page_phone_link"),
        path("lank/plats/", AnchorLinkView.as_view(), name="wagtailadmin_choose_page_anchor_link"),
    ]
