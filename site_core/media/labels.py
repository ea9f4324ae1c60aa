"""How a file is described to a reader: "Pdf, 118 kB"."""

from decimal import ROUND_HALF_UP, Decimal

from .file_types import FILE_TYPES

NO_BREAK_SPACE = "\u00a0"


def file_type_name(extension: str) -> str:
    """Name a file type in running text, from an extension without its dot."""
    known = FILE_TYPES.get(extension.lower())
    return known.label if known else extension.capitalize()


def format_file_size(size: int) -> str:
    """Format a number of bytes as whole kB, or MB with one decimal and a decimal comma.

    Counts in powers of 1000 as the SI prefixes do, rounds half up, and joins number and unit with a no-break space.
    What is not empty is never called 0 kB.
    """
    kilobytes = (Decimal(size) / 1000).quantize(Decimal(1), ROUND_HALF_UP)
    if kilobytes < 1000:
        return f"{max(kilobytes, Decimal(1) if size else Decimal(0))}{NO_BREAK_SPACE}kB"
    megabytes = (Decimal(size) / 1_000_000).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{megabytes}{NO_BREAK_SPACE}MB".replace(".", ",")


def document_label(extension: str, size: int) -> str:
    """Describe a file by type and size, as in "Pdf, 118 kB"."""
    return f"{file_type_name(extension)}, {format_file_size(size)}"
