"""What the reader hands to the engine: raw tables with their exact positions, and what it found while reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from circledata.findings.model import Finding, Note
from circledata.findings.report import Kind
from circledata.standard.model import Standard

LINE_COLUMN = "__line"
"""First column of a staged file: the physical line or sheet row of the record."""
BROKEN_COLUMN = "__broken"
"""Second column of a staged file: `1` for a record whose cells cannot be told apart (ragged row), else empty."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the reader takes before it stops with a finding; each can be overridden by an option."""

    max_file_bytes: int = 8 << 30
    """A national outlets table is about 1 GB; eight times that is no upload of one publisher."""
    max_archive_bytes: int = 8 << 30
    """Sum of the unpacked sizes of a ZIP or workbook."""
    max_archive_entries: int = 10_000
    """A package has some twenty files; a workbook some fifty parts."""
    max_archive_ratio: int = 200
    """Unpacked to packed, measured while unpacking. Text of tables packs 5 to 20 times, extreme repetition
    100 times.
    """
    max_cell_characters: int = 1_000_000
    """The longest text of the standard has 2,000 characters; Excel itself stops at 32,767."""
    max_columns: int = 1_000
    """The widest real export seen had 218 columns."""
    max_descriptor_bytes: int = 16 << 20
    """datapackage.json of a package with every table written out is 60 kB."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file: its header as written, its place, and the field of the standard that it is.

    Columns are numbered from 1 in the order of the file; what has no place in a row, the properties of a feature, is
    numbered from below and ends with -1.
    """

    header: str
    number: int
    field: str | None
    """Machine name of the field; None for a column that the standard does not know (x_ columns too)."""


@dataclass(frozen=True)
class RawTable:
    """One table of the package, not yet loaded.

    `path` is what the engine loads. When `staged` is False it is the publisher's own file (or its bytes
    unpacked from an
    archive), record n stands on line header_row + n if the file is structurally sound, and the engine finds out
    whether it
    is. When `staged` is True it is a clean file that the reader wrote: UTF-8, comma, every cell quoted, LF, no header
    ambiguity; its columns are LINE_COLUMN, BROKEN_COLUMN and then one a `columns` entry, in order.
    """

    table: str
    file: str
    """As the user knows it: the resource's path, the name inside the archive, or the path that was given."""
    sheet: str | None
    path: Path
    columns: tuple[Column, ...]
    header_row: int
    encoding: str
    bytes: int
    sha256: str | None
    """None until the engine has scanned the file (it does so beside the load)."""
    delimiter: str = ","
    staged: bool = False
    rows: int | None = None
    """Records staged; None when not yet known."""
    cells: Path | None = None
    """What the reader of a workbook said of single cells and rows, as CellNotes writes it; None when nothing."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What a package says of itself; None where nobody said it."""

    version: str | None = None
    division_code: str | None = None
    as_of: date | None = None
    coordinate_system: str | None = None
    profile: str | None = None
    synthetic: bool | None = None
    extensions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Package:
    """A package opened for checking: where its tables are, what it says of itself, what was found on the way."""

    label: str
    kind: Kind
    standard: Standard
    descriptor: Mapping[str, Any] | None
    meta: Meta
    tables: Mapping[str, RawTable]
    boundaries: Path | None
    """circles.geojson on disk, when the package has one that is valid JSON."""
    boundaries_file: str | None
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...]
    complete: bool
    """False when something could not be read, so that checks are missing from the report."""
    later: Callable[[], Sequence[Finding]] = tuple
    """Checks what no table waits for, the descriptor against its schema, and returns the findings: a tenth of a second
    that can pass beside the load of the tables."""
    descriptor_file: str | None = None
    """Where the package says what it is, as the user knows it: the path of datapackage.json, or the workbook."""
    unchecked: frozenset[str] = frozenset()
    """Codes of rules that cannot be judged by what was given; the notes say so."""
