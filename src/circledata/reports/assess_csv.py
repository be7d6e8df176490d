"""What is missing as the beginning of a list of needs: a CSV file in the very columns of the table `needs`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TextIO

from circledata.indicators.assess_model import Assessed
from circledata.indicators.assess_needs import NeedRow, need_rows
from circledata.standard.model import Language
from circledata.values.formula_marks import mark


def write(assessed: Assessed, language: Language, stream: TextIO, width: int = 80) -> None:
    """Write one line a need. The byte order mark lets WPS and Excel read it; the standard's reader takes it too."""
    stream.write("\ufeff")
    writer = csv.writer(stream, lineterminator="\r\n")
    columns = [field.name for field in assessed.standard.tables["needs"].fields]
    writer.writerow(columns)
    for cells in need_cells(assessed, language):
        writer.writerow([mark(cells.get(column, "")) for column in columns])


def need_cells(assessed: Assessed, language: Language) -> Iterator[dict[str, str]]:
    """Yield the filled cells of every need by column."""
    for row in need_rows(assessed):
        yield _cells(row, language)


def _cells(row: NeedRow, language: Language) -> dict[str, str]:
    return {
        "need_id": row.need_id,
        "circle_id": row.circle_id,
        "description": row.description.in_language(language),
        "category": row.category,
        "status": row.status,
    }
