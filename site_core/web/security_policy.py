"""Which policy a response carries: a strict one for the public, one that the admin's own scripts can live with."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property


class SecurityPolicyMiddleware(CSPMiddleware):
    """Sets Content-Security-Policy and Permissions-Policy."""

    @cached_property
    def admin_prefix(self) -> str:
        return reverse("wagtailadmin_home")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return super().process_response(request, response)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        # A preview is a page of the site that the editor frames, with the editor's own tools in it.
        in_editor = request.path_info.startswith(self.admin_prefix) or getattr(request, "is_preview", False)
        if in_editor and not report_only:
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts
