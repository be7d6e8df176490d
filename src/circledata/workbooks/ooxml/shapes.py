"""The boxes in which notes are shown (VML): one shape a note, beside whatever else the drawing holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_NAMES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMES.items())
_EMPTY = f"<xml {_DECLARED}></xml>"
_KIND = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_ROOT = re.compile(r"<xml\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_IDMAP = re.compile(r"(<(?:\w+:)?idmap\b[^>]*?\bdata=[\"'])([^\"']*)")
_SHAPE = re.compile(r"<(?P<p>(?:\w+:)?)shape(?=[\s>]).*?</(?P=p)shape\s*>", re.DOTALL)
_NOTE = re.compile(r"ObjectType\s*=\s*[\"']Note[\"']")
_ROW = re.compile(r"<(?:\w+:)?Row>\s*([0-9]+)\s*<")
_COLUMN = re.compile(r"<(?:\w+:)?Column>\s*([0-9]+)\s*<")
_IDS = 1_024
"""Shape ids of one block; a drawing names the blocks that its shapes are taken from."""
WIDTH, LINE, MOST_HEIGHT = 280, 17, 420
"""Pixels of a note's box: its width, the height of a line, and the greatest height."""
_CHARACTERS = 40
"""Narrow characters that fit into a line of the box."""


@dataclass(frozen=True, slots=True)
class Box:
    """A note to be shown: its cell (from 1) and its text, which says how large the box is."""

    row: int
    column: int
    text: str


def blocks_of(text: str) -> set[int]:
    """Return the blocks of ids that a drawing takes."""
    found = {int(item) for match in _IDMAP.finditer(text) for item in re.findall("[0-9]+", match[2])}
    return found | _taken(text)


def _blocks(count: int) -> int:
    return max(1, -(-count // (_IDS - 1)))


def free_block(used: set[int], count: int) -> int:
    """Return the first of as many free blocks in a row as `count` shapes need."""
    first = 1
    while taken := used & set(range(first, first + _blocks(count))):
        first = max(taken) + 1
    return first


def without_notes(text: str, cells: set[tuple[int, int]]) -> str:
    """Return the drawing without the boxes of the notes of `cells` (row and column, from 1)."""

    def kept(match: re.Match[str]) -> str:
        row, column = _ROW.search(match[0]), _COLUMN.search(match[0])
        if not (row and column and _NOTE.search(match[0])):
            return match[0]
        return "" if (int(row[1]) + 1, int(column[1]) + 1) in cells else match[0]

    left = _SHAPE.sub(kept, text)
    unused = _taken(text) - _taken(left)
    return _IDMAP.sub(lambda match: match[1] + _but(match[2], unused), left) if unused else left


def _taken(text: str) -> set[int]:
    """Return the blocks that the ids of the shapes are taken from."""
    return {int(item) // _IDS for item in re.findall(r"_x0000_s([0-9]{1,7})[\"']", text)}


def _but(blocks: str, unused: set[int]) -> str:
    return ",".join(item for item in re.findall("[0-9]+", blocks) if int(item) not in unused)


def has_shapes(text: str) -> bool:
    """Tell whether a drawing holds anything that is shown."""
    return re.search(r"<(?:\w+:)?(?:shape|group|rect|oval|line|image|roundrect)(?=[\s>])", text) is not None


def with_notes(
    text: str | None, boxes: Sequence[Box], first_block: int, columns: Sequence[tuple[int, int, float]], height: float
) -> str:
    """Return the drawing with boxes added, their ids taken from `first_block` on.

    `columns`: first, last and width in characters of the sheet's columns; `height`: points of a row.
    """
    text = text or _EMPTY
    blocks = range(first_block, first_block + _blocks(len(boxes)))
    text = _with_blocks(text, blocks)
    root = _ROOT.search(text)
    declared = "" if root and _binds(root[0]) else f" {_DECLARED}"
    kind = "" if "_x0000_t202" in text else _KIND.replace("<v:shapetype", f"<v:shapetype{declared}", 1)
    ids = (block * _IDS + number for block in blocks for number in range(1, _IDS))
    layout = _Layout(columns, height)
    shapes = "".join(_shape(box, identity, layout, declared) for box, identity in zip(boxes, ids, strict=False))
    end = text.rfind("</xml")
    end = len(text) if end < 0 else end
    return text[:end] + kind + shapes + text[end:]


def _binds(tag: str) -> bool:
    """Tell whether a tag declares the prefixes that our shapes have; some programs choose others."""
    return all(re.search(rf"xmlns:{prefix}\s*=\s*[\"']{name}[\"']", tag) for prefix, name in _NAMES.items())


def _with_blocks(text: str, blocks: Iterable[int]) -> str:
    wanted = ",".join(map(str, blocks))
    found = _IDMAP.search(text)
    if found:
        joined = f"{found[2]},{wanted}" if found[2].strip() else wanted
        return f"{text[: found.start(2)]}{joined}{text[found.end(2) :]}"
    layout = f'<o:shapelayout {_DECLARED} v:ext="edit"><o:idmap v:ext="edit" data="{wanted}"/></o:shapelayout>'
    root = _ROOT.search(text)
    place = root.end() if root else 0
    return text[:place] + layout + text[place:]


class _Layout:
    """Where a box lies: pixels of columns and rows."""

    def __init__(self, columns: Sequence[tuple[int, int, float]], height: float) -> None:
        self._columns = columns
        self._row = max(8, round(height * 4 / 3))

    def _width(self, column: int) -> int:
        width = next((width for first, last, width in self._columns if first <= column <= last), 9.0)
        return round(width * 7 + 5) if width else 0

    def anchor(self, box: Box) -> str:
        """Return the place of a box, beginning in the column to the right of its cell."""
        left, offset = box.column, 12
        right, rest = left, offset + WIDTH
        while rest > (width := self._width(right + 1)) and right < 16_380:
            rest -= width
            right += 1
        top = max(0, box.row - 2)
        bottom, over = divmod(4 + _height(box.text), self._row)
        return f"{left}, {offset}, {top}, 4, {right}, {rest}, {top + bottom}, {over}"


def _height(text: str) -> int:
    lines = sum(max(1, -(-_columns(line) // _CHARACTERS)) for line in text.split("\n"))
    return min(MOST_HEIGHT, lines * LINE + 12)


def _columns(line: str) -> int:
    return len(line) + sum(1 for character in line if unicodedata.east_asian_width(character) in "WF")


def _shape(box: Box, identity: int, layout: _Layout, declared: str) -> str:
    return (
        f'<v:shape{declared} id="_x0000_s{identity}" type="#_x0000_t202" style="position:absolute;'
        f'width:{WIDTH * 3 // 4}pt;height:{_height(box.text) * 3 // 4}pt;z-index:1;visibility:hidden" '
        'fillcolor="#fffdf0" strokecolor="#8c8c8c" o:insetmode="auto"><v:fill color2="#fffdf0"/>'
        '<v:shadow on="t" color="#bfbfbf" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{layout.anchor(box)}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{box.row - 1}</x:Row><x:Column>{box.column - 1}</x:Column></x:ClientData></v:shape>"
    )


def drawings(names: Iterable[str]) -> Iterator[str]:
    """Yield those names of parts that are VML drawings."""
    yield from (name for name in names if name.lower().endswith(".vml"))
