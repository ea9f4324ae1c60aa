"""The dialogues that put a link into running text, by the same rule as every other address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import choosers
from wagtail.admin.views import chooser

from .validators import is_safe_link, validate_link


class ExternalLinkForm(choosers.ExternalLinkChooserForm):
    """A web address, or a path of the site."""

    url = forms.CharField(label=gettext_lazy("URL"), validators=[validate_link])


class AnchorLinkForm(choosers.AnchorLinkChooserForm):
    """The name of a place on the same page."""

    def clean_url(self) -> Any:
        name = self.cleaned_data["url"].removeprefix("#")
        if not is_safe_link(f"#{name}", anchors=True):
            raise ValidationError(_("Write the name of a place on the page, without spaces."), code="invalid")
        return name


class PhoneLinkForm(choosers.PhoneLinkChooserForm):
    """A telephone number."""

    def clean_phone_number(self) -> Any:
        number = self.cleaned_data["phone_number"]
        if not is_safe_link(f"tel:{number}"):
            raise ValidationError(_("This is no telephone number."), code="invalid")
        return number


class ExternalLinkView(chooser.ExternalLinkView):
    """Wagtail's dialogue, which by itself takes anything that begins with a slash."""

    form_class = ExternalLinkForm


class AnchorLinkView(chooser.AnchorLinkView):
    """Wagtail's dialogue, which by itself takes any text."""

    form_class = AnchorLinkForm


class PhoneLinkView(chooser.PhoneLinkView):
    """Wagtail's dialogue, which by itself takes any text."""

    form_class = PhoneLinkForm
