"""The editor's form for every page."""

from typing import Any

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from .choices import ChangeType
from .schedule_forms import ScheduleForm


def lacks_change_note(page: Any, change_type: str | None, note: str | None) -> bool:
    """Tell whether readers of a published page would be told of a major change without a word on what it is."""
    return bool(page.first_published_at) and change_type == ChangeType.MAJOR and not (note or "").strip()


class PublicPageForm(ScheduleForm, WagtailAdminPageForm):
    """
    Asks for a change note when a published page changes in a way that readers should know.

    A page without an address takes one from its title: a press right after the title comes before the script that
    fills it in.
    """

    is_draft = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if slug := self.fields.get("slug"):
            slug.required = False

    def defer_required_fields(self) -> None:
        # Wagtail calls this when a draft is saved or previewed: an unfinished page is fine then.
        self.is_draft = True
        super().defer_required_fields()

    def save(self, commit: bool = True) -> Any:
        # Wagtail adds a new page as if it were public, and only then publishes or schedules it.
        if self.instance._state.adding:
            self.instance.live = False
        return super().save(commit)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("slug") == "" and not slugify(
            data.get("title", ""), allow_unicode=settings.WAGTAIL_ALLOW_UNICODE_SLUGS
        ):
            self.add_error("slug", self.fields["slug"].error_messages["required"])
        if not self.is_draft and lacks_change_note(self.instance, data.get("change_type"), data.get("change_note")):
            self.add_error("change_note", _("Write what has changed: readers see it in the page's history."))
        return data
