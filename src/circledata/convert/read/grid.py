"""Turns rows of cells below a header into the rows of a source table: filled cells only, blank rows left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from circledata.convert.model import Change, SourceFile, SourceRow, SourceTable
from circledata.convert.read.garbled import mend_header, mend_rows
from circledata.convert.read.header import TEXT_MARK, Header, Merge, Row
from circledata.convert.read.layout import Layout
from circledata.convert.read.notes import Note
from circledata.sources.header import key

_SHARED = 1 << 16
"""Different texts that are kept at hand, so that equal ones are one in memory."""
_TOTALS = ("合计", "小计", "总计", "共计")


@dataclass
class Grid:
    """The rows below a header as they are read; `table` makes the source table of them."""

    header: Header
    layout: Layout
    merges: Sequence[Merge] = ()
    exact_width: bool = False
    """Whether a row of another width than the header is broken; sheets have rows of one width anyway."""
    rows: list[SourceRow] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    _blank: int = 0
    _trailing: int = 0
    """Blank rows since the last filled one; those at the end of a table are no gap in it."""
    _broken: list[int] = field(default_factory=list)

    def read(self, rows: Iterable[Row]) -> None:
        """Take every row below the header, in order."""
        if self.merges:
            rows = self._unmerged(rows)
        if self.layout.fill_down:
            rows = self._filled_down(rows)
        names, width, exact = self.header.names, len(self.header.names), self.exact_width
        known: dict[str, str] = {}
        add, share = self.rows.append, known.setdefault
        for number, cells in rows:
            if len(cells) != width and not (cells := self._fitting(number, cells, width, exact)):
                continue
            found = {name: share(cell, cell) for name, cell in zip(names, cells) if cell and not cell.isspace()}  # noqa: B905
            if len(known) > _SHARED:
                known.clear()
            if found:
                add(SourceRow(number, found))
                if self._trailing:
                    self._blank, self._trailing = self._blank + self._trailing, 0
            else:
                self._trailing += 1

    def _fitting(self, number: int, cells: list[str], width: int, exact: bool) -> list[str]:
        """Return a row of another width if nothing of it is in doubt; else count it and return nothing."""
        if not "".join(cells).strip():
            self._trailing += 1
            return []
        if exact and (len(cells) < self._needed() or "".join(cells[width:]).strip()):
            self._broken.append(number)
            self.rows.append(SourceRow(number, {}, broken=True))
            return []
        return cells

    def _needed(self) -> int:
        """Return how many cells a row must have: a header often ends with blank ones."""
        names, unnamed = self.header.names, self.header.unnamed
        return max((place for place, name in enumerate(names, 1) if name not in unnamed), default=0)

    def _unmerged(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows with the content of cells merged downwards in all cells that they cover."""
        waiting = sorted(
            (merge for merge in self.merges if merge.bottom > merge.top > self.header.last),
            key=lambda merge: merge.top,
            reverse=True,
        )
        active: list[tuple[int, int, str]] = []
        count = 0
        for number, cells in rows:
            while waiting and waiting[-1].top <= number:
                merge = waiting.pop()
                if merge.top == number and merge.left < len(cells):
                    active.append((merge.bottom, merge.left, cells[merge.left]))
            if active and "".join(cells).strip():
                active = [item for item in active if item[0] >= number]
                for _, place, text in active:
                    if not cells[place]:
                        cells[place] = text
                        count += bool(text)
            yield number, cells
        if count:
            self.notes.append(("merged-filled", {"count": str(count)}))

    def _filled_down(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows with the blank cells of some columns filled from above, but not in rows of totals."""
        places = self._places()
        last, counts = dict.fromkeys(places, ""), dict.fromkeys(places, 0)
        for number, cells in rows:
            first = next((text for cell in cells if (text := cell.strip())), "")
            if first and not first.replace(" ", "").replace("\u3000", "").startswith(_TOTALS):
                for place in places:
                    if place >= len(cells):
                        continue
                    if cells[place].strip():
                        last[place] = cells[place]
                    elif last[place]:
                        cells[place] = last[place]
                        counts[place] += 1
            yield number, cells
        self.notes += [
            ("filled-down", {"column": self.header.names[place], "count": str(count)})
            for place, count in counts.items()
            if count
        ]

    def _places(self) -> list[int]:
        known = {key(name): place for place, name in reversed(list(enumerate(self.header.names)))}
        last_parts = {key(name.rpartition("/")[2]): place for place, name in enumerate(self.header.names)}
        found = []
        for column in self.layout.fill_down:
            place = known.get(key(column), last_parts.get(key(column)))
            if place is None:
                self.notes.append(("fill-down-unknown", {"column": column}))
            else:
                found.append(place)
        return found

    def table(self, file: SourceFile, sheet: str, *, repair: bool, look: bool = True) -> SourceTable:
        """Return the source table; columns that have neither name nor content are not in it.

        `repair`: whether garbled text is mended; `look`: whether there may be any with the marks of it.
        """
        header = self.header
        empty = set(header.unnamed)
        for row in self.rows:
            if not empty:
                break
            empty -= row.cells.keys()
        notes = [*header.notes, *self.notes]
        notes += [
            ("header-empty", {"number": str(number), "name": name})
            for name, number in header.unnamed.items()
            if name not in empty
        ]
        if self._blank:
            notes.append(("blank-rows", {"count": str(self._blank)}))
        if self._broken:
            notes.append(("rows-broken", {"count": str(len(self._broken)), "row": str(self._broken[0])}))
        names = tuple(name for name in header.names if name not in empty)
        renamed, header_notes = mend_header(names, repair=repair)
        where = (file.name, sheet)
        rows, mended, row_notes = mend_rows(self.rows, names, renamed, where, repair=repair, look=look)
        columns = tuple(renamed.get(name, name) for name in names)
        every = [*notes, *header_notes, *row_notes]
        return SourceTable(file, sheet, columns, header.last, rows, header.above, every, [*self.changes, *mended])

    def without_text_marks(self, file: str) -> None:
        """Take Excel's mark of text off the cells: `="001"` is 001 whose zeros were to be kept."""
        for index, row in enumerate(self.rows):
            marked = {name: text[2:-1] for name, text in row.cells.items() if TEXT_MARK.fullmatch(text)}
            if marked:
                cells = {name: text for name, text in {**row.cells, **marked}.items() if text.strip()}
                self.rows[index] = SourceRow(row.number, cells)
                self.changes += [
                    Change(row.number, name, "", "", row.cells[name], text, "excel-text-mark", file)
                    for name, text in marked.items()
                ]
        if self.changes:
            self.notes.append(("excel-text-marks", {"count": str(len(self.changes))}))
