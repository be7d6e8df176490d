"""The day that data describes, where a mapping says how to find it: in columns, or in the name of the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from circledata.convert.mapping.headers import Header
from circledata.convert.mapping.model import Mapping
from circledata.convert.model import SourceTable
from circledata.convert.records.readers import read_date

_IN_NAME = re.compile(r"(?<![0-9])(20[0-9]{2})[-_.年]?(0[1-9]|1[0-2])[-_.月]?(0[1-9]|[12][0-9]|3[01])(?![0-9])")
_DAY_LENGTH = 10
_FIRST_YEAR = 1990


def day_of_data(mapping: Mapping, tables: Sequence[SourceTable]) -> date | None:
    """Return the latest day in the columns that the mapping names, or that of the file's name; None when none is."""
    rules = mapping.raw.get("as_of", {})
    since = rules.get("since", _FIRST_YEAR)
    days = set()
    for table in tables:
        for column in Header(table.header).all_of(rules.get("from", ())):
            # Days repeat themselves: each text is read once.
            days |= {row.cells[column][:_DAY_LENGTH] for row in table.rows if column in row.cells}
    found = [date.fromisoformat(value) for text in days if (value := read_date(text).value)]
    found = [day for day in found if day.year >= since]
    if not found and rules.get("file_name"):
        names = {table.file.name for table in tables}
        found = [day for name in names for match in _IN_NAME.finditer(name) if (day := _day(match)) is not None]
    return max(found, default=None)


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None
