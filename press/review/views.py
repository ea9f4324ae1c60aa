"""Acting on a review: Wagtail's own views, which tell in words what can't be done and what has been done."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.generic.workflow import WorkflowAction
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import WorkflowPageViewMixin
from wagtail.models import Page

from press.models.review import (
    APPROVE,
    REJECT,
    REPUBLISH,
    ColleagueApprovalTask,
    FilesRefused,
    ReviewRefused,
    what_came_after,
)
from site_core.media.asking import address_to_ask
from site_core.times import in_words, until_in_words

from .state import Review


class ReviewAction(WorkflowPageViewMixin, WorkflowAction):
    """Approves a revision, sends it back or hands it over; each names the revision by its task."""

    submit_url_name = "wagtailadmin_pages:workflow_action"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.task_state.revision.object_id != str(self.object.pk):
            raise Http404
        if request.method != "POST" or not isinstance(self.task, ColleagueApprovalTask):
            return super().dispatch(request, *args, **kwargs)
        if not self.object.workflow_in_progress:
            self.add_not_in_moderation_error()
            return redirect(self.redirect_url)
        try:
            given = {name: request.POST.get(name, "") for name in ("comment", REPUBLISH)}
            self.task.on_action(self.task_state, request.user, self.action_name, **given)
        except FilesRefused:
            return self._answer(address_to_ask(self.object))
        except ReviewRefused as refusal:
            return self._refuse(str(refusal))
        say_what_was_done(request, self.object.pk, self.action_name)
        return self._answer(self.redirect_url)

    def _refuse(self, why: str) -> HttpResponse:
        """Say why, at the top of the text itself, where what is new can be read."""
        page = self.object.specific
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        messages.error(self.request, why, buttons=_ways_to_read(page, self.request.user))
        return self._answer(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    def _answer(self, address: str) -> HttpResponse:
        if self.request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_json(self.request, {"step": "success", "redirect": address})
        return redirect(address)


class ReviewingEditView(EditView):
    """Wagtail's editor, where a press that can't be carried out loses nothing that was typed."""

    def perform_workflow_action(self) -> HttpResponse:
        try:
            response = super().perform_workflow_action()
        except FilesRefused:
            return redirect(address_to_ask(self.page))
        except ReviewRefused as refusal:
            messages.error(self.request, str(refusal), buttons=_ways_to_read(self.page, self.request.user))
            return self.redirect_and_remain()
        say_what_was_done(self.request, self.page.pk, self.workflow_action)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        review = Review.of(self.page, self.request.user)
        acts = self.request.POST.get("action-workflow-action")
        if acts and self.locked_for_user and review and (why := what_came_after(review.task_state)):
            messages.error(self.request, why, buttons=_ways_to_read(self.page, self.request.user))
        return super().form_invalid(form)


def say_what_was_done(request: HttpRequest, page_id: int, action: str) -> None:
    """Tell the reviewer what became of the text, with the hour and how long until then."""
    page = Page.objects.get(pk=page_id).specific
    title = {"title": page.get_admin_display_title()}
    scheduled = page.scheduled_revision
    edit = messages.button(reverse("wagtailadmin_pages:edit", args=[page_id]), _("Edit"))
    if action == REJECT:
        text = _("“%(title)s” is sent back, with your comment.") % title
    elif action != APPROVE:
        text = _("“%(title)s” is submitted for review. Somebody else approves your changes.") % title
    elif page.workflow_in_progress:
        text = _("“%(title)s” is approved, and goes on to the next review.") % title
    elif scheduled and scheduled.approved_go_live_at:
        at = scheduled.approved_go_live_at
        when = {"time": in_words(at), "until": until_in_words(at)}
        text = _("“%(title)s” is approved, and goes out on %(time)s, %(until)s.") % {**title, **when}
    else:
        text = _("“%(title)s” is approved and published now.") % title
    messages.success(request, text, buttons=[edit])


def _ways_to_read(page: Page, user: Any) -> list[Any]:
    review = Review.of(page, user)
    if review is None or review.newer is None or not page.permissions_for_user(user).can_view_revisions():
        return []
    numbers = [page.pk, review.task_state.revision_id, review.newer.pk]
    return [messages.button(reverse("wagtailadmin_pages:revisions_compare", args=numbers), _("Read what is new"))]
