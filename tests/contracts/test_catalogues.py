"""Translation: every string has its Swedish, and the compiled catalogues are those of the sources."""

import gettext
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "locale").rglob("*.po"))
ENTRY = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) "(.*)"$')


def read_source(path: Path) -> dict[str, str]:
    """Read a catalogue's source as the compiled one is keyed: context, \\x04, message."""
    entries: dict[str, str] = {}
    current: dict[str, str] = {}
    key = ""
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if match := ENTRY.match(line):
            key = match[1]
            current[key] = match[2]
        elif line.startswith('"'):
            current[key] += line[1:-1]
        elif not line and current:
            message = current["msgid"]
            if "msgctxt" in current:
                message = f"{current['msgctxt']}\x04{message}"
            entries[unescape(message)] = unescape(current.get("msgstr", current.get("msgstr[0]", "")))
            current = {}
    entries.pop("", None)
    return entries


def unescape(text: str) -> str:
    return text.replace(r"\"", '"').replace(r"\n", "\n").replace(r"\\", "\\")


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_message_is_translated(source: Path) -> None:
    assert [message for message, translation in read_source(source).items() if not translation] == []
    assert "#, fuzzy" not in source.read_text(encoding="utf-8")


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_compiled_catalogue_is_that_of_its_source(source: Path) -> None:
    with source.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    plain = {
        (key[0] if isinstance(key, tuple) else key): text
        for key, text in compiled.items()
        if key and not (isinstance(key, tuple) and key[1])
    }
    assert plain == read_source(source)
