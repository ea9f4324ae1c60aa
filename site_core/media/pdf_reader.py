"""A program of its own that reads a PDF from standard input and writes what it is like, as JSON.

Nothing is known of the file but that somebody sent it, and a parser may be led to eat all memory or time: so it is read
in a process that may take little of both (see pdf.py, which starts it). It needs nothing of the site.
"""

import io
import json
import logging
import re
import resource
import sys
from typing import Any

from pypdf import PasswordType, PdfReader
from pypdf.constants import UserAccessPermissions
from pypdf.generic import DictionaryObject

MOST_MEMORY = 1_000_000_000
MOST_SECONDS = 10
# What programs write when nobody has given a title: "Microsoft Word - Rapport 2.docx", "rapport.pdf".
NO_TITLE = re.compile(
    r"microsoft (word|powerpoint|excel) - .*|untitled.*|namnlös.*|(dokument|document|presentation|bok|book)\s?\d*"
    r"|\S*\.(docx?|pptx?|xlsx?|odt|ods|odp|pdf|indd|rtf|txt)",
    re.IGNORECASE,
)


def describe(content: bytes) -> dict[str, Any]:
    """Say whether a PDF asks for a password, and what readers will miss in it."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        return {"needs_password": True, "faults": []}
    faults = []
    root = reader.root_object
    marks = root.get("/MarkInfo", {}).get_object() if "/MarkInfo" in root else {}
    tagged = isinstance(marks, DictionaryObject) and bool(marks.get("/Marked")) and "/StructTreeRoot" in root
    if not tagged:
        faults.append("untagged")
    if not _title(reader):
        faults.append("untitled")
    # Programs that keep to the letter of these rights keep screen readers out too.
    rights = reader.user_access_permissions if reader.is_encrypted else None
    wanted = UserAccessPermissions.EXTRACT | UserAccessPermissions.EXTRACT_TEXT_AND_GRAPHICS
    if rights is not None and not rights & wanted:
        faults.append("closed")
    return {"needs_password": False, "faults": faults}


def _title(reader: PdfReader) -> str:
    titles = [str(reader.metadata.title or "")] if reader.metadata else []
    packet = reader.xmp_metadata
    titles += [str(title) for title in (packet.dc_title or {}).values()] if packet else []
    return next((title for title in titles if title.strip() and not NO_TITLE.fullmatch(title.strip())), "")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    logging.disable()
    content = sys.stdin.buffer.read()
    try:
        facts = describe(content)
    except NotImplementedError:
        # A way of locking that the library doesn't know, by certificates: no key is in the reader's hand.
        facts = {"needs_password": b"/Encrypt" in content, "faults": ["unreadable"]}
    except Exception:
        facts = {"needs_password": False, "faults": ["unreadable"]}
    sys.stdout.write(json.dumps(facts))


if __name__ == "__main__":
    main()
