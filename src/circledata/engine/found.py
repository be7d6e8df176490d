"""What a rule found in one table: the exact count at once, the single findings only when somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from circledata.engine import sql
from circledata.engine.session import Loaded, Session
from circledata.engine.suggest import suggestion
from circledata.findings.model import Finding, Level, Scalar
from circledata.findings.privacy import redact
from circledata.standard.model import Rule

BATCH = 5_000
"""Findings fetched at a time: some MB, however long the list is."""


@dataclass(frozen=True)
class Part:
    """One SELECT that yields `_row` and the params of findings about one column.

    `rows` is a relation with the column `_row`, NULL for a finding about the whole table. `joined`: the params are
    expressions over the table's own row; otherwise they are columns of `rows`.
    """

    column: str | None
    rows: str
    params: dict[str, str] = field(default_factory=dict)
    joined: bool = True


@dataclass(frozen=True)
class Found:
    """The findings of one rule in one table."""

    rule: Rule
    loaded: Loaded
    count: int
    parts: Sequence[Part]

    def statement(self, limit: int | None) -> str:
        """Return the SELECT of line, column, value and params of every finding, in order, at most `limit`."""
        selects = [self._select(part, limit) for part in self.parts]
        bound = "" if limit is None else f" LIMIT {limit}"
        # Rows that a query named may come more than once, and about no row at all: then the params decide the order.
        tie = "" if all(part.joined for part in self.parts) else ", params"
        return f"{' UNION ALL '.join(selects)} ORDER BY _row, number{tie}{bound}"

    def _select(self, part: Part, limit: int | None) -> str:
        column = self.loaded.by_name.get(part.column or "")
        number = column.number if column else None
        value = column.text if column else "NULL"
        packed = ", ".join(f"{sql.name(key)} := {value}" for key, value in part.params.items())
        params = f"struct_pack({packed})" if packed else "NULL"
        # Only as many rows as can be shown are joined with the table's texts; the rest is known by its count.
        few = "" if limit is None else f" ORDER BY {'_row' if part.joined else 'ALL'} LIMIT {limit}"
        inner = "SELECT _row" if part.joined else f"SELECT _row, {params} AS _params"
        table = self.loaded.table.name
        return (
            f"(SELECT _row, _line AS line, CASE WHEN _row IS NOT NULL THEN {sql.literal(part.column)} END AS col, "
            f"{sql.literal(number, 'INTEGER')} AS number, CAST({value} AS VARCHAR) AS value, "
            f"{params if part.joined else '_params'} AS params "
            f"FROM ({inner} FROM ({part.rows}){few}) "
            f"LEFT JOIN {sql.name('v_' + table)} AS {sql.name(table)} USING (_row))"
        )

    def findings(self, session: Session, level: Level, limit: int | None) -> Iterator[Finding]:
        """Yield the findings in order of row and column, at most `limit`."""
        cursor = session.connection.cursor()
        cursor.execute(sql.bind(self.statement(limit), session.parameters))
        while batch := cursor.fetchmany(BATCH):
            for _, line, column, number, value, params in batch:
                yield self._finding(session, level, line, column, number, value, params or {})
        cursor.close()

    def _finding(
        self,
        session: Session,
        level: Level,
        line: int,
        column: str | None,
        number: int | None,
        value: str | None,
        params: dict[str, Scalar],
    ) -> Finding:
        item = self.loaded.table.by_name.get(column or "")
        keep_mobile = column == "phone"
        shown: dict[str, Scalar] = {
            key: redact(entry) if isinstance(entry, str) else plain(entry) for key, entry in params.items()
        }
        if self.rule.family == "privacy":
            value = None
        elif value is not None:
            hint = suggestion(self.rule.name, item, value, session.standard)
            if hint is not None:
                shown["suggestion"] = redact(hint, keep_mobile=keep_mobile)
            value = redact(value, keep_mobile=keep_mobile)
        return Finding(
            rule=self.rule.code,
            level=level,
            table=self.loaded.table.name,
            file=self.loaded.raw.file,
            sheet=self.loaded.raw.sheet,
            row=line,
            column=column,
            column_number=number,
            value=value,
            params=shown,
        )


def plain(value: object) -> Scalar:
    """Return a value that JSON knows: dates as ISO text."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return str(value)
