"""Form fields of our own."""

import re
from typing import Any

from django import forms
from django.db import models
from wagtail.admin.forms.models import register_form_field_override

from .validators import validate_web_address

BARE_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#].*)?")


class WebAddressField(forms.URLField):
    """The whole address of a page on the web.

    "vastkom.se" is taken for what it means. Django's own field would also make an address of "//example.org".
    """

    default_validators = [validate_web_address]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **kwargs})

    def to_python(self, value: Any) -> str:
        text = forms.CharField.to_python(self, value) or ""
        return f"https://{text}" if text and BARE_HOST.fullmatch(text) else text


# Every form that Wagtail builds for a model, such as that of its redirects.
register_form_field_override(models.URLField, override={"form_class": WebAddressField})
