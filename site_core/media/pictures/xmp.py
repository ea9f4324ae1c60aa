"""What stays of a picture's XMP packet: who made it, who owns it, what others may do, and how it came to be."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape, quoteattr

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

LARGEST = 1_000_000
LONGEST_TEXT = 2000
MOST_ITEMS = 20

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML = "http://www.w3.org/XML/1998/namespace"
SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "cc": "http://creativecommons.org/ns#",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
}
TEXT, RESOURCE, LIST, BAG, LANGUAGES = "text", "resource", "Seq", "Bag", "Alt"
SOURCE_TYPE = "Iptc4xmpExt:DigitalSourceType"
CREATOR, CREDIT = "dc:creator", "photoshop:Credit"
# Everything else goes: place names, persons and faces, devices, history, captions, keywords, prompts, contact details.
KEPT = {
    CREATOR: LIST,
    "dc:rights": LANGUAGES,
    CREDIT: TEXT,
    "photoshop:Source": TEXT,
    "xmpRights:Marked": TEXT,
    "xmpRights:Owner": BAG,
    "xmpRights:UsageTerms": LANGUAGES,
    "xmpRights:WebStatement": TEXT,
    SOURCE_TYPE: TEXT,
    "cc:license": RESOURCE,
    "cc:attributionName": TEXT,
    "tiff:Orientation": TEXT,
}
# A picture made by a machine often says so only in its signed manifest (C2PA), which does not outlive any change of
# the file and tells of persons and places too. What it says of its source is carried over (IPTC's list of such words).
SOURCE_TYPES = re.compile(rb"(?i)cv\.iptc\.org/newscodes/digitalsourcetype/([a-z]{3,60})")
SOURCE_ADDRESS = "http://cv.iptc.org/newscodes/digitalsourcetype/"
POSITION = re.compile(rb"GPS(?:Latitude|Longitude|Altitude|Position)")

Values = list[tuple[str, str]]


@dataclass(frozen=True)
class Packet:
    """What a packet says of the kept properties, each as (language, text) pairs, and whether it says more."""

    values: dict[str, Values]
    says_more: bool


def clean_xmp(data: bytes, removed: set[str], source_type: str = "") -> bytes:
    """Return an XMP packet that holds nothing but what is kept; empty where nothing is.

    `source_type` is what else the file says of how the picture came to be.
    """
    packet = read_packet(data)
    if packet.says_more:
        removed.add("xmp")
    if POSITION.search(data):
        removed.add("position")
    values = dict(packet.values)
    if source_type and SOURCE_TYPE not in values:
        values[SOURCE_TYPE] = [("", source_type)]
    return _written(values)


def source_type_in(content: bytes) -> str:
    """Return the address of the digital source type that a file names anywhere; empty where it names none."""
    found = {match.decode().lower(): match.decode() for match in SOURCE_TYPES.findall(content)}
    # Of several, the parts' and the whole's, the one that tells of a machine matters.
    for name in sorted(found, key=lambda name: ("algorithmicmedia" not in name, name)):
        return f"{SOURCE_ADDRESS}{found[name]}"
    return ""


def read_packet(data: bytes) -> Packet:
    """Read a packet; what can't be read says nothing that could be kept."""
    data = data.strip(b"\0 \r\n\t")
    if not data:
        return Packet({}, says_more=False)
    if len(data) > LARGEST:
        return Packet({}, says_more=True)
    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        return Packet({}, says_more=True)
    names = {f"{{{SPACES[space]}}}{name}": f"{space}:{name}" for space, name in (key.split(":") for key in KEPT)}
    values: dict[str, Values] = {}
    says_more = False
    for description in root.iter(f"{{{RDF}}}Description"):
        for attribute, text in description.attrib.items():
            if attribute in names and KEPT[names[attribute]] in {TEXT, RESOURCE}:
                values.setdefault(names[attribute], _texts([("", text)]))
            elif attribute != f"{{{RDF}}}about" or text:
                says_more = True
        for child in description:
            if child.tag in names:
                values.setdefault(names[child.tag], _values(child))
            else:
                says_more = True
    return Packet({name: found for name, found in values.items() if found}, says_more)


def _values(element: Element) -> Values:
    resource = element.get(f"{{{RDF}}}resource")
    if resource:
        return _texts([("", resource)])
    items = [item for item in element.iter(f"{{{RDF}}}li") if len(item) == 0]
    if items:
        return _texts([(item.get(f"{{{XML}}}lang", ""), item.text or "") for item in items[:MOST_ITEMS]])
    return _texts([("", element.text or "")]) if len(element) == 0 else []


def _texts(pairs: Values) -> Values:
    return [(language[:40], text.strip()[:LONGEST_TEXT]) for language, text in pairs if text.strip()]


def _written(values: dict[str, Values]) -> bytes:
    if not values:
        return b""
    spaces = sorted({name.partition(":")[0] for name in values})
    declared = "".join(f' xmlns:{space}="{SPACES[space]}"' for space in spaces)
    properties = "".join(_property(name, values[name]) for name in KEPT if name in values)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}"><rdf:Description rdf:about=""{declared}>'
        f"{properties}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="r"?>'
    ).encode()


def _property(name: str, values: Values) -> str:
    kind = KEPT[name]
    if kind == RESOURCE:
        return f"<{name} rdf:resource={quoteattr(values[0][1])}/>"
    if kind == TEXT:
        return f"<{name}>{escape(values[0][1])}</{name}>"
    items = "".join(
        f"<rdf:li xml:lang={quoteattr(language or 'x-default')}>{escape(text)}</rdf:li>"
        if kind == LANGUAGES
        else f"<rdf:li>{escape(text)}</rdf:li>"
        for language, text in values
    )
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>"
