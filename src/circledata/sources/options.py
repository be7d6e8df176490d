"""What the caller may say about the input: options of one run, none of them required."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from circledata.sources.model import Limits

Progress = Callable[[str, float], None]
"""Called with a stage (`read`, `unpack`) and the share done, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the user said about the input; None where nothing was said.

    `table` names the table of a single CSV file. `division`, `crs` and `as_of` stand for the package's division code,
    coordinate system and date, and win over what the package says of itself. `encoding` is the declared encoding of the
    CSV files. `exact`: a workbook that this software wrote of a package is read back to the letter, nothing in its
    cells understood as something else.
    """

    table: str | None = None
    division: str | None = None
    crs: str | None = None
    as_of: date | None = None
    limits: Limits = field(default_factory=Limits)
    encoding: str | None = None
    exact: bool = False
