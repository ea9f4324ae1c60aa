"""What the editor's script asks when something is pasted."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from site_core.blocks.body import BodyBlock

from .results import Result, filled_message, left_out_messages, read_pasted

# Characters. A long report is a few hundred thousand.
MOST = 2_000_000
BODY = BodyBlock()


@require_POST
def read_clipboard(request: HttpRequest) -> JsonResponse:
    """Turn what was pasted into what its place can hold; nothing is stored."""
    html, text = request.POST.get("html", ""), request.POST.get("text", "")
    place, lists = request.POST.get("place", "body"), request.POST.get("lists", "1") == "1"
    if len(html) + len(text) > MOST:
        return JsonResponse({"error": _("This is too much to paste at once. Paste a part at a time.")}, status=413)
    try:
        result = read_pasted(html, text)
    except RecursionError:
        return JsonResponse({"error": _("What you pasted could not be read. Paste it as plain text.")}, status=400)
    if place == "table":
        return JsonResponse(_for_table(result))
    return JsonResponse(_for_text(result, as_blocks=place == "body", lists=lists))


def _for_table(result: Result) -> dict[str, Any]:
    """Answer for a table that is pasted into one of ours: its words, and the whole of it for a table that is empty."""
    grid = result.grid()
    if grid is None:
        return {"rows": []}
    table = BODY.child_blocks["table"]
    return {
        "rows": grid.as_text(),
        "table": table.get_form_state(table.to_python(grid.as_stored())),
        "messages": [filled_message(grid), *left_out_messages(result.left_out)],
    }


def _for_text(result: Result, *, as_blocks: bool, lists: bool) -> dict[str, Any]:
    """Answer for running text: the row of blocks where there is room for it, and all of it as text."""
    parts = []
    if as_blocks and not result.is_plain():
        raw = [{**block, "id": str(uuid4())} for block in result.as_blocks()]
        parts = BODY.get_form_state(BODY.to_python(raw))
    return {
        "parts": parts,
        "html": result.as_text(lists=lists),
        "messages": result.messages(as_blocks=as_blocks, lists=lists),
    }
