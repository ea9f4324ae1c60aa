"""Editor panels of our own."""

from typing import Any

from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel

from .time_fields import TimeInput


class SchedulePanel(PublishingPanel):
    """Wagtail's dialogue for the hours of publication and expiry, with fields that read times as people write them.

    Wagtail's fields forget what was typed when the dialogue is closed: the next button would then publish at once.
    """

    def __init__(self, **kwargs: Any) -> None:
        names = ("go_live_at", "expire_at")
        fields = [FieldPanel(name, widget=TimeInput()) for name in names]
        super().__init__(**{"children": fields, **kwargs})


class PublishedPagePanel(MultiFieldPanel):
    """Fields that make sense only once a page has been public."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.instance and self.instance.first_published_at) and super().is_shown()
