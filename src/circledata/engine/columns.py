"""How the columns of a file become columns of the session: the text as it stands, and the typed value beside it."""

from __future__ import annotations

from dataclasses import dataclass

from circledata.engine import sql
from circledata.sources.model import RawTable
from circledata.standard.model import Field, FieldType, Table

SQL_TYPES: dict[FieldType, str] = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "date": "DATE",
    "boolean": "BOOLEAN",
}
RAW_SUFFIX = "__raw"


@dataclass(frozen=True, slots=True)
class Column:
    """One column in the session.

    `name` holds the typed value. A column that is no string has its text in `name__raw`; for integers, dates
    and booleans
    only where the cell is not of its type or not written in the one usual way, which keeps a large table small.
    """

    name: str
    field: Field | None
    number: int
    """Place in the file, from 1."""
    source: str
    """Name of the column in the loaded file."""

    @property
    def type(self) -> FieldType:
        """Type of the field; columns that the standard does not know are text."""
        return self.field.type if self.field else "string"

    def load(self) -> list[str]:
        """Return the SELECT items that load this column from the file."""
        raw, kind = sql.name(self.source), SQL_TYPES[self.type]
        if self.type == "string":
            return [f"{raw} AS {sql.name(self.name)}"]
        typed = f"TRY_CAST({raw} AS {kind})"
        return [
            f"CASE WHEN {self._lexical(raw, typed)} THEN {typed} END AS {sql.name(self.name)}",
            f"{self._text(raw, typed)} AS {sql.name(self.name + RAW_SUFFIX)}",
        ]

    def _lexical(self, raw: str, typed: str) -> str:
        """Condition under which the text is of the type: DuckDB alone would also take 1e5, 0x10, 1_000 and 2024-1-1."""
        if self.type == "number":
            return f"length({raw}) <= 300 AND regexp_matches({raw}, '^-?[0-9]+(\\.[0-9]+)?$')"
        if self.type == "integer":
            return f"{self._usual(raw, typed)} OR regexp_matches({raw}, '^-?[0-9]+$')"
        return self._usual(raw, typed)

    def _usual(self, raw: str, typed: str) -> str:
        """Condition under which the text is the one usual way to write the value, so that the value tells the text."""
        if self.type == "boolean":
            return f"{raw} IN ('true', 'false')"
        usual = f"CAST({typed} AS VARCHAR) = {raw}"
        return f"{usual} AND length({raw}) = 10" if self.type == "date" else usual

    def _text(self, raw: str, typed: str) -> str:
        if self.type == "number":
            return raw
        return f"CASE WHEN {self._usual(raw, typed)} THEN NULL ELSE {raw} END"

    @property
    def text(self) -> str:
        """SQL of the cell's text as the file has it."""
        if self.type == "string":
            return sql.name(self.name)
        raw = sql.name(self.name + RAW_SUFFIX)
        return raw if self.type == "number" else f"coalesce({raw}, CAST({sql.name(self.name)} AS VARCHAR))"

    def in_range(self, table: str) -> str:
        """SQL of the typed value for rules over several rows: NULL where it lies outside a range with two ends.

        What lies outside is reported for itself; such a coordinate must not wreck a computation with others.
        """
        value = f"{table}.{sql.name(self.name)}"
        item = self.field
        if item is None or item.minimum is None or item.maximum is None:
            return value
        return f"CASE WHEN {value} BETWEEN {item.minimum!r} AND {item.maximum!r} THEN {value} END"

    @property
    def mistyped(self) -> str:
        """SQL that is true where the cell holds something that is not of its type."""
        return f"({sql.name(self.name)} IS NULL AND {sql.name(self.name + RAW_SUFFIX)} IS NOT NULL)"

    @property
    def empty(self) -> str:
        """SQL that is true where the cell is empty."""
        if self.type == "string":
            return f"{sql.name(self.name)} IS NULL"
        return f"({sql.name(self.name)} IS NULL AND {sql.name(self.name + RAW_SUFFIX)} IS NULL)"


def columns_of(raw: RawTable, table: Table) -> list[Column]:
    """Return the columns of a table in the order of its file; a second column of one field is left to the
    reader's finding.
    """
    columns: list[Column] = []
    taken: set[str] = set()
    for place, column in enumerate(raw.columns):
        wanted = column.field or column.header or f"column {column.number}"
        if column.field in taken:
            continue
        unique = wanted
        while unique.lower() in taken:
            unique += "_"
        taken.add(unique.lower())
        columns.append(Column(unique, table.by_name.get(column.field or ""), column.number, f"c{place}"))
    return columns
