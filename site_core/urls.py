"""The URL table: what is not a page of the tree."""

from django.conf import settings
from django.urls import include, path, register_converter
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents.views.serve import authenticate_with_password

from .media.admin_guards import select_format
from .media.serving import serve_document, serve_original, serve_rendition
from .web.brand import brand_stylesheet
from .web.converters import FileNameConverter
from .web.session_views import log_in_again, session_resumed, session_state
from .web.well_known import favicon, robots, security_txt

register_converter(FileNameConverter, "file")

urlpatterns = [
    path("admin/", include("press.review.urls")),
    # Before the address that it guards.
    path("admin/images/chooser/<int:image_id>/select_format/", select_format),
    # Asked by those who are no longer logged in as well: not among the admin's own, which turn them away.
    path("admin/session/", session_state, name="session_state"),
    path("admin/inloggad/", session_resumed, name="session_resumed"),
    path("admin/logga-in-igen/", log_in_again, name="log_in_again"),
    path("admin/", include(admin_urls)),
    path("dokument/<int:document_id>/<file:document_filename>", serve_document, name="wagtaildocs_serve"),
    path(
        "dokument/losenord/<int:restriction_id>/",
        authenticate_with_password,
        name="wagtaildocs_authenticate_with_password",
    ),
    path("media/images/<file:name>", serve_rendition),
    path("media/original_images/<file:name>", serve_original),
    path("varumarke-<slug:version>.css", brand_stylesheet, name="brand_stylesheet"),
    path("favicon.ico", favicon),
    path("robots.txt", robots),
    path(".well-known/security.txt", security_txt),
    path("prenumeration/", include("subscriptions.urls")),
    path("", include("pages.urls")),
    path("", include("press.urls")),
    path("", include(wagtail_urls)),
]

if settings.EMAIL_PROVIDER:
    # Where the mail provider reports what became of letters.
    urlpatterns.insert(0, path("anymail/", include("anymail.urls")))

handler403 = "site_core.web.errors.permission_denied"
handler404 = "site_core.web.errors.page_not_found"
handler500 = "site_core.web.errors.server_error"
