"""Where editors meet what readers will miss in PDF files: a report of them all, and a word where one is chosen."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.documents.permissions import permission_policy

from site_core.models import SiteDocument

from .pdf import fault_warning

MAY_SEE = ["change"]


def _edit_address(document: SiteDocument) -> str:
    return reverse("wagtaildocs:edit", args=[document.pk])


class PdfReport(ReportView):
    """All PDF files in which readers will miss something, for those who may change them."""

    model = SiteDocument
    page_title = _("PDF files to mend")
    header_icon = "doc-full-inverse"
    index_url_name = "pdf_report"
    index_results_url_name = "pdf_report_results"
    permission_policy = permission_policy
    any_permission_required = MAY_SEE
    default_ordering = "-created_at"
    list_export = ["title", "filename", "fault_text", "created_at"]

    def get_queryset(self) -> QuerySet[SiteDocument]:
        documents = permission_policy.instances_user_has_any_permission_for(self.request.user, MAY_SEE)
        return documents.filter(faults__isnull=False).exclude(faults=[]).order_by("-created_at")

    @property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("Title"), get_url=_edit_address, width="30%"),
            Column("fault_text", label=_("What readers will miss")),
            Column("label", label=_("File")),
            DateColumn("created_at", label=_("Created")),
        ]


class PdfReportMenuItem(MenuItem):
    """The way to the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        shown: bool = permission_policy.user_has_any_permission(request.user, MAY_SEE)
        return shown


def document_faults(request: HttpRequest, document_id: int) -> JsonResponse:
    """Say what readers will miss in a document, to whoever may choose it."""
    document = get_object_or_404(SiteDocument, pk=document_id)
    may: Any = permission_policy.user_has_any_permission_for_instance
    if not may(request.user, ["choose", "change", "add"], document):
        # As if there were none: numbers tell nothing.
        raise Http404
    return JsonResponse({"text": fault_warning(document.faults or [])})
