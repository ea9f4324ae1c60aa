"""That somebody else than its writer reads a text before it goes out.

Whoever hands a text over answers for every word of it; whoever approves it has read that very text and is another
person. What a reviewer mends she hands over in her turn, and somebody else approves it.
"""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.forms import CharField, Textarea
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession
from wagtail.admin.utils import get_user_display_name
from wagtail.forms import TaskStateCommentForm
from wagtail.models import Page, Revision, TaskState, get_default_page_content_type
from wagtail.models.workflows import AbstractGroupApprovalTask

from site_core.completeness import what_is_missing
from site_core.media.publishing import find_obstacles

from .withdrawal import Withdrawal

APPROVE, REJECT, HAND_OVER = "approve", "reject", "hand-over"
# What a reviewer ticks who lets out again what was withdrawn.
REPUBLISH = "republish"
# An open editor tells every ten seconds that it is there, in a tab out of sight once a minute.
STILL_READING = timedelta(minutes=2)


class ReviewRefused(PermissionDenied):
    """A review can't be acted upon; its text says why, to the editor."""


class FilesRefused(ReviewRefused):
    """The text shows files that its approver may not use, or is to be asked about; another page tells her which."""


class ReturnForm(TaskStateCommentForm):
    """Why a text goes back: without it, the writer doesn't know what to do."""

    comment = CharField(label=_("What needs to change?"), max_length=2000, widget=Textarea(attrs={"rows": 3}))


class ColleagueApprovalTask(AbstractGroupApprovalTask):
    """Approval of one revision by anybody in the chosen groups but the person who handed it over."""

    class Meta:
        verbose_name = _("review by a colleague")
        verbose_name_plural = _("reviews by a colleague")

    @classmethod
    def get_description(cls) -> str:
        return str(_("A member of the chosen groups approves, but never the person who submitted the page"))

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        # A text that was sent back may be handed over anew by somebody else than at first.
        if user and workflow_state.current_task_state is None:
            workflow_state.requested_by = user
        return super().start(workflow_state, user=user)

    def may_review(self, obj: Page, user: Any) -> bool:
        """Tell whether somebody is among those who review, and did not hand this text over herself."""
        state = obj.current_workflow_state
        return self.user_can_access_editor(obj, user) and not (state and state.requested_by_id == user.pk)

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        task_state = obj.current_workflow_task_state
        if task_state is None or not self.may_review(obj, user):
            return []
        give_back = (REJECT, _("Send back"), True)
        newer = newer_revision(task_state)
        if newer and newer.user_id == user.pk:
            return [(HAND_OVER, _("Submit my changes for review"), False), give_back]
        if task_state.revision.user_id == user.pk:
            return [give_back]
        return [(APPROVE, _("Approve"), False), give_back]

    def get_form_for_action(self, action: str) -> type[TaskStateCommentForm]:
        return ReturnForm if action == REJECT else super().get_form_for_action(action)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        return super().get_task_states_user_can_moderate(user, **kwargs).exclude(workflow_state__requested_by=user)

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        """Lock the text for everybody but the one who reviews it; once somebody has mended it, for all but her."""
        if not self.may_review(obj, user):
            return True
        task_state = obj.current_workflow_task_state
        newer = newer_revision(task_state) if task_state else None
        if newer:
            return newer.user_id != user.pk
        holder = self.who_reads(obj)
        return holder is not None and holder.pk != user.pk

    def who_reads(self, obj: Page) -> Any:
        """Return who has had a page open for review the longest, None where nobody has."""
        sessions = EditingSession.objects.filter(
            content_type=get_default_page_content_type(),
            object_id=str(obj.pk),
            last_seen_at__gte=timezone.now() - STILL_READING,
        )
        readers = (session.user for session in sessions.select_related("user").order_by("pk"))
        return next((reader for reader in readers if self.may_review(obj, reader)), None)

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Do what a reviewer has chosen; raises ReviewRefused, or PermissionDenied to whom it is not for."""
        page = _locked(task_state)
        names = {name for name, _label, _modal in self.get_actions(page, user)}
        if task_state.pk != getattr(page.current_workflow_task_state, "pk", None):
            raise ReviewRefused(gettext("Somebody has already dealt with this review. Open the text to see how it is."))
        if action_name not in names:
            raise _why_not(page, task_state, user) or PermissionDenied
        comment = str(kwargs.get("comment", "")).strip()
        if action_name == REJECT and not comment:
            raise ReviewRefused(gettext("Write what needs to change before you send the text back."))
        if action_name == HAND_OVER:
            task_state.workflow_state.cancel(user=user)
            task_state.workflow_state.workflow.start(page, user)
            return
        if action_name == APPROVE:
            _refuse_what_is_not_as_read(task_state, user)
            _ask_about_a_withdrawal(page, is_agreed=bool(kwargs.get(REPUBLISH)))
        super().on_action(task_state, user, action_name, comment=comment)


def newer_revision(task_state: TaskState) -> Revision | None:
    """Return what has been written since the text was handed over, None where nothing has.

    An autosave can write anew into a revision: what counts is when it was last written.
    """
    revision = task_state.revision
    all_of_them = Revision.objects.filter(
        base_content_type_id=revision.base_content_type_id, object_id=revision.object_id
    )
    latest = all_of_them.order_by("-pk").defer("content").first()
    changed = latest is not None and (latest.pk != revision.pk or latest.created_at > task_state.started_at)
    return latest if changed else None


def _locked(task_state: TaskState) -> Page:
    """Return the page of a review, held until the transaction ends so that nobody acts on it at the same time."""
    number = task_state.revision.object_id
    Page.objects.select_for_update().get(pk=number)
    return Page.objects.get(pk=number).specific


def _why_not(page: Page, task_state: TaskState, user: Any) -> ReviewRefused | None:
    """Say in words why somebody who reviews may not act on this text; None for whom it is none of her business."""
    newer = newer_revision(task_state)
    reviews = task_state.task.specific.may_review(page, user)
    if task_state.workflow_state.requested_by_id == user.pk:
        return ReviewRefused(gettext("You submitted this text yourself. Somebody else has to approve it."))
    if reviews and user.pk in (newer and newer.user_id, task_state.revision.user_id):
        return ReviewRefused(
            gettext("You have changed this text yourself. Submit your changes for review: somebody else approves them.")
        )
    return None


def what_came_after(task_state: TaskState) -> str:
    """Say in words who has written something since the text was handed over; nothing where nobody has."""
    newer = newer_revision(task_state)
    if newer is None:
        return ""
    name = get_user_display_name(newer.user) if newer.user else gettext("Somebody")
    return gettext("%(name)s has changed the text since it was submitted. Read what is new before you approve.") % {
        "name": name
    }


def _refuse_what_is_not_as_read(task_state: TaskState, user: Any) -> None:
    if newer := what_came_after(task_state):
        raise ReviewRefused(newer)
    draft = task_state.revision.as_object()
    missing = what_is_missing(draft)
    if missing:
        raise ReviewRefused(
            gettext("The text can't be published as it is. Mend it or send it back. %(what)s")
            % {"what": " ".join(missing)}
        )
    if find_obstacles(draft, user):
        raise FilesRefused(gettext("The text shows files that are not public. They have to be dealt with first."))


def _ask_about_a_withdrawal(page: Any, *, is_agreed: bool) -> None:
    if not is_agreed and Withdrawal.objects.ended_by_publishing().filter(release=page.pk).exists():
        raise ReviewRefused(gettext("The release has been withdrawn. Tick this if it really is to be published again."))
