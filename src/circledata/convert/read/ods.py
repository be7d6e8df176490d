"""The merged cells of an ODS workbook, which the library that reads it does not tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from circledata.sources.archive import Unpacking, open_zip
from circledata.sources.model import Limits
from circledata.sources.workbook import Range


class _Unsafe(Exception):
    """The XML defines a document type, which no program writes into an ODS file."""


@dataclass
class _Seen:
    """Follows the elements of content.xml; rows and columns count from 0."""

    ranges: dict[str, list[Range]] = field(default_factory=dict)
    _sheet: str = ""
    _row: int = 0
    _repeat: int = 1
    _column: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        if name == "table:table":
            self._sheet, self._row = attributes.get("table:name", ""), 0
            self.ranges[self._sheet] = []
        elif name == "table:table-row":
            self._repeat, self._column = _number(attributes, "table:number-rows-repeated"), 0
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            down = _number(attributes, "table:number-rows-spanned")
            along = _number(attributes, "table:number-columns-spanned")
            if down > 1 or along > 1:
                first = (self._row, self._column)
                self.ranges.setdefault(self._sheet, []).append((first, (first[0] + down - 1, first[1] + along - 1)))
            self._column += _number(attributes, "table:number-columns-repeated")

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == "table:table-row":
            self._row += self._repeat


def _number(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 1


def merged_ranges(path: Path, file: str, limits: Limits) -> dict[str, list[Range]]:
    """Return the merged ranges of each sheet by its name; none of a file whose XML is odd.

    Refused, as the archive's reader does, when the file unpacks to more than the limits allow.
    """
    seen = _Seen()
    with open_zip(path, limits, file=file, damaged="workbook-damaged") as archive:
        info = archive.NameToInfo.get("content.xml")
        if info is None:
            return {}
        size = path.stat().st_size
        chunks = Unpacking(archive, size, limits, file).chunks(info, "workbook-damaged")
        if not any(b"-spanned=" in chunk for chunk in chunks):
            return {}
        parser = expat.ParserCreate()
        parser.StartElementHandler = seen.start
        parser.EndElementHandler = seen.end
        parser.StartDoctypeDeclHandler = _refuse
        try:
            for chunk in Unpacking(archive, size, limits, file).chunks(info, "workbook-damaged"):
                parser.Parse(chunk)
        except (expat.ExpatError, _Unsafe):
            return {}
    return seen.ranges


def _refuse(*_: object) -> None:
    raise _Unsafe
