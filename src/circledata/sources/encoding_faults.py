"""What is wrong with the encoding of a file as a whole, as a finding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from circledata.findings.model import Finding
from circledata.sources.encoding import BLOCK, Verdict
from circledata.sources.faults import fault
from circledata.sources.model import RawTable


def encoding_faults(raw: RawTable, verdict: Verdict, declared: str | None) -> list[Finding]:
    """Return what is wrong with the encoding of a file as a whole; at most one finding."""
    where: dict[str, Any] = {"table": raw.table, "file": raw.file}
    if verdict.codec is None:
        offset = verdict.first_bad or 0
        row, byte = line_and_byte(raw.path, offset)
        if verdict.big5:
            return [fault("encoding-suspected-big5", **where, line=row, offset=offset, encoding="Big5")]
        return [fault("byte-invalid", **where, row=row, offset=offset, byte=byte)]
    if verdict.declared_wrong:
        offset = verdict.first_bad or 0
        params: dict[str, Any] = {"declared": declared, "encoding": verdict.label, "offset": offset}
        return [fault("encoding-as-declared-fails", **where, **params)]
    if verdict.codec != "utf-8":
        return [fault("encoding-not-utf8", **where, encoding=verdict.label)]
    return []


def line_and_byte(path: Path, offset: int) -> tuple[int, str]:
    """Return the line on which byte `offset` stands, and that byte in hexadecimal digits."""
    line, left, last = 1, offset, b""
    with path.open("rb") as stream:
        while left > 0 and (chunk := stream.read(min(left, BLOCK))):
            line += chunk.count(b"\n") + chunk.count(b"\r") - (last + chunk).count(b"\r\n")
            last, left = chunk[-1:], left - len(chunk)
        return line, stream.read(1).hex().upper()
