"""How a CSV file is written, apart from its cells: byte order mark, line ends, quotes, marks; so that it comes back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from circledata.convert.output.safe_csv import RowWriter, safe_row

BOM = b"\xef\xbb\xbf"
_LINES = 5_000


@dataclass(frozen=True, slots=True)
class CsvForm:
    """How the file is written. `quoted`: every cell stands in quotes; else only those that need them.

    `marks`: text that begins like a formula has an apostrophe in front. `final`: the last line has its end.
    """

    bom: bool = True
    newline: str = "\n"
    quoted: bool = False
    marks: bool = True
    final: bool = True

    def as_json(self) -> dict[str, Any]:
        """Return the form as an object of JSON."""
        return asdict(self)


def form_from(content: object) -> CsvForm:
    """Return the form that an object of JSON holds; what is missing or wrong there is as the tool itself writes."""
    plain, told = CsvForm(), content if isinstance(content, dict) else {}
    flags = {name: told[name] for name in ("bom", "quoted", "marks", "final") if isinstance(told.get(name), bool)}
    newline = told.get("newline")
    return CsvForm(newline=newline if newline in {"\n", "\r\n"} else plain.newline, **flags)


def guess_form(path: Path) -> CsvForm:
    """Return the form that the ends of a file suggest."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(1 << 16)
        stream.seek(max(0, size - 1))
        last = stream.read(1)
    bom = head.startswith(BOM)
    line, end, _ = head[3 if bom else 0 :].partition(b"\n")
    return CsvForm(
        bom=bom,
        newline="\r\n" if end and line.endswith(b"\r") else "\n",
        quoted=line.startswith(b'"') and b',"' in line,
        final=last == b"\n",
    )


def chunks(header: Sequence[str], rows: Iterable[Sequence[str]], form: CsvForm) -> Iterator[bytes]:
    """Yield the bytes of a CSV file."""
    lines: list[str] = []
    writer = RowWriter(lines.append, newline=form.newline, quoted=form.quoted)
    pending = BOM if form.bom else b""
    writer.row(header)
    for row in rows:
        writer.row(safe_row(row) if form.marks else row)
        if len(lines) >= _LINES:
            yield pending
            pending = "".join(lines).encode("utf-8", "surrogatepass")
            lines.clear()
    pending += "".join(lines).encode("utf-8", "surrogatepass")
    yield pending if form.final else pending.removesuffix(form.newline.encode())


def write(stream: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[str]], form: CsvForm) -> tuple[int, str]:
    """Write a CSV file; returns its size in bytes and its SHA-256."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks(header, rows, form):
        stream.write(chunk)
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()


class Rows:
    """Hashes the cells of rows that pass through, so that an edit can be told from none."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()
        self.count = 0

    def add(self, row: Sequence[str]) -> None:
        """Take in one row."""
        self._digest.update(json.dumps(row).encode())
        self.count += 1

    def through(self, rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
        """Yield the rows while taking them in."""
        for row in rows:
            self.add(row)
            yield row

    @property
    def digest(self) -> str:
        """What all rows so far amount to."""
        return self._digest.hexdigest()
