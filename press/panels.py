"""Panels in a release's editor."""

from typing import Any

from wagtail.admin.panels import Panel


class WithdrawalPanel(Panel):
    """Says at the top that the release is withdrawn, why and by whom; nothing on any other."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "press/admin/withdrawal_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance and self.instance.pk and self.instance.withdrawn) and super().is_shown()

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "withdrawal": self.instance.withdrawn}
