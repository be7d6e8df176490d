"""The sheet of a workbook that carries what it has no cells for: boundaries, other files, how the CSV files look.

It is hidden for good and called `_circledata`. The cells of column A, one below the other, are one JSON text:
`files` has an entry a file (`path`, and `text` or `base64`), `tables` one a table. The writer is
circledata.convert.export; a workbook without the sheet is none the worse.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from circledata.sources.book_open import Book, sheet_rows
from circledata.sources.container import Refused

SHEET = "_circledata"


def read_extra(book: Book) -> dict[str, Any] | None:
    """Return what the sheet carries; None when there is no such sheet or it holds something else."""
    if all(sheet.name != SHEET for sheet in book.workbook.sheets_metadata):
        return None
    try:
        found = json.loads("".join(str(row[0]) for row in sheet_rows(book, SHEET).rows if row))
    except (Refused, ValueError, OSError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def file_bytes(entry: Mapping[str, Any]) -> bytes | None:
    """Return the content of one carried file; None when the entry is damaged."""
    text, packed = entry.get("text"), entry.get("base64")
    try:
        if isinstance(text, str):
            return text.encode()
        return base64.b64decode(packed, validate=True) if isinstance(packed, str) else None
    except (UnicodeEncodeError, binascii.Error, ValueError):
        return None


def boundaries_of(book: Book) -> tuple[str, bytes] | None:
    """Return path and content of the boundary file that the workbook carries."""
    extra = read_extra(book)
    files = extra.get("files") if extra else None
    for entry in files if isinstance(files, list) else ():
        path = entry.get("path") if isinstance(entry, dict) else None
        if isinstance(path, str) and extra and path == extra.get("boundaries"):
            content = file_bytes(entry)
            return (path, content) if content is not None else None
    return None
