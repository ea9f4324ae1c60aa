"""Which parts of a body show anything: no heading stands above nothing.

What a block refers to may be gone: a document, an image, a page. The block then renders to nothing, and so must the
heading above it.
"""

import re
from typing import Any

from django.utils.safestring import SafeString

from site_core.text import plain_text

from .anchors import anchors

# What is seen without being text.
SEEN = re.compile(r"<(?:img|picture|video|audio|iframe|embed|object|svg|hr)\b")


def shown_parts(stream: Any, context: dict[str, Any]) -> list[SafeString]:
    """Render the blocks of a body, without those that show nothing and the headings that would have nothing below."""
    rendered = [
        (part, part.render_as_block({**context, "block_id": part.id, "anchor": anchor}))
        for part, anchor in zip(stream, anchors(stream), strict=True)
    ]
    shown = []
    # From the end: whether something is seen between here and the next heading, of any level and of the second.
    below, below_main = False, False
    for part, html in reversed(rendered):
        if part.block_type == "heading":
            is_main = part.value["level"] == "h2"
            if below_main if is_main else below:
                shown.append(html)
            below, below_main = False, below_main and not is_main
        elif not is_blank(html):
            shown.append(html)
            below = below_main = True
    return shown[::-1]


def is_blank(html: str) -> bool:
    """Tell whether nothing of some markup would be seen."""
    return not SEEN.search(html) and not plain_text(html)
