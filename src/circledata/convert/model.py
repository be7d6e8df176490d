"""What a conversion is made of: source rows, changed cells, rows left out, decisions for a person, the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from circledata.standard.model import Language, Text


class ConversionError(Exception):
    """The input or the options do not allow a conversion; nothing was written. `exit_code` is the command's."""

    exit_code = 2

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)

    def in_language(self, language: Language) -> str:
        """Say the problem in `language`."""
        return self.text.in_language(language)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file that was converted: its name without folders, its size and hash, and how it was read."""

    name: str
    bytes: int
    sha256: str
    encoding: str
    format: str


class SourceRow(NamedTuple):
    """One row of the source: where it stands, its filled cells by column, and its geometry as the file has it.

    `number` is the physical line of a CSV record (its first line), or the number of a feature, both counted from 1.
    `geometry` is WKT or a GeoJSON geometry; None when there is none. `broken`: the record has more or fewer cells than
    the header, so nobody can tell which cell is which. A tuple, since there is one for every row of a large file.
    """

    number: int
    cells: Mapping[str, str]
    geometry: str | Mapping[str, Any] | None = None
    broken: bool = False


@dataclass(frozen=True)
class SourceTable:
    """One table of a source file: a CSV, one sheet of a workbook, the features or objects of a JSON file.

    `sheet` is "" where the file has none. `header`: the names of the columns in order, each once; two header rows are
    joined by a slash (`联系/电话`). `header_row`: the last row of the header, 0 where there is none. `rows`:
    what stands below it and holds something, blank rows not counted; every one of them becomes a record or is left out.
    `above`: the filled cells of the title rows over the header, a row each. `notes`: what the reader noticed and a
    person should know, as code and parameters (worded in convert/read/notes.py). `changes`: cells that the reader
    itself mended, on request.
    """

    file: SourceFile
    sheet: str
    header: tuple[str, ...]
    header_row: int
    rows: Sequence[SourceRow]
    above: Sequence[Sequence[str]] = ()
    notes: Sequence[tuple[str, Mapping[str, str]]] = ()
    changes: Sequence[Change] = ()


class Change(NamedTuple):
    """One cell of the result that is not, letter for letter, a cell of the source or a constant of the mapping.

    A tuple, since a conversion makes some for nearly every row.
    """

    row: int
    column: str
    record: str
    field: str
    old: str
    new: str
    rule: str
    file: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One row of the source that became no record: why, and which tag or value decided."""

    row: int
    source_id: str
    reason: str
    tag: str
    name: str
    file: str = ""
    sheet: str = ""


@dataclass
class Draft:
    """What a converter makes of one or several source tables, before anything is written.

    `tables`: the filled cells of each record by field or `x_` column, by table, in the order they shall stand.
    `extra_columns`: the `x_` columns of a table in their order. `files`: other files of the package by name
    (`circles.geojson`). `rows_in` is always `rows_used + len(left_out)`. `settings`: what the converter knows of the
    package as a whole (keys of the descriptor's `circledata` object, such as profile), where nobody said otherwise.
    """

    rows_in: int = 0
    rows_used: int = 0
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    extra_columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    decisions: Counter[str] = field(default_factory=Counter)
    """What a person must decide: counts by code (worded in convert/output/words.py)."""
    unread: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Values that could not be read, by field and text."""
    unmapped: Counter[str] = field(default_factory=Counter)
    """Columns of the source that no field takes, with the count of their filled cells."""
    settings: dict[str, str] = field(default_factory=dict)
    origins: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    """File, sheet and row that a record was made of, by its id."""


@dataclass
class Conversion:
    """The result of a conversion: what was read, what came out, what was changed, and what a person must decide.

    `rows_in` is always `rows_used + len(left_out)`. `records` counts what was written, by table. `decisions` counts, by
    code, what the tool did not decide; a code may carry what it is about: `personal-column:法定代表人`.
    """

    sources: Sequence[SourceFile]
    mappings: Sequence[str]
    """The mapping or converter of each source."""
    division_code: str
    as_of: date
    coordinate_system: str
    """Empty where the user said that it is not known."""
    to: Path
    papers: Path
    """The directory of change log, rows left out and summary: beside the package, since it is not published."""
    rows_in: int = 0
    rows_used: int = 0
    records: Counter[str] = field(default_factory=Counter)
    left_out: Sequence[LeftOut] = ()
    changes: Sequence[Change] = ()
    by_category: Counter[str] = field(default_factory=Counter)
    decisions: Counter[str] = field(default_factory=Counter)
    unread: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Values that could not be read, by field and text."""
    unmapped: Counter[str] = field(default_factory=Counter)
    """Columns of the sources that no field takes, with the count of their filled cells."""
    twins: Sequence[Any] = ()
    """Records that look like one and the same (circledata.convert.merging.Twin)."""
    notes: Sequence[tuple[str, Text]] = ()
    """What the readers noticed, with the file (and sheet)."""

    @property
    def source(self) -> SourceFile:
        """The first source."""
        return self.sources[0]
