"""Editor panels of our own."""

from typing import Any

from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel

from .time_fields import TimeInput

# What is typed in the dialogue and not saved is taken back when it is closed, as in Wagtail's own.
IN_DIALOGUE = {
    "data-controller": "w-action",
    "data-action": "w-dialog:hidden->w-action#reset",
    "data-w-dialog-target": "notify",
}


class SchedulePanel(PublishingPanel):
    """Wagtail's dialogue for the hours of publication and expiry, with fields that read times as people write them."""

    def __init__(self, **kwargs: Any) -> None:
        names = ("go_live_at", "expire_at")
        fields = [FieldPanel(name, widget=TimeInput(attrs=IN_DIALOGUE)) for name in names]
        super().__init__(**{"children": fields, **kwargs})


class PublishedPagePanel(MultiFieldPanel):
    """Fields that make sense only once a page has been public."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.instance and self.instance.first_published_at) and super().is_shown()
