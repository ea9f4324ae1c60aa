"""Wagtail's own addresses for editing a page and acting on a review, answered by ours. They come before Wagtail's."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from .views import ReviewAction, ReviewingEditView

edit_page = never_cache(require_admin_access(ReviewingEditView.as_view()))
act_on_review = never_cache(require_admin_access(ReviewAction.as_view()))

urlpatterns = [
    path("pages/<int:page_id>/edit/", edit_page),
    path("pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/", act_on_review),
]
