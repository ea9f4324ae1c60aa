"""What happens when a review ends with approval.

Wagtail loads this while it loads its own models: it must import none of them.
"""

from typing import Any


def publish_reviewed(workflow_state: Any, user: Any = None) -> None:
    """Publish, or schedule, the revision that was read, whatever has been written since.

    Wagtail's own asks whether the last reviewer may publish. Here a colleague's approval is what lets a page out: that
    neither of the two could have done it alone is the point of the review.
    """
    revision = workflow_state.current_task_state.revision
    revision.as_object().publish(revision, user=user, skip_permission_checks=True)
