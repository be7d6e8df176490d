"""The one fact of a binary workbook (XLS, ET) that the library does not tell: from which day it counts its days."""

from __future__ import annotations

import re
from pathlib import Path

_SEARCHED = 1 << 20
"""Bytes in which the record is looked for: it stands among the first of the workbook."""
_DATEMODE = re.compile(rb"\x22\x00\x02\x00([\x00\x01])\x00\x0e\x00\x02\x00")
"""The record Date1904, always followed by CalcPrecision. Source: [MS-XLS] 2.1.7.20.3 (globals substream), 2.4.77."""


def is_base1904(path: Path) -> bool:
    """Tell whether a binary workbook counts its days from 1904-01-01; OSError when it cannot be read."""
    with path.open("rb") as stream:
        found = _DATEMODE.search(stream.read(_SEARCHED))
    return found is not None and found.group(1) == b"\x01"
