"""Opens one CSV file for repair: which table it is, where its header stands, in which encoding it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from circledata.findings.model import Finding
from circledata.sources.encoding import Verdict
from circledata.sources.encoding_faults import encoding_faults
from circledata.sources.faults import fault
from circledata.sources.header import columns_of
from circledata.sources.model import Limits, RawTable
from circledata.sources.tabular import best_delimiter, read_head
from circledata.standard.model import Table


class NotRepairable(Exception):
    """A file that cannot be rewritten without losing something; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.rule)
        self.finding = finding


@dataclass(frozen=True)
class CsvSource:
    """A CSV file as it was opened for repair."""

    raw: RawTable
    table: Table
    verdict: Verdict
    header_lines: int

    @property
    def bom(self) -> bool:
        """Whether the repaired file begins with a byte order mark: it had one, or it was not UTF-8 before."""
        return self.verdict.codec != "utf-8" or self.verdict.bom > 0


def open_source(path: Path, file: str, table: Table, declared: str | None, limits: Limits) -> CsvSource | None:
    """Look at the head of a file; None when it is empty. NotRepairable when it is no table that can be told."""
    where: dict[str, Any] = {"table": table.name, "file": file}
    raw = RawTable(table.name, file, None, path, (), 1, "utf-8", path.stat().st_size, None)
    head = read_head(path, declared)
    if head.verdict.codec is None:
        raise NotRepairable(encoding_faults(raw, head.verdict, declared)[0])
    if head.whole and not head.text.strip(" \t\r\n\u3000\0"):
        return None
    delimiter, found = best_delimiter(head, table)
    if found is None:
        raise NotRepairable(fault("header-not-found", **where))
    line, height, cells = head.records(delimiter)[found.index]
    if len(cells) > limits.max_columns:
        params: dict[str, Any] = {"limit": limits.max_columns, "actual": len(cells)}
        raise NotRepairable(fault("columns-too-many", **where, row=line, **params))
    raw = replace(raw, columns=columns_of(cells, table), header_row=line, delimiter=delimiter)
    return CsvSource(raw, table, head.verdict, height)
