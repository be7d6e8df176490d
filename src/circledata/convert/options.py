"""What every converter is told beside its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from circledata.convert.records.ids import Ids

if TYPE_CHECKING:
    from circledata.convert.records.crew import Standby

UNKNOWN_SYSTEM = "unknown"
"""The coordinate system that a user gives who does not know it: coordinates are kept aside, nothing is claimed."""


@dataclass(frozen=True)
class ConvertOptions:
    """Options of one conversion, the same for all its sources.

    `profile`: of the package that comes out. `coordinate_system`: what the user said, None when nothing. `ids`: where
    every converter takes its ids from. `brands`: the user's own list, brand → its spellings. `extra`: options of a
    single converter by name. `processes`: how many make records at the same time; None: as suits rows and machine.
    `standby`: those of them that have been started already.
    """

    ids: Ids
    profile: Literal["open", "exchange"] = "open"
    coordinate_system: str | None = None
    repair_mojibake: bool = False
    merge_duplicates: bool = False
    brands: Mapping[str, Sequence[str]] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    processes: int | None = None
    standby: Standby | None = field(default=None, repr=False, compare=False)
