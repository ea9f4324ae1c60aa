"""What stands beside the running text."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, StructValue

from site_core.text import plain_text

from .samples import SAMPLE_SENTENCE
from .text import RichTextBlock


class FactBoxValue(StructValue):
    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to read below the box's heading."""
        return not plain_text(str(self["text"].source if self["text"] else ""))


class FactBoxBlock(StructBlock):
    """Facts that help the reader but do not belong in the story."""

    title = CharBlock(label=_("Heading"), max_length=80)
    text = RichTextBlock(label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Facts")
        group = _("Highlights")
        description = _("A box of facts: figures, dates, explanations.")
        template = "blocks/fact_box.html"
        value_class = FactBoxValue
        preview_value = {"title": _("Facts about the co-operation"), "text": f"<p>{SAMPLE_SENTENCE}</p>"}
