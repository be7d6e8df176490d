"""Where a finding lies as a file that other programs can open: a path, and a line where the file has lines."""

from __future__ import annotations

from pathlib import PurePosixPath

from circledata.findings.model import Finding
from circledata.reports.style import Style


def linked_file(finding: Finding, style: Style) -> str | None:
    """Return the path of the file that a finding lies in, with `/`, as seen from where the report is read."""
    if style.container:
        return style.container.replace("\\", "/")
    if not finding.file:
        return None
    return str(PurePosixPath(style.base.replace("\\", "/")) / finding.file.replace("\\", "/"))


def line_of(finding: Finding, style: Style) -> int | None:
    """Return the line of a finding; None in a workbook or an archive, whose files have no lines to point to."""
    if style.container or finding.sheet is not None:
        return None
    return finding.row
