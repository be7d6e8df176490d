"""Opens a workbook (XLSX, XLS, ODS, ET): which sheets it has, their rows as they lie, and what only its bytes tell."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from circledata.findings.model import Finding
from circledata.sources.archive import Unpacking, open_zip
from circledata.sources.book_ods import Range, inspect_ods
from circledata.sources.book_xls import is_base1904
from circledata.sources.container import OLE, Refused
from circledata.sources.faults import fault, too_large
from circledata.sources.model import Limits
from circledata.sources.sheet_xml import SheetFacts, book_parts, inspect_sheet, pieces_of

_ENDINGS = frozenset(".xls .xla .xlsx .xlsm .xlam .xlsb .ods".split())  # noqa: SIM905
"""Endings by which the library chooses what to read a file as."""


@dataclass
class Book:
    """An opened workbook; `facts` by sheet name holds what its XML tells beyond what the library does."""

    path: Path
    file: str
    workbook: Any
    facts: dict[str, SheetFacts] = field(default_factory=dict)
    merged: dict[str, list[Range]] = field(default_factory=dict)
    """Merged ranges by sheet name, where the library does not tell them and somebody else found them out."""
    base1904: bool = False
    """Whether the workbook counts its days from 1904-01-01 instead of 1900."""

    def sheets(self) -> Iterator[tuple[str, bool]]:
        """Yield the name of each work sheet and whether it is visible; sheets hidden for good are left out."""
        for sheet in self.workbook.sheets_metadata:
            kind, visible = str(sheet.typ).rpartition(".")[2], str(sheet.visible).rpartition(".")[2]
            if kind == "WorkSheet" and visible != "VeryHidden":
                yield sheet.name, visible == "Visible"


@dataclass
class Sheet:
    """The rows of one sheet; `first_column` is the number of the first cell of each row, from 1."""

    name: str
    rows: Any
    first_column: int
    filled: bool
    height: int = 0
    """Number of the last row."""
    merged: Sequence[Range] = ()


@dataclass
class _Look:
    """What a look at the bytes of a workbook tells."""

    facts: dict[str, SheetFacts] = field(default_factory=dict)
    merged: dict[str, list[Range]] = field(default_factory=dict)
    base1904: bool = False


def open_book(path: Path, file: str, limits: Limits) -> Book:
    """Open a workbook after a look at what it would unpack to. Refused when it is damaged, protected or too large."""
    with path.open("rb") as stream:
        magic = stream.read(8)
    size = path.stat().st_size
    if size > limits.max_file_bytes:
        raise Refused(too_large(file, limits.max_file_bytes, size))
    if magic == OLE and holds(path, "EncryptedPackage".encode("utf-16-le")):
        raise Refused(fault("workbook-protected", file=file))
    look = _inspect(path, file, limits) if magic[:2] == b"PK" else _Look(base1904=is_base1904(path))
    with _faults_of(file):
        return Book(path, file, _load(path), look.facts, look.merged, look.base1904)


@contextmanager
def _faults_of(file: str, sheet: str | None = None) -> Iterator[None]:
    """Turn every way in which the library fails over a file into a refusal."""
    import python_calamine

    try:
        yield
    except python_calamine.PasswordError:
        raise Refused(fault("workbook-protected", file=file)) from None
    except (python_calamine.CalamineError, ValueError, OSError, MemoryError) as error:
        raise Refused(_damaged(file, error, sheet)) from None
    except BaseException as error:
        # The library is written in Rust, whose panics over broken binary workbooks are no ordinary exceptions.
        if type(error).__name__ != "PanicException":
            raise
        raise Refused(_damaged(file, error, sheet)) from None


def _damaged(file: str, error: BaseException, sheet: str | None = None) -> Finding:
    return fault("workbook-damaged", file=file, sheet=sheet, reason=type(error).__name__)


def _load(path: Path) -> Any:
    """Load a workbook as what its bytes are; the library goes by the ending, and people rename files."""
    import python_calamine

    try:
        return python_calamine.load_workbook(str(path))
    except python_calamine.PasswordError:
        raise
    except (python_calamine.CalamineError, ValueError):
        if path.suffix.lower() not in _ENDINGS:
            raise
    return python_calamine.load_workbook(io.BytesIO(path.read_bytes()))


def holds(path: Path, wanted: bytes) -> bool:
    """Tell whether a file holds these bytes anywhere."""
    before = b""
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            if wanted in before + chunk:
                return True
            before = chunk[-len(wanted) :]
    return False


def _inspect(path: Path, file: str, limits: Limits) -> _Look:
    """Unpack every part once, keeping nothing, so that no part can be more than it should be."""
    with open_zip(path, limits, file=file, damaged="workbook-damaged") as archive:
        size = path.stat().st_size
        unpacking = Unpacking(archive, size, limits, file)
        found: dict[str, SheetFacts] = {}
        for info in archive.infolist():
            sheet = info.filename.endswith(".xml") and "sharedStrings" not in info.filename

            def pieces(info: Any = info, passes: list[Unpacking] = [unpacking]) -> Iterator[bytes]:  # noqa: B006
                # A second look at the same part must not count twice towards the sum.
                reader = passes.pop() if passes else Unpacking(archive, size, limits, file)
                return pieces_of(reader.chunks(info, "workbook-damaged"), file)

            if sheet and info.filename != "content.xml":
                found[info.filename] = inspect_sheet(pieces, file)
            else:
                for _ in unpacking.chunks(info, "workbook-damaged"):
                    pass
        if "xl/workbook.xml" in archive.NameToInfo:
            parts, base1904 = book_parts(archive, Unpacking(archive, size, limits, file))
            return _Look({name: found[part] for name, part in parts.items() if part in found}, {}, base1904)
        content = archive.NameToInfo.get("content.xml")
        if content is None:
            return _Look()
        ods = inspect_ods(lambda: Unpacking(archive, size, limits, file).chunks(content, "workbook-damaged"))
        return _Look(ods.facts, ods.merged, ods.base1904)


def sheet_rows(book: Book, name: str) -> Sheet:
    """Lay out one sheet. Refused when the library cannot read it."""
    with _faults_of(book.file, name):
        sheet = book.workbook.get_sheet_by_name(name)
        start = sheet.start
        rows, first = (sheet.iter_rows(), start[1] + 1) if start else (iter(()), 1)
        merged = sheet.merged_cell_ranges or book.merged.get(name, ())
        return Sheet(name, rows, first, start is not None, (sheet.end or (-1,))[0] + 1, merged)
