"""The views of one report: what it can show beside its findings, computed from the session when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from circledata.engine.coverage import coverage
from circledata.engine.faults import Faults
from circledata.engine.geometry import Shape
from circledata.engine.places import geography
from circledata.findings.views import Coverage, Geography


@dataclass(frozen=True)
class SessionViews:
    """The views of the package in one session. `owner` keeps the session open for as long as they are needed."""

    owner: object
    faults: Faults
    shapes: Sequence[Shape]

    def geography(self, most: int) -> Geography | None:
        """Return at most `most` outlets and circles; None when nothing has coordinates."""
        return geography(self.faults, self.shapes, most)

    def coverage(self) -> Coverage | None:
        """Return the coverage; None without circles or outlets."""
        return coverage(self.faults.session)
