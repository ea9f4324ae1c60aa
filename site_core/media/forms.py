"""The editor's forms for pictures and documents: what is wrong with a file is said next to its field."""

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .pdf import PdfFacts, fault_warning, read_pdf
from .pictures.cleaning import credit_in
from .pictures.fields import CheckedPictureField
from .replacing import ReplacingFormMixin
from .uploads import locked_error

logger = logging.getLogger(__name__)


class StoringForm:
    """Stores a new file as the last part of checking the form.

    A disk that is full is then an error next to the field, and leaves neither a record without a file nor a file
    without a record. Mixed into a form of Wagtail's.
    """

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        form: Any = self
        if "file" not in form.changed_data or "file" not in form.fields:
            return
        if not form.errors:
            self._store_file()
        if form.errors and form.original_file:
            # The form is shown again: with the file that is stored.
            form.instance.file = form.original_file

    def _store_file(self) -> None:
        form: Any = self
        file = form.instance.file
        try:
            file.save(file.name, file.file, save=False)
        except ValidationError as error:
            form.add_error("file", error)
        except Exception:
            # What a store raises depends on the store.
            logger.exception("A file could not be stored")
            form.add_error(
                "file",
                _("The file could not be stored: the store is full or does not answer. Nothing has been changed."),
            )


class SiteImageForm(ReplacingFormMixin, StoringForm, BaseImageForm):
    """The form for a picture, which is cleaned and checked before it is stored."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = CheckedPictureField(label=field.label, widget=field.widget, required=field.required)

    def _post_clean(self) -> None:
        super()._post_clean()
        file = self.cleaned_data.get("file")
        # Whoever uploads several at once has not seen the field yet, and is shown it next.
        if file and "file" in self.changed_data and self.add_prefix("credit") not in self.data and not self.errors:
            file.seek(0)
            self.instance.credit = self.instance.credit or credit_in(file.read())[:150]


class SiteDocumentForm(ReplacingFormMixin, StoringForm, BaseDocumentForm):
    """The form for a document, which tells what readers will miss in a PDF."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pdf_facts: PdfFacts | None = None
        if self.instance.faults:
            # In the field's own help, which screen readers read with it.
            field = self.fields["file" if "file" in self.fields else "title"]
            field.help_text = format_html(
                "{} <strong>{}</strong>", field.help_text, fault_warning(self.instance.faults)
            )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data and str(file.name).lower().endswith(".pdf"):
            self.pdf_facts = read_pdf(file)
            if self.pdf_facts.needs_password:
                raise locked_error()
        return file

    def _post_clean(self) -> None:
        super()._post_clean()
        if "file" in self.changed_data and not self.errors:
            self.instance.faults = self.pdf_facts.faults if self.pdf_facts else []
