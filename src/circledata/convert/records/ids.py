"""The ids of one conversion, shared by all its sources: kept where they are the standard's, else given in order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from circledata.standard import Standard
from circledata.standard.model import Table

_BLANKS = re.compile(r"\s+")


def name_key(text: str) -> str:
    """Reduce a name to what tells it apart: no blanks, no width, no case."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).lower()


class Ids:
    """Gives every record its id, and finds the id of a record by what people call it."""

    def __init__(self, standard: Standard, division_code: str) -> None:
        """Begin a conversion into a package of the division `division_code` (6, 9 or 12 digits)."""
        self._tables = {name: table for name, table in standard.tables.items() if table.id_letter}
        self._patterns = {name: re.compile(_id_pattern(table)) for name, table in self._tables.items()}
        self._digits = {name: _serial_digits(table) for name, table in self._tables.items()}
        self._division = division_code
        self._inside = division_code.rstrip("0") if len(division_code) == 6 else division_code
        if len(division_code) == 6:
            # 620000 holds 62…, 620600 holds 6206…; 441900 is a city without counties and holds 4419… all the same.
            self._inside = division_code[
                : 2 if division_code.endswith("0000") else 4 if division_code[4:] == "00" else 6
            ]
        self._taken: dict[str, set[str]] = {name: set() for name in self._tables}
        self._reserved: dict[str, set[str]] = {name: set() for name in self._tables}
        self._serial: dict[str, int] = dict.fromkeys(self._tables, 0)
        self._called: dict[str, dict[str, str | None]] = {}

    def fits(self, table: str, text: str) -> bool:
        """Tell whether `text` is an id of `table` in the standard's form, of the package's division or inside it."""
        pattern = self._patterns.get(table)
        return pattern is not None and pattern.fullmatch(text) is not None and text.startswith(self._inside)

    def reserve(self, table: str, record_id: str) -> None:
        """Keep an id that a later row brings along from being given to an earlier one."""
        self._reserved[table].add(record_id)

    def take(self, table: str, record_id: str) -> bool:
        """Take an id that a source gives; False when it is taken already."""
        taken = self._taken[table]
        if record_id in taken:
            return False
        taken.add(record_id)
        return True

    def new(self, table: str) -> str:
        """Return the next free serial id of `table`, such as `620602-O000001`, and take it."""
        letter, digits = self._tables[table].id_letter, self._digits[table]
        taken, reserved = self._taken[table], self._reserved[table]
        while True:
            self._serial[table] += 1
            record_id = f"{self._division}-{letter}{self._serial[table]:0{digits}d}"
            if record_id not in taken and record_id not in reserved:
                taken.add(record_id)
                return record_id

    def call(self, table: str, record_id: str, *names: str) -> None:
        """Remember what people call a record: its name, the id that it had in the source."""
        called = self._called.setdefault(table, {})
        for name in names:
            key = name_key(name)
            if key:
                called[key] = record_id if called.get(key, record_id) == record_id else None

    def find(self, table: str, text: str) -> str | None:
        """Return the id of the record of `table` that has this id or name; None when there is none, or several."""
        if text in self._taken.get(table, ()):
            return text
        return self._called.get(table, {}).get(name_key(text))

    def known(self, table: str) -> bool:
        """Tell whether this conversion has any record of `table`."""
        return bool(self._taken.get(table))

    def release(self, table: str, record_ids: Iterable[str]) -> None:
        """Give back ids whose records were merged into others; their serial numbers are not used again."""
        self._taken[table].difference_update(record_ids)


def _id_pattern(table: Table) -> str:
    return table.by_name[table.primary_key[0]].pattern or ""


def _serial_digits(table: Table) -> int:
    """As many digits as the standard's own example of the id has."""
    example = table.by_name[table.primary_key[0]].example
    return len(example.rpartition("-")[2]) - 1
