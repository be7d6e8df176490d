"""How a report is to be written, beside its language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, Protocol, TextIO

from circledata.findings.model import Level
from circledata.findings.report import Report
from circledata.standard.model import Language


@dataclass(frozen=True, slots=True)
class Style:
    """Settings of a writer; every writer takes them all and uses those that mean something to it."""

    width: int = 80
    """Columns of the terminal (text)."""
    color: bool = False
    """Whether the terminal shows colours (text)."""
    places: int | None = 20
    """Most places shown for one rule in one file (text); None shows all that the report holds."""
    fail_on: Level = "error"
    """The gravest level that still passes lies below this one (text, junit)."""
    base: str = ""
    """Folder of the package, seen from where the reader of the report stands (sarif, github)."""
    container: str | None = None
    """The archive that holds the files of the findings: files inside it cannot be linked to (sarif, github)."""


PLAIN = Style()


class Writer(Protocol):
    """Writes a report to a text stream, finding by finding, without closing it."""

    def __call__(self, report: Report, language: Language, stream: TextIO, style: Style = PLAIN, /) -> None:
        """Write `report`. The stream must leave line ends as they are (`newline=""`)."""


class BinaryWriter(Protocol):
    """Writes a report to a stream of bytes, without closing it."""

    def __call__(self, report: Report, language: Language, stream: BinaryIO, style: Style = PLAIN, /) -> None:
        """Write `report`."""
