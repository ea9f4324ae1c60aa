"""Mail about reviews, for those only who may know of the draft."""

from collections.abc import Iterable
from typing import Any

from wagtail.admin.mail import (
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
    WorkflowStateSubmissionEmailNotifier,
)
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from site_core.secrecy import those_who_may_know


class DiscreetMixin:
    """Leaves out of the recipients those from whom the page is hidden."""

    def get_recipient_users(self, instance: Any, **kwargs: Any) -> Iterable[Any]:
        people = super().get_recipient_users(instance, **kwargs)  # type: ignore[misc]
        state = instance.workflow_state if isinstance(instance, TaskState) else instance
        page = state.content_object
        return those_who_may_know(people, page) if isinstance(page, Page) else people


class SubmissionToGroup(DiscreetMixin, GroupApprovalTaskStateSubmissionEmailNotifier):
    """Asks the members of a group to review."""


class Submission(DiscreetMixin, WorkflowStateSubmissionEmailNotifier):
    """Tells administrators what was submitted."""


class Rejection(DiscreetMixin, WorkflowStateRejectionEmailNotifier):
    """Tells the sender that it was sent back."""


class Approval(DiscreetMixin, WorkflowStateApprovalEmailNotifier):
    """Tells the sender that it was approved."""


# Kept here, because signals hold what they call by weak references only.
NOTIFIERS = [
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification", SubmissionToGroup()),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification", Submission()),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification", Rejection()),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification", Approval()),
]


def connect() -> None:
    """Take the place of Wagtail's own, whichever app is ready first: a signal keeps one receiver of a name."""
    for signal, sender, name, notifier in NOTIFIERS:
        signal.disconnect(sender=sender, dispatch_uid=name)
        signal.connect(notifier, sender=sender, dispatch_uid=name)
