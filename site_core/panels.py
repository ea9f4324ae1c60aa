"""Editor panels of our own."""

from wagtail.admin.panels import MultiFieldPanel


class PublishedPagePanel(MultiFieldPanel):
    """Fields that make sense only once a page has been public."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.instance and self.instance.first_published_at) and super().is_shown()
