"""Garbled text (read in the wrong encoding by somebody before us): reported always, repaired on request."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from circledata.convert.model import Change, SourceRow
from circledata.convert.read.notes import Note
from circledata.values.mojibake import Kind, MojibakeReading, judge, judge_column, recognise, repair

RULE = "mojibake-repaired"
_MARKS = re.compile("[\u00a1-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u20ac]{2}|\ufffd|锟斤拷|\\?\\?")
"""What garbled Chinese cannot do without, but for UTF-8 that was read as GBK: that one looks like Chinese."""
_ANY_LATIN = re.compile("[\u00b1\u00b3-\u00b6\u00b8-\u00ff]")
"""Letters of which garbled Chinese has at least one; sound Chinese text has · ° and ² only."""
_WHOLE = 0.5
"""Share of a column's texts from which the whole column counts as garbled in the same way."""
_PROBED = 300
"""Rows by which columns of UTF-8 that was read as GBK are known."""


def may_be_garbled(text: str) -> bool:
    """Tell, at once for much text, whether it can hold garbled Chinese other than UTF-8 that was read as GBK."""
    if "???" in text:
        return True
    return not text.isascii() and (_ANY_LATIN.search(text) is not None or "\ufffd" in text or "锟斤拷" in text)


def is_garbled(texts: Iterable[str]) -> bool:
    """Tell whether most of the texts that are not plain ASCII are garbled."""
    return judge(texts) > _WHOLE


def mend_header(names: Sequence[str], *, repair: bool) -> tuple[dict[str, str], list[Note]]:
    """Return new names for garbled ones (none unless `repair`), and what to say."""
    found = {name: reading.repaired for name in names if (reading := recognise(name)) is not None and reading.repaired}
    code = "mojibake-header-repaired" if repair else "mojibake-header"
    notes: list[Note] = [(code, {"value": name, "repaired": better}) for name, better in found.items()]
    if not repair:
        return {}, notes
    taken, renamed = set(names), {}
    for name, better in found.items():
        unique, place = better, 1
        while unique in taken:
            place += 1
            unique = f"{better} ({place})"
        taken.add(unique)
        renamed[name] = unique
    return renamed, notes


@dataclass
class _Column:
    """What is known of the garbled cells of one column."""

    readings: dict[str, MojibakeReading | None] = field(default_factory=dict)
    kinds: Counter[Kind] = field(default_factory=Counter)
    texts: int = 0
    """Cells that are not plain ASCII, or garbled."""
    mended: int = 0
    lost: int = 0
    example: tuple[str, str] = ("", "")

    @property
    def kind(self) -> Kind | None:
        """The way in which the whole column is garbled; None when only single cells are."""
        if not self.kinds:
            return None
        kind, count = min(self.kinds.items(), key=lambda item: (-item[1], item[0]))
        return kind if count >= _WHOLE * self.texts else None

    def read(self, text: str) -> MojibakeReading | None:
        if text not in self.readings:
            self.readings[text] = recognise(text)
        return self.readings[text]

    def better(self, text: str) -> str | None:
        """Return what a cell was before it was garbled; None where it is not garbled or that is not sure."""
        reading, kind = self.readings.get(text), self.kind
        if reading is None:
            found = repair(text, kind) if kind and kind != "lost" and not text.isascii() else None
            return found if found != text else None
        self.lost += reading.repaired is None
        return reading.repaired if reading.certain or reading.kind == kind else None


def mend_rows(
    rows: list[SourceRow],
    names: Sequence[str],
    renamed: Mapping[str, str],
    where: tuple[str, str],
    *,
    repair: bool,
    look: bool = True,
) -> tuple[list[SourceRow], list[Change], list[Note]]:
    """Find the garbled cells of each column; with `repair` return rows in which they are mended, a change each.

    `names` are the columns as the file has them, `renamed` their new names, `where` file and sheet. `look`: whether any
    cell may have the marks of garbled text. Without `repair` the rows are returned as they are.
    """
    columns = _judged(rows, names, look=look)
    changes: list[Change] = []
    for index, row in enumerate(rows if columns or (renamed and repair) else ()):
        better: dict[str, str] = {}
        for name, column in columns.items():
            if (text := row.cells.get(name)) is None or (mended := column.better(text)) is None:
                continue
            better[name] = mended
            column.mended += 1
            column.example = column.example if column.example[0] else (text, mended)
        if repair and (better or renamed):
            cells = {renamed.get(name, name): better.get(name, text) for name, text in row.cells.items()}
            rows[index] = SourceRow(row.number, cells, row.geometry, row.broken)
            changes += [
                Change(row.number, renamed.get(name, name), "", "", row.cells[name], text, RULE, *where)
                for name, text in better.items()
            ]
    return rows, changes, _notes(columns, renamed, repair=repair)


def _judged(rows: Sequence[SourceRow], names: Sequence[str], *, look: bool) -> dict[str, _Column]:
    """Return the columns that hold anything garbled, every text of theirs read."""
    suspects = dict.fromkeys(_like_chinese(rows, names))
    for row in rows if look else ():
        if _MARKS.search(" ".join(row.cells.values())):
            suspects |= dict.fromkeys(name for name, text in row.cells.items() if _MARKS.search(text))
    columns = {name: _Column() for name in names if name in suspects}
    for row in rows if columns else ():
        for name, column in columns.items():
            text = row.cells.get(name, "")
            if text.isascii() and "??" not in text:
                continue
            reading = column.read(text)
            column.texts += 1
            if reading is not None:
                column.kinds[reading.kind] += 1
    return {name: column for name, column in columns.items() if column.kinds}


def _like_chinese(rows: Sequence[SourceRow], names: Sequence[str]) -> list[str]:
    """Return the columns in which UTF-8 was read as GBK, judged by some rows."""
    half, middle = _PROBED // 2, len(rows) // 2
    probe = [*rows[:half], *rows[max(half, middle) : max(half, middle) + half]]
    return [
        name
        for name in names
        if judge_column(text for row in probe if (text := row.cells.get(name)) and not text.isascii()).kind
        == "utf8-as-gbk"
    ]


def _notes(columns: Mapping[str, _Column], renamed: Mapping[str, str], *, repair: bool) -> list[Note]:
    notes: list[Note] = []
    for name, column in columns.items():
        called = renamed.get(name, name) if repair else name
        if column.mended:
            value, mended = column.example
            params = {"column": called, "count": str(column.mended), "value": value, "repaired": mended}
            notes.append(("mojibake-repaired" if repair else "mojibake", params))
        if column.lost:
            value = next(text for text, reading in column.readings.items() if reading and reading.repaired is None)
            notes.append(("mojibake-lost", {"column": called, "count": str(column.lost), "value": value}))
    return notes
