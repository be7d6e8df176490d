"""Small changes of a sheet's XML outside its rows: whether it is selected, and the drawing that shows its notes."""

from __future__ import annotations

import re

from circledata.workbooks.ooxml.tags import children, inside, start_tag

_SELECTED = re.compile(r"(<(?:[\w.\-]+:)?sheetView\b[^>]*?)\s+tabSelected\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_AFTER = {
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
    *("webPublishItems", "tableParts", "extLst"),
}
"""What stands behind the drawing of the notes; the order is fixed."""
_LEGACY = re.compile(
    r"<(?P<name>(?:[\w.\-]+:)?legacyDrawing)(?=[\s/>])[^>]*?(?:/>|>\s*</(?P=name)\s*>)",
)


def without_selection(text: str, prefix: str) -> str:
    """Return the text before the rows of a sheet that is no longer the selected one.

    Two selected sheets would be a group, and what is typed into one would be typed into the other.
    """
    return _SELECTED.sub(r"\1", text)


def with_legacy_drawing(text: str, prefix: str, *, relation: str, base: str) -> str:
    """Return the text after the rows with the drawing that shows the notes; an empty `relation` takes it away.

    `text` begins with the end of the rows.
    """
    text = _LEGACY.sub("", text)
    if not relation:
        return text
    tag = start_tag(f"{prefix}legacyDrawing", {"xmlns:r": base, "r:id": relation}, empty=True)
    opened = text.find(">") + 1 if text.lstrip().startswith("</") else 0
    end = text.rfind("</")
    place = end
    for element in children(text, opened, end):
        local = element.local
        if local == "AlternateContent":
            # Controls and objects are wrapped for programs that do not know them.
            local = next((item.local for choice in inside(text, element) for item in inside(text, choice)), local)
        if local in _AFTER:
            place = element.start
            break
    return text[:place] + tag + text[place:]
