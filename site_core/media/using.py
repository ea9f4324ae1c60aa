"""A file goes on a page through an editor who may use it: every form that saves one asks, not the chooser alone."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.blocks.stream_block import StreamBlockValidationError, StreamValue
from wagtail.images import get_image_model

from .references import Files, files_in, written_files
from .rights import may_use

# What a body sends about its blocks, beside what is in them.
BOOKKEEPING = {"count", "deleted", "id", "order", "type"}
DRAFTAIL_TYPES = {True: "IMAGE", False: "DOCUMENT"}


class UsableFilesMixin:
    """Refuses, next to the field, a file that the editor may not use, unless it stood there when she began."""

    instance: Any
    fields: Any
    data: Any
    for_user: Any

    def clean(self) -> dict[str, Any]:
        data = super().clean()  # type: ignore[misc]
        if self.for_user is not None:
            stood = written_files(self.instance)
            for name, value in list(self.cleaned_data.items()):  # type: ignore[attr-defined]
                self._clean_files(name, value, stood)
        return data

    def _clean_files(self, name: str, value: Any, stood: Files) -> None:
        field = next((one for one in self.instance._meta.concrete_fields if one.name == name), None)
        if field is None:
            return
        new = files_in(field, value).without(stood)
        refused = [item for item in new.items() if not may_use(self.for_user, item)]
        if refused:
            error = _("You may not use this file. Choose another one.")
            self.add_error(name, _place(value, Files.of(*refused), error))  # type: ignore[attr-defined]
            for item in refused:
                self._forget(name, item)

    def _forget(self, name: str, item: Model) -> None:
        """Take a file's number out of what was sent: shown again, the form would tell the file's name."""
        self.data = self.data.copy()
        prefix = self.add_prefix(name)  # type: ignore[attr-defined]
        for key, sent in self.data.items():
            if key == prefix or (key.startswith(f"{prefix}-") and key.rpartition("-")[2] not in BOOKKEEPING):
                self.data[key] = "" if sent == str(item.pk) else _without_links(sent, item)


class FilesForm(UsableFilesMixin, WagtailAdminModelForm):
    """The form of a snippet or setting that a file can be chosen for."""


def _place(value: Any, refused: Files, message: str) -> ValidationError:
    """Put a message at each block that holds what is refused."""
    if not isinstance(value, StreamValue):
        return ValidationError(message)
    return StreamBlockValidationError(
        block_errors={
            place: ValidationError(message)
            for place, child in enumerate(value)
            if Files.among((kind, key) for kind, key, _path, _id in child.block.extract_references(child.value)).shared(
                refused
            )
        }
    )


def _without_links(sent: str, item: Model) -> str:
    """Leave the links to a file out of running text, as the editor sends it; its words stay."""
    try:
        content = json.loads(sent)
        entities = content["entityMap"]
    except (ValueError, TypeError, KeyError):
        return sent
    kind = DRAFTAIL_TYPES[isinstance(item, get_image_model())]
    gone = {
        key
        for key, entity in entities.items()
        if entity["type"] == kind and str(entity["data"].get("id")) == str(item.pk)
    }
    for block in content["blocks"]:
        block["entityRanges"] = [one for one in block["entityRanges"] if str(one["key"]) not in gone]
    content["entityMap"] = {key: entity for key, entity in entities.items() if key not in gone}
    return json.dumps(content)
