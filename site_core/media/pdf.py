"""What a PDF is like for those who will read it."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from django.core.files import File
from django.utils.translation import gettext as _

READER = Path(__file__).with_name("pdf_reader.py")
# The program ends by itself after less processor time; a machine that is busy may give it that late.
TIMEOUT = 60

UNREADABLE, UNTAGGED, UNTITLED, CLOSED = "unreadable", "untagged", "untitled", "closed"
# Refused when it is uploaded; those that came before are found by a command.
LOCKED = "locked"


@dataclass(frozen=True)
class PdfFacts:
    """Whether a PDF opens without a password, and what readers will miss in it."""

    needs_password: bool = False
    faults: list[str] = field(default_factory=list)


def read_pdf(file: File) -> PdfFacts:
    """Read a PDF in a process of its own; what takes too much or can't be read at all is unreadable."""
    position = file.tell()
    file.seek(0)
    content = file.read()
    file.seek(position)
    try:
        result = subprocess.run(  # noqa: S603 -- our own program, the file comes by standard input
            [sys.executable, "-I", str(READER)], input=content, capture_output=True, timeout=TIMEOUT, check=True
        )
        facts = json.loads(result.stdout)
        return PdfFacts(bool(facts["needs_password"]), [str(code) for code in facts["faults"]])
    except (subprocess.SubprocessError, OSError, ValueError, KeyError):
        return PdfFacts(faults=[UNREADABLE])


def fault_text(faults: list[str]) -> str:
    """Say in words what readers will miss in a PDF, and what the editor can do; empty where nothing is wrong."""
    texts = {
        LOCKED: _("The PDF is protected with a password, so readers can't open it."),
        UNREADABLE: _("The PDF could not be read here: check that it can be opened."),
        UNTAGGED: _(
            "The PDF has no tags, so a screen reader can't tell headings, lists and tables in it. Export it anew as a "
            "tagged PDF (PDF/UA)."
        ),
        UNTITLED: _("The PDF has no title of its own. Give it one in the program it was made in."),
        CLOSED: _("The PDF forbids that its text is read out, which can keep screen readers out."),
    }
    return " ".join(texts[code] for code in texts if code in faults)


def fault_warning(faults: list[str]) -> str:
    """Say the same where it must be told from other words."""
    return _("Warning: %(faults)s") % {"faults": fault_text(faults)} if faults else ""
