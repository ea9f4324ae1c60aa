"""That a second person reads a release before it goes out."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState
from wagtail.models.workflows import AbstractGroupApprovalTask

APPROVE = "approve"


class ColleagueApprovalTask(AbstractGroupApprovalTask):
    """Approval by anybody in the chosen groups but the person who submitted the page."""

    class Meta:
        verbose_name = _("review by a colleague")
        verbose_name_plural = _("reviews by a colleague")

    @classmethod
    def get_description(cls) -> str:
        return str(_("A member of the chosen groups approves, but never the person who submitted the page"))

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        actions = super().get_actions(obj, user)
        if _submitted_by(obj.current_workflow_state, user):
            return [action for action in actions if action[0] != APPROVE]
        return actions

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        return super().get_task_states_user_can_moderate(user, **kwargs).exclude(workflow_state__requested_by=user)

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        if action_name == APPROVE and _submitted_by(task_state.workflow_state, user):
            raise PermissionDenied
        return super().on_action(task_state, user, action_name, **kwargs)


def _submitted_by(workflow_state: Any, user: Any) -> bool:
    return workflow_state is not None and workflow_state.requested_by_id == user.pk
