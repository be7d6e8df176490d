"""Changes that cannot alter the meaning of a cell: what a reader may understand, and what `repair` may write."""

from __future__ import annotations

from collections.abc import Mapping

from circledata.sources.mending.mender import CellMender
from circledata.sources.mending.model import Mended
from circledata.standard.model import Standard, Text

__all__ = ["CellMender", "Mended", "changes"]


def changes(standard: Standard) -> Mapping[str, Text]:
    """Return the short phrase of every harmless change by its key, as `spec/1.0/mending.yaml` words it.

    Changes of cells come first, then those of whole files (`encoding`, `line-ends` …).
    """
    return {key: change.title for key, change in standard.changes.items()}
