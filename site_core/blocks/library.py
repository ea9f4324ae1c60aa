"""Choosers that need not ask the database for each block."""

from collections.abc import Iterable
from typing import Any

from site_core.media.library import lent_library


class FromLibrary:
    """Makes a chooser take what it refers to from the library that is lent, such as the page's own."""

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        model = self.model_class  # type: ignore[attr-defined]
        library = lent_library(model)
        return library.find(model, values) if library else super().bulk_to_python(values)  # type: ignore[misc]

    def to_python(self, value: Any) -> Any:
        # What is stored in another form than most, such as a bare number, is read one by one.
        model = self.model_class  # type: ignore[attr-defined]
        library = lent_library(model) if value is not None else None
        return library.find(model, [value])[0] if library else super().to_python(value)  # type: ignore[misc]
