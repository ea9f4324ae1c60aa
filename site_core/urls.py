"""The URL table: what is not a page of the tree."""

from django.conf import settings
from django.urls import include, path, re_path, register_converter
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.views import serve

from .media.serving import serve_document, serve_original, serve_rendition
from .web.brand import brand_stylesheet
from .web.converters import FileNameConverter
from .web.passwords import open_collection, open_page
from .web.session_views import log_in_again, session_resumed, session_state
from .web.well_known import favicon, robots, security_txt

register_converter(FileNameConverter, "file")

urlpatterns = [
    path("admin/", include("press.review.urls")),
    # Asked by those who are no longer logged in as well: not among the admin's own, which turn them away.
    path("admin/session/", session_state, name="session_state"),
    path("admin/inloggad/", session_resumed, name="session_resumed"),
    path("admin/logga-in-igen/", log_in_again, name="log_in_again"),
    path("admin/", include(admin_urls)),
    path("dokument/<int:document_id>/<file:document_filename>", serve_document, name="wagtaildocs_serve"),
    path(
        "dokument/losenord/<int:restriction_id>/",
        open_collection,
        name="wagtaildocs_authenticate_with_password",
    ),
    path("media/images/<file:name>", serve_rendition, name="rendition"),
    path("media/original_images/<file:name>", serve_original, name="original"),
    path("varumarke-<slug:version>.css", brand_stylesheet, name="brand_stylesheet"),
    path("favicon.ico", favicon, name="favicon"),
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("prenumeration/", include("subscriptions.urls")),
    path("", include("pages.urls")),
    path("", include("press.urls")),
    # In the place of Wagtail's own list: its password view tells of drafts, and one form to log in is enough.
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        open_page,
        name="wagtailcore_authenticate_with_password",
    ),
    path(
        "_util/login/",
        RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True),
        name="wagtailcore_login",
    ),
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
]

if settings.EMAIL_PROVIDER:
    # Where the mail provider reports what became of letters.
    urlpatterns.insert(0, path("anymail/", include("anymail.urls")))

handler403 = "site_core.web.errors.permission_denied"
handler404 = "site_core.web.errors.page_not_found"
handler500 = "site_core.web.errors.server_error"
