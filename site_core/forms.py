"""The editor's form for every page."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from .choices import ChangeType
from .media.forms import UsableFilesMixin


class PublicPageForm(UsableFilesMixin, WagtailAdminPageForm):
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
        # An hour that has passed is history: left in the form, it would stand in the way of the next save.
        for name in ("go_live_at", "expire_at"):
            moment = getattr(self.instance, name, None)
            if moment and moment <= timezone.now():
                self.initial[name] = None

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
        needs_note = (
            self.instance.first_published_at and data.get("change_type") == ChangeType.MAJOR and not self.is_draft
        )
        if needs_note and not (data.get("change_note") or "").strip():
            self.add_error("change_note", _("Write what has changed: readers see it in the page's history."))
        return data
