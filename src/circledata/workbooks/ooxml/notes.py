"""The notes of a sheet and the drawing that shows them: two parts that must say the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from circledata.sources.sheet_xml import column_letters
from circledata.workbooks.ooxml.book import BookPart
from circledata.workbooks.ooxml.comments import BEGIN, Comments
from circledata.workbooks.ooxml.parts import Parts
from circledata.workbooks.ooxml.relations import ContentTypes, Relation, Relations
from circledata.workbooks.ooxml.scan import SheetScan, area_of
from circledata.workbooks.ooxml.shapes import (
    Box,
    blocks_of,
    drawings,
    free_block,
    has_shapes,
    with_notes,
    without_notes,
)

_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"


class SheetNotes:
    """The notes of one sheet. The order is: `clear` if wanted, `settle`, then `write`."""

    def __init__(self, parts: Parts, sheet: str, book: BookPart, scanned: Callable[[], SheetScan]) -> None:
        self._parts = parts
        self._sheet = sheet
        self._book = book
        self._links = Relations(parts, sheet)
        self._types = ContentTypes(parts)
        self._scanned = scanned
        self._relation = self._links.of_kind("comments")
        self._comments: Comments | None = None
        self._gone: set[tuple[int, int]] = set()
        self._drawing: str | None = None

    def _opened(self) -> Comments:
        if self._comments is None:
            text = self._parts.text(self._relation.target) if self._relation else None
            self._comments = Comments(text, self._book.main)
        return self._comments

    def clear(self) -> None:
        """Take our notes away."""
        if self._relation is None:
            return
        for cell in self._opened().remove_ours():
            area = area_of(cell)
            if area:
                self._gone.add(area[:2])

    def _legacy(self) -> Relation | None:
        """Return the relationship of the drawing that shows the notes, if the sheet has one."""
        found = [item for item in self._links.all() if item.kind == "vmlDrawing" and item.target in self._parts]
        if not found:
            return None
        wanted = self._scanned().legacy
        return next((item for item in found if item.identity == wanted), None)

    def settle(self, more: bool) -> str | None:
        """Say what the sheet's XML must name: a relationship, nothing (an empty text), or None when all stays.

        `more`: notes will be written.
        """
        changed = self._comments is not None and self._comments.changed
        if not more and not changed:
            return None
        legacy = self._legacy()
        if more:
            self._opened()
            if legacy is None:
                folder = "xl/drawings" if self._sheet.startswith("xl/") else "drawings"
                self._drawing = self._parts.free_name(folder + "/vmlDrawing{}.vml")
                return self._links.add("vmlDrawing", self._drawing, self._book.base)
            self._drawing = legacy.target
            return None
        return self._settle_less(legacy)

    def _settle_less(self, legacy: Relation | None) -> str | None:
        """Settle a sheet that lost notes and gets none."""
        comments = self._opened()
        drawing = None
        if legacy is not None:
            drawing = without_notes(self._parts.text(legacy.target), self._gone)
        if len(comments) and self._relation:
            self._parts.put(self._relation.target, comments.text())
        elif self._relation:
            self._drop(self._relation)
        if legacy is None or drawing is None:
            return None
        if has_shapes(drawing):
            self._parts.put(legacy.target, drawing)
            return None
        self._drop(legacy)
        return ""

    def _drop(self, relation: Relation) -> None:
        self._parts.drop(relation.target)
        self._types.remove(relation.target)
        self._links.remove(relation.identity)

    def write(
        self, notes: Mapping[tuple[int, int], str], columns: Sequence[tuple[int, int, float]], height: float
    ) -> None:
        """Write notes by row and column; `columns` and `height` say how large the sheet's cells are."""
        if not notes or self._drawing is None:
            return
        comments = self._opened()
        boxes = []
        for (row, column), text in notes.items():
            new = comments.add(f"{column_letters(column)}{row}", text)
            if new:
                boxes.append(Box(row, column, BEGIN + text))
        drawing = self._parts.text(self._drawing) if self._drawing in self._parts else None
        if drawing is not None:
            drawing = without_notes(drawing, self._gone | {(box.row, box.column) for box in boxes})
            self._parts.put(self._drawing, drawing)
        used = {block for name in drawings(self._parts.names()) for block in blocks_of(self._parts.text(name))}
        self._parts.put(self._drawing, with_notes(drawing, boxes, free_block(used, len(boxes)), columns, height))
        self._types.add(self._drawing, _DRAWING)
        if self._relation is None:
            folder = "xl/" if self._sheet.startswith("xl/") else ""
            name = self._parts.free_name(folder + "comments{}.xml")
            self._links.add("comments", name, self._book.base)
            self._types.add(name, _COMMENTS)
            self._parts.put(name, comments.text())
        else:
            self._parts.put(self._relation.target, comments.text())
