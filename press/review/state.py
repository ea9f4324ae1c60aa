"""Where the review of a page stands, as one person sees it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import dateparse, timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, WorkflowState

from press.models import PressReleasePage, Withdrawal
from press.models.review import APPROVE, HAND_OVER, ColleagueApprovalTask, newer_revision
from press.withdrawing import needs_consent_to_republish
from site_core.times import in_words


@dataclass
class Review:
    """The review that is under way of a page, or that has just sent it back to its writer."""

    page: Page
    workflow_state: WorkflowState
    task_state: TaskState
    task: ColleagueApprovalTask
    user: Any

    @classmethod
    def of(cls, page: Page, user: Any) -> "Review | None":
        """Find the review of a page; None where there is none, or one of a kind that is not ours."""
        workflow_state = page.current_workflow_state
        task_state = workflow_state.current_task_state if workflow_state else None
        task = task_state.task.specific if task_state else None
        if not isinstance(task, ColleagueApprovalTask):
            return None
        return cls(page, workflow_state, task_state, task, user)

    @property
    def is_sent_back(self) -> bool:
        return self.workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES

    @cached_property
    def actions(self) -> set[str]:
        return {name for name, _label, _modal in self.task.get_actions(self.page, self.user)}

    @property
    def may_approve(self) -> bool:
        """Whether the text waits for this person, as it was handed over."""
        return APPROVE in self.actions and self.newer is None

    @property
    def must_hand_over(self) -> bool:
        """Whether this person has mended the text and somebody else has to read that."""
        return HAND_OVER in self.actions

    @property
    def is_sender(self) -> bool:
        return self.workflow_state.requested_by_id == self.user.pk

    @cached_property
    def newer(self) -> Revision | None:
        return newer_revision(self.task_state)

    @cached_property
    def reader(self) -> Any:
        """Who has the text open for review just now."""
        return self.task.who_reads(self.page)

    @cached_property
    def _hour(self) -> datetime | None:
        """The hour that the text was submitted with."""
        return dateparse.parse_datetime(self.task_state.revision.content.get("go_live_at") or "")

    @property
    def goes_out_at(self) -> datetime | None:
        """The hour at which the text goes out once it is approved; None where it does so at once."""
        return self._hour if self._hour and self._hour > timezone.now() else None

    @property
    def withdrawal(self) -> Withdrawal | None:
        """What approval would end; None where nothing has been withdrawn."""
        return needs_consent_to_republish(self.page) if isinstance(self.page, PressReleasePage) else None

    @property
    def has_missed_its_hour(self) -> bool:
        """Whether the hour that the text was to go out has passed while it waited."""
        return self._hour is not None and self.goes_out_at is None

    @property
    def approve_label(self) -> str:
        """What the button says that approval does."""
        if not self.workflow_state.is_at_final_task:
            return _("Approve")
        at = self.goes_out_at
        return _("Approve: goes out on %(time)s") % {"time": in_words(at)} if at else _("Approve and publish now")

    @cached_property
    def read_before(self) -> Revision | None:
        """What was last read of this text, or else what is live: what the text is to be compared with."""
        earlier = TaskState.objects.for_instance(self.page).filter(task=self.task, pk__lt=self.task_state.pk)
        read = earlier.exclude(revision=self.task_state.revision).order_by("-pk").select_related("revision").first()
        live = self.page.live_revision
        if read and (live is None or read.revision.created_at > live.created_at):
            return read.revision
        return live
