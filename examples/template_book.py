"""The filled template among the examples: what `circledata template --example` writes, stored without compression, so
that no library's version of deflate changes its bytes."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

from source_books import stored

from circledata import write_template

NAME = "template-filled.xlsx"


def files() -> dict[str, bytes]:
    """Return the workbook by its name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        write_template(path, example=True)
        with zipfile.ZipFile(path) as packed:
            return {NAME: stored({name: packed.read(name) for name in packed.namelist()})}
