"""Whether a draft is closed to others, in its editor."""

from typing import Any

from wagtail.admin.panels import Panel

# In the address of the form for a new release: it is to be closed from its first word.
ASKED_FOR = "stangt"


class ClosingPanel(Panel):
    """In the editor: a box that closes the draft as it is saved or, once it is closed, the names of those inside.

    It stands first where closing is what it is about, and otherwise last.
    """

    def __init__(self, *args: Any, stands_first: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stands_first = stands_first

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "stands_first": self.stands_first}

    class BoundPanel(Panel.BoundPanel):
        template_name = "press/admin/closing_panel.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.closed = getattr(self.instance, "closing", None)
            self.is_asked_for = bool(self.request and ASKED_FOR in self.request.GET)
            if self.form and self.is_asked_for:
                self.form.initial.setdefault("close_draft", True)

        def is_shown(self) -> bool:
            comes_first = bool(self.closed or self.is_asked_for)
            return comes_first == self.panel.stands_first and "close_draft" in getattr(self.form, "fields", ())

        @property
        def field(self) -> Any:
            return self.form["close_draft"]
