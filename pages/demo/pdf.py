"""A small writer of tagged PDF files, for the demonstration's attachments.

What it writes has a title, a language, and a structure tree with headings, paragraphs and a figure with its
alternative text, so that a screen reader can tell what is what (PDF 1.7, 14.8 "Tagged PDF").
"""

import zlib
from dataclasses import dataclass

PAGE_WIDTH, PAGE_HEIGHT = 595, 842
MARGIN = 70
# Widths of Helvetica's characters from space to "~", in thousandths of the font size (Adobe's Helvetica.afm).
WIDTHS = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
]  # fmt: skip
WIDE = 667


@dataclass(frozen=True)
class Style:
    """How one kind of element is set: its structure tag, font, size and space before it in points."""

    tag: str
    font: str
    size: float
    before: float

    @property
    def leading(self) -> float:
        return self.size * 1.4


STYLES = {
    "h1": Style("H1", "F2", 22, 26),
    "h2": Style("H2", "F2", 13, 20),
    "p": Style("P", "F1", 11, 9),
    "lead": Style("P", "F1", 13.5, 12),
    "small": Style("P", "F1", 9, 12),
}


@dataclass(frozen=True)
class Picture:
    """A JPEG across the column, with what it shows."""

    jpeg: bytes
    width: int
    height: int
    alt_text: str


class _Document:
    """Collects PDF objects and numbers them from 1."""

    def __init__(self) -> None:
        self.objects: list[bytes] = []

    def add(self, body: bytes | str = b"") -> int:
        self.objects.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(self.objects)

    def put(self, number: int, body: str) -> None:
        self.objects[number - 1] = body.encode("latin-1")

    def stream(self, data: bytes, entries: str = "") -> int:
        return self.add(f"<<{entries}/Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream")

    def write(self, root: int, info: int) -> bytes:
        out = bytearray(b"%PDF-1.7\n%\xe5\xe4\xf6\xc5\n")
        offsets = []
        for number, body in enumerate(self.objects, 1):
            offsets.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
        out += f"trailer\n<</Size {len(offsets) + 1}/Root {root} 0 R/Info {info} 0 R>>\n".encode()
        return bytes(out + f"startxref\n{start}\n%%EOF\n".encode())


def write_pdf(title: str, author: str, elements: list[tuple[str, str]], picture: Picture | None = None) -> bytes:
    """Write a PDF of headings and paragraphs, flowing over as many pages as it takes.

    `elements` are (style, text) pairs with a style of STYLES. A picture stands at the top of the first page.
    """
    document = _Document()
    catalog, pages, tree, root_element = (document.add() for _ in range(4))
    fonts = {
        name: document.add(f"<</Type/Font/Subtype/Type1/BaseFont/{face}/Encoding/WinAnsiEncoding>>")
        for name, face in (("F1", "Helvetica"), ("F2", "Helvetica-Bold"))
    }
    image = None
    if picture:
        image = document.stream(
            picture.jpeg,
            f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}"
            "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode",
        )
    resources = f"<</Font<</F1 {fonts['F1']} 0 R/F2 {fonts['F2']} 0 R>>" + (
        f"/XObject<</Im1 {image} 0 R>>>>" if image else ">>"
    )

    page_numbers, parents, structure = [], [], []
    for index, marked in enumerate(_lay_out(elements, picture)):
        page = document.add()
        structure_here = []
        for mark, (tag, _commands, alt_text) in enumerate(marked):
            alt = f"/Alt {_text_string(alt_text)}" if alt_text else ""
            structure_here.append(
                document.add(f"<</Type/StructElem/S/{tag}/P {root_element} 0 R/Pg {page} 0 R/K {mark}{alt}>>")
            )
        content = "\n".join(
            f"/{tag} <</MCID {mark}>> BDC\n{commands}\nEMC" for mark, (tag, commands, _alt) in enumerate(marked)
        )
        stream = document.stream(zlib.compress(content.encode("cp1252")), "/Filter/FlateDecode")
        document.put(
            page,
            f"<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 {PAGE_WIDTH} {PAGE_HEIGHT}]/Resources {resources}"
            f"/Contents {stream} 0 R/StructParents {index}/Tabs/S>>",
        )
        page_numbers.append(page)
        parents.append(f"{index} [{_references(structure_here)}]")
        structure += structure_here

    document.put(pages, f"<</Type/Pages/Kids[{_references(page_numbers)}]/Count {len(page_numbers)}>>")
    document.put(root_element, f"<</Type/StructElem/S/Document/P {tree} 0 R/K[{_references(structure)}]>>")
    document.put(tree, f"<</Type/StructTreeRoot/K {root_element} 0 R/ParentTree<</Nums[{' '.join(parents)}]>>>>")
    document.put(
        catalog,
        f"<</Type/Catalog/Pages {pages} 0 R/StructTreeRoot {tree} 0 R/MarkInfo<</Marked true>>/Lang(sv-SE)"
        "/ViewerPreferences<</DisplayDocTitle true>>>>",
    )
    info = document.add(f"<</Title {_text_string(title)}/Author {_text_string(author)}>>")
    return document.write(catalog, info)


def _lay_out(elements: list[tuple[str, str]], picture: Picture | None) -> list[list[tuple[str, str, str]]]:
    """Set the elements page by page, as (tag, drawing commands, alternative text); one that does not fit moves on."""
    pages: list[list[tuple[str, str, str]]] = [[]]
    column = PAGE_WIDTH - 2 * MARGIN
    y: float = PAGE_HEIGHT - MARGIN
    if picture:
        height = column * picture.height / picture.width
        y -= height
        commands = f"q {column} 0 0 {height:.1f} {MARGIN} {y:.1f} cm /Im1 Do Q"
        pages[-1].append(("Figure", commands, picture.alt_text))
    for name, text in elements:
        style = STYLES[name]
        lines = _break_lines(text, style, column)
        if y - style.before - style.leading * len(lines) < MARGIN:
            pages.append([])
            y = PAGE_HEIGHT - MARGIN
        y -= style.before
        shown = " ".join(f"({_escape(line)}) Tj T*" for line in lines)
        commands = (
            f"BT /{style.font} {style.size} Tf {style.leading:.1f} TL {MARGIN} {y - style.size:.1f} Td {shown} ET"
        )
        pages[-1].append((style.tag, commands, ""))
        y -= style.leading * len(lines)
    return pages


def _break_lines(text: str, style: Style, column: float) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        candidate = f"{line} {word}".strip()
        if line and _width(candidate, style) > column:
            lines.append(line)
            line = word
        else:
            line = candidate
    return [*lines, line]


def _width(text: str, style: Style) -> float:
    # Bold is a little wider than the regular face whose widths are listed.
    factor = 1.07 if style.font == "F2" else 1.0
    widths = (WIDTHS[ord(c) - 32] if " " <= c <= "~" else WIDE for c in text)
    return sum(widths) / 1000 * style.size * factor


def _escape(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _text_string(text: str) -> str:
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def _references(numbers: list[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)
