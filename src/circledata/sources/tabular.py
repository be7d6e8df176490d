"""Opens one CSV file: looks at its head, and leaves a sound UTF-8 file as it is; anything else is staged at once."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from circledata.findings.model import Finding
from circledata.sources import encoding
from circledata.sources.csv_exact import restage
from circledata.sources.encoding import Verdict
from circledata.sources.encoding_faults import encoding_faults
from circledata.sources.faults import fault, too_large
from circledata.sources.header import SEARCHED_ROWS, Found, columns_of, find_header, header_faults
from circledata.sources.model import Limits, RawTable
from circledata.sources.options import Progress
from circledata.standard.model import Table

DELIMITERS = (",", ";", "\t", "|", "，")
HEAD = 64 << 10
"""Bytes that are looked at before anything else is known of a file."""
LONG_HEAD = 4 << 20
"""Bytes that are looked at when the first line is longer than HEAD."""
_NAMED = {"\t": "Tab"}


@dataclass(frozen=True, slots=True)
class Head:
    """The first rows of a CSV file as text."""

    text: str
    verdict: Verdict
    whole: bool
    """Whether the head is the whole file."""

    def records(self, delimiter: str) -> list[tuple[int, int, list[str]]]:
        """Return first line, number of lines and cells of each of the first records; blank lines are left out."""
        reader, found, before = csv.reader(io.StringIO(self.text, newline=""), delimiter=delimiter), [], 0
        for row in reader:
            if row:
                found.append((before + 1, reader.line_num - before, row))
            before = reader.line_num
            if len(found) > SEARCHED_ROWS:
                break
        return found


@dataclass
class Opened:
    """One file as far as it could be opened; `raw` is None when it holds no table that can be checked."""

    raw: RawTable | None = None
    findings: list[Finding] = field(default_factory=list)


def read_head(path: Path, declared: str | None) -> Head:
    """Read the head of a file and choose its encoding: by the head alone when that is UTF-8, else by the whole file."""
    size = path.stat().st_size
    head = _bytes(path, HEAD)
    if len(head) < size and not any(end in head for end in (b"\n", b"\r")):
        head = _bytes(path, LONG_HEAD)
    announced, bom = encoding.bom_of(head)
    wanted = encoding.codec_of(declared)
    whole = len(head) >= size
    if announced in {None, "utf-8"} and (declared is None or wanted == "utf-8"):
        try:
            text = codecs.getincrementaldecoder("utf-8")().decode(head[bom:], whole)
            return Head(text, Verdict("utf-8", bom), whole)
        except UnicodeDecodeError:
            pass
    verdict = encoding.decide(path, declared)
    if verdict.codec is None:
        return Head("", verdict, whole)
    decoder = codecs.getincrementaldecoder(verdict.codec)(errors="replace")
    return Head(decoder.decode(head[verdict.bom :], whole), verdict, whole)


def _bytes(path: Path, size: int) -> bytes:
    with path.open("rb") as stream:
        return stream.read(size)


def best_delimiter(head: Head, table: Table) -> tuple[str, Found | None]:
    """Return the delimiter under which the first rows look most like `table`, and where the header stands then."""
    best: tuple[str, Found | None] = (",", None)
    for delimiter in DELIMITERS:
        found = find_header([row for _, _, row in head.records(delimiter)], table)
        if found and (best[1] is None or found.score > best[1].score):
            best = (delimiter, found)
    return best


def open_csv(
    path: Path,
    file: str,
    table: Table,
    *,
    workdir: Path,
    limits: Limits,
    declared: str | None = None,
    sha256: str | None = None,
    progress: Progress | None = None,
) -> Opened:
    """Open one CSV file as `table`; costs no more than its head when it is UTF-8 with commas and its header on line 1.

    OSError when it cannot be read.
    """
    size = path.stat().st_size
    raw = RawTable(table.name, file, None, path, (), 1, "utf-8", size, sha256)
    where: dict[str, Any] = {"table": table.name, "file": file}
    if size > limits.max_file_bytes:
        return Opened(None, [too_large(file, limits.max_file_bytes, size, table.name)])
    head = read_head(path, declared)
    if head.verdict.codec is None:
        return Opened(None, encoding_faults(raw, head.verdict, declared))
    if head.whole and not head.text.strip(" \t\r\n\u3000\0"):
        return Opened(None, [fault("file-empty", **where)])
    delimiter, found = best_delimiter(head, table)
    if found is None:
        return Opened(None, [*encoding_faults(raw, head.verdict, declared), fault("header-not-found", **where)])
    records = head.records(delimiter)
    line, height, cells = records[found.index]
    if len(cells) > limits.max_columns:
        params: dict[str, Any] = {"limit": limits.max_columns, "actual": len(cells)}
        return Opened(None, [fault("columns-too-many", **where, row=line, **params)])
    opened = Opened(replace(raw, columns=columns_of(cells, table), header_row=line, delimiter=delimiter))
    _judge(opened, table)
    utf8 = head.verdict.codec == "utf-8" and not head.verdict.declared_wrong and head.verdict.first_bad is None
    if not utf8 or delimiter != "," or line + height > 2:
        _stage(opened, head.verdict, workdir, limits, declared, progress)
    return opened


def _judge(opened: Opened, table: Table) -> None:
    raw = opened.raw
    assert raw is not None
    where: dict[str, Any] = {"table": raw.table, "file": raw.file}
    if raw.delimiter != ",":
        shown = _NAMED.get(raw.delimiter, raw.delimiter)
        opened.findings.append(fault("delimiter-not-comma", **where, row=raw.header_row, delimiter=shown))
    if raw.header_row > 1:
        opened.findings.append(fault("header-not-first", **where, row=raw.header_row, line=raw.header_row))
    opened.findings += header_faults(raw.columns, table, raw.file, raw.header_row)


def _stage(
    opened: Opened, verdict: Verdict, workdir: Path, limits: Limits, declared: str | None, progress: Progress | None
) -> None:
    raw = opened.raw
    assert raw is not None
    opened.raw, found = restage(
        raw, workdir=workdir, limits=limits, declared=declared, verdict=verdict, progress=progress
    )
    opened.findings += found
