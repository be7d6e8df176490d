"""Columns that no field takes: kept beside the record, only counted, or never carried because they are personal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from circledata.convert.mapping.headers import Header, is_personal
from circledata.convert.mapping.model import TableRule
from circledata.convert.records.context import Context, Record
from circledata.convert.records.log import Entry
from circledata.convert.records.readers import READERS, Reader
from circledata.convert.records.rows import is_number
from circledata.convert.records.steps import Cells
from circledata.findings.privacy import redact
from circledata.values.text import clean, is_placeholder

_LONG_NUMBER = re.compile("[0-9]{11}")
_REMEMBERED = 1 << 16
_NO_NAME = re.compile(r"[^0-9A-Za-z_\u3400-\u9fff]+")


class Rest:
    """The columns of one table of a file that no field takes."""

    def __init__(self, rules: Sequence[TableRule], header: Header, used: set[str], context: Context) -> None:
        self._context = context
        self._known: dict[str, str] = {}
        named = set(header.all_of(context.mapping.personal))
        left = [column for column in header.columns if column and column not in used]
        personal = {column for column in left if column in named or is_personal(column)}
        self.personal = tuple(column for column in left if column in personal) if context.is_open else tuple(named)
        carried = [column for column in left if column not in self.personal and not is_number(column)]
        self.kept: dict[str, dict[str, str]] = {}
        for rule in rules:
            wanted = carried if rule.keep == "rest" else [] if rule.keep == "none" else header.all_of(rule.keep)
            self.kept[rule.table] = _names(column for column in wanted if column in carried)
        self._called = {rule.table: self._called_by(rule, header) for rule in rules}
        kept = {column for columns in self.kept.values() for column in columns}
        kept |= {column for called in self._called.values() for _, columns, _ in called for column in columns}
        self.counted = tuple(column for column in left if column not in kept and column not in self.personal)

    def _called_by(self, rule: TableRule, header: Header) -> list[tuple[str, Sequence[str], Reader | None]]:
        """Return name, columns and reader of what the mapping keeps under a name of its own, also of used columns."""
        found: list[tuple[str, Sequence[str], Reader | None]] = []
        for name, kept in rule.kept.items():
            columns = [column for column in header.all_of(kept.columns) if column not in self.personal]
            if columns:
                found.append((name, columns, READERS.get(kept.read)))
        return found

    def names(self, table: str) -> list[str]:
        """Return the names of the `x_` columns of a table, in their order."""
        return [*(name for name, _, _ in self._called[table]), *self.kept[table].values()]

    def keep(self, table: str, record: Record, cells: Cells, entry: Entry) -> None:
        """Write the kept columns into a record; a text with somebody's number in it is not kept."""
        for name, columns, read in self._called[table]:
            for column in columns:
                if column in cells and self._called_text(name, column, cells[column], record, entry, read):
                    break
        for column, name in self.kept[table].items():
            if column in cells:
                self._text(name, clean(cells[column]), record, entry)

    def _called_text(
        self, name: str, column: str, text: str, record: Record, entry: Entry, read: Reader | None
    ) -> bool:
        tidy = self._said(text)
        if not tidy:
            return False
        reading = read(tidy) if read else None
        if reading is not None and reading.secret:
            entry.decide("maybe-personal")
            return False
        value = reading.value or reading.unread if reading else tidy
        self._text(name, value, record, entry)
        if reading is not None:
            entry.change(column, name, text, value, reading.rule or "tidied")
        return True

    def _said(self, text: str) -> str:
        """Return a text tidied, empty where it means that nothing is known; most such columns repeat themselves."""
        said = self._known.get(text)
        if said is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            tidy = clean(text)
            said = "" if tidy in self._context.missing or is_placeholder(tidy) else tidy
            self._known[text] = said
        return said

    def _text(self, name: str, text: str, record: Record, entry: Entry) -> None:
        if self._context.is_open and _LONG_NUMBER.search(text) and redact(text) != text:
            entry.decide("personal-value")
        elif text:
            record[name] = text

    def count(self, cells: Cells, unmapped: Counter[str], decisions: Counter[str]) -> None:
        """Count the filled cells of a row that are carried nowhere."""
        for column in self.counted:
            if column in cells:
                unmapped[column] += 1
        for column in self.personal:
            if column in cells:
                decisions[f"personal-column:{column}"] += 1


def _names(columns: Iterable[str]) -> dict[str, str]:
    """Return a name that begins with `x_` for every column, each once."""
    names: dict[str, str] = {}
    for column in columns:
        base = f"x_{_NO_NAME.sub('_', column.strip()).strip('_')[:60].lower() or 'column'}"
        name, number = base, 2
        while name in names.values():
            name, number = f"{base}_{number}", number + 1
        names[column] = name
    return names
