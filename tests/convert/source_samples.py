"""Makes files as map providers and registers give them, converts them, reads the package back. All is invented."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from circledata import validate
from circledata.convert import Conversion, convert_file
from circledata.convert.output.safe_csv import read_rows

DIVISION, AS_OF = "620602", date(2024, 12, 31)


@dataclass
class Converted:
    """A conversion with its package and its papers. Rows in and rows out are checked when it is made."""

    conversion: Conversion

    def __post_init__(self) -> None:
        told = self.summary
        assert told["rows_in"] == told["rows_used"] + told["left_out"]
        assert told["left_out"] == len(self.left_out)

    @property
    def outlets(self) -> list[dict[str, str]]:
        """The filled cells of the outlets."""
        rows = _rows(self.conversion.to / "outlets.csv")
        return [{name: text for name, text in row.items() if text} for row in rows]

    @property
    def outlet(self) -> dict[str, str]:
        """The filled cells of the only outlet."""
        (only,) = self.outlets
        return only

    @property
    def changes(self) -> list[tuple[str, str, str, str]]:
        """Field, old, new and rule of every change in conversion.csv."""
        rows = _rows(self.conversion.papers / "conversion.csv")
        return [(row["field"], row["old"], row["new"], row["rule"]) for row in rows]

    @property
    def left_out(self) -> list[tuple[str, str, str]]:
        """Row, reason and what decided, of every row in left_out.csv."""
        rows = _rows(self.conversion.papers / "left_out.csv")
        return [(row["row"], row["reason"], row["tag"]) for row in rows]

    @property
    def summary(self) -> dict[str, Any]:
        """The summary."""
        content: dict[str, Any] = json.loads((self.conversion.papers / "summary.json").read_text(encoding="utf-8"))
        return content

    @property
    def decisions(self) -> Counter[str]:
        """What a person must decide, with counts."""
        return self.conversion.decisions

    @property
    def everything(self) -> str:
        """All that was written, as one text, to look for what must not be there."""
        folders = (self.conversion.to, self.conversion.papers)
        return "\n".join(path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.iterdir()))

    @property
    def errors(self) -> list[str]:
        """The names of the errors that validation finds."""
        report = validate(self.conversion.to)
        return [finding.rule for finding in report.findings if finding.level == "error"]


def convert(folder: Path, name: str, content: str | bytes, source: str | None, **options: Any) -> Converted:
    """Write a file called `name` and convert it."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    settings: dict[str, Any] = {"source": source, "division_code": DIVISION, "as_of": AS_OF, "to": folder / "package"}
    return Converted(convert_file(path, **{**settings, **options}))


def csv_text(rows: Sequence[Sequence[object]]) -> str:
    """Return rows as CSV text."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()


def table(*records: Mapping[str, object]) -> str:
    """Return records as CSV text with a header of all their keys."""
    header = list(dict.fromkeys(key for record in records for key in record))
    return csv_text([header, *([record.get(key, "") for key in header] for record in records)])


def book(rows: Sequence[Sequence[object]]) -> bytes:
    """Return rows as a workbook of one sheet."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = read_rows(stream)
        return [dict(zip(header, row, strict=True)) for row in rows]
