"""Finds the rows that are converted all the same and about which a person is asked, as the mapping says."""

from __future__ import annotations

from circledata.convert.mapping.conditions import Cells, condition
from circledata.convert.mapping.headers import Header
from circledata.convert.mapping.model import columns
from circledata.convert.records.context import Context
from circledata.convert.records.log import Entry


class Asking:
    """The conditions `ask` of a mapping, compiled for one table of a file."""

    def __init__(self, header: Header, context: Context) -> None:
        self._rules = [
            (rule["decision"], condition(rule, found, header))
            for rule in context.mapping.raw.get("ask", ())
            if (found := header.all_of(columns(rule["column"])))
        ]

    @property
    def asks(self) -> bool:
        """Tell whether there is anything to ask about."""
        return bool(self._rules)

    def look(self, cells: Cells, entry: Entry) -> None:
        """Count what a row gives reason to ask, and note its cell, so that the row can be found."""
        for decision, meets in self._rules:
            met = meets(cells)
            if met is not None:
                entry.ask(met[0], met[1], decision)
