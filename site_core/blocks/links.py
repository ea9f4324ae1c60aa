"""Links that editors choose: to a page of the site, to another site or to an e-mail address."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    PageChooserBlock,
    StreamBlock,
    StructBlock,
    StructValue,
    TextBlock,
)
from wagtail.blocks import URLBlock as WagtailURLBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from site_core.form_fields import WebAddressField
from site_core.validators import safe_link, validate_link
from site_core.visibility import is_over


class URLBlock(WagtailURLBlock):
    """The whole address of a page on the web."""

    def __init__(self, required: bool = True, help_text: Any = None, validators: Any = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field = WebAddressField(required=required, help_text=help_text, validators=validators)


class WebAddressValue(StructValue):
    @property
    def href(self) -> str:
        """The address, unless it was stored before addresses were checked as they are now."""
        return safe_link(self["url"])


class LinkValue(StructValue):
    @property
    def href(self) -> str:
        page = self["page"]
        return (page.url or "") if page and page.live and not is_over(page) else safe_link(self["url"])

    @property
    def text(self) -> str:
        return self["label"] or (self["page"].title if self["page"] else self["url"])


class LinkBlock(StructBlock):
    """A page or an address, exactly one of them, and the words to show."""

    page = PageChooserBlock(label=_("Page"), required=False)
    url = CharBlock(label=_("Or an address"), required=False, validators=[validate_link], max_length=500)
    label = CharBlock(
        label=_("Link text"), required=False, max_length=80, help_text=_("Only if another than the page's title.")
    )

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            message = ValidationError(gettext("Choose a page or write an address: one of them."))
            raise StructBlockValidationError(block_errors={"url" if cleaned["page"] else "page": message})
        if cleaned["url"] and not cleaned["label"]:
            raise StructBlockValidationError(
                block_errors={"label": ValidationError(gettext("Write what the link leads to."))}
            )
        return cleaned


class MenuEntryBlock(LinkBlock):
    """A menu entry, with entries of its own if it opens a second level."""

    children = ListBlock(LinkBlock(), label=_("Entries below"), default=[], max_num=12)

    class Meta:
        icon = "list-ul"
        label = _("Entry")


class MenuBlock(StreamBlock):
    """The entries of a menu."""

    entry = MenuEntryBlock()

    class Meta:
        max_num = 9


class SocialLinkBlock(StructBlock):
    service = ChoiceBlock(
        label=_("Service"),
        choices=[
            ("LinkedIn", "LinkedIn"),
            ("Facebook", "Facebook"),
            ("Instagram", "Instagram"),
            ("YouTube", "YouTube"),
            ("Mastodon", "Mastodon"),
            ("Bluesky", "Bluesky"),
        ],
    )
    url = URLBlock(label=_("Address"))

    class Meta:
        icon = "globe"
        label = _("Account")
        value_class = WebAddressValue


class SocialLinksBlock(StreamBlock):
    account = SocialLinkBlock()


class CallToActionBlock(LinkBlock):
    """The one thing a reader is asked to do."""

    note = TextBlock(label=_("Explanation"), required=False, rows=2, max_length=200)

    class Meta:
        icon = "arrow-right"
        label = _("Call to action")
        group = _("Highlights")
        description = _("A large link to what the reader should do next. At most one or two on a page.")
        template = "blocks/call_to_action.html"
        preview_value = {
            "page": None,
            "url": "/kontakt/",
            "label": _("Register for the press meeting"),
            "note": _("Until 4 May."),
        }

    def get_searchable_content(self, value: Any) -> list[str]:
        return [value.text, value["note"]]
