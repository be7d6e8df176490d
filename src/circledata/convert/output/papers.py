"""The papers of a conversion: change log, rows left out, summary. They lie beside the package and are not published."""

from __future__ import annotations

from circledata.convert.model import Conversion
from circledata.convert.output.package import csv_content, json_bytes
from circledata.convert.output.safe_csv import is_formula_like, mark
from circledata.convert.output.summary import summary
from circledata.convert.output.write import Content
from circledata.standard import Standard

CHANGE_LOG, LEFT_OUT, SUMMARY, TWINS = "conversion.csv", "left_out.csv", "summary.json", "duplicates.csv"
NAMES = (CHANGE_LOG, LEFT_OUT, SUMMARY, TWINS)
_CHANGE_COLUMNS = ("file", "sheet", "row", "column", "record", "field", "old", "new", "rule")
_TWIN_COLUMNS = ("group", "kind", "outlet_id", "name", "address", "reasons", "into")
_LEFT_OUT_COLUMNS = ("file", "sheet", "row", "source_id", "reason", "tag", "name")


def paper_files(conversion: Conversion, standard: Standard) -> dict[str, Content]:
    """Return the papers by name. A row is the line or row of the source; empty where a change is of no single row."""
    file = conversion.source.name
    changes = (
        (own or file, sheet, row or "", _safe(column), record, field, _safe(old), _safe(new), rule)
        for row, column, record, field, old, new, rule, own, sheet in conversion.changes
    )
    left_out = (
        (item.file or file, item.sheet, item.row, item.source_id, item.reason, item.tag, item.name)
        for item in conversion.left_out
    )
    papers: dict[str, Content] = {
        CHANGE_LOG: csv_content(_CHANGE_COLUMNS, changes, safe=True),
        LEFT_OUT: csv_content(_LEFT_OUT_COLUMNS, left_out),
        SUMMARY: json_bytes(summary(conversion, standard)),
    }
    if conversion.twins:
        rows = [tuple(getattr(twin, column) for column in _TWIN_COLUMNS) for twin in conversion.twins]
        papers[TWINS] = csv_content(_TWIN_COLUMNS, rows)
    return papers


def _safe(text: str) -> str:
    """Mark a text that a spreadsheet would compute. Most begin with a letter or a Chinese character, which is quick."""
    return text if not text or text[0].isalnum() or not is_formula_like(text) else mark(text)
