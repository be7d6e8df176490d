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
WORTH_COPYING = 50_000
"""Records of a table from which on looking through all of it for every rule is worth avoiding."""
COPIED_SHARE = 0.2
"""Part of a table that is copied out at the most; beyond it the copy would cost more memory than it saves time."""


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

    def rows(self, limit: int | None) -> list[str]:
        """Return SELECTs of the numbers of all records that the findings are about, at most `limit` of each part."""
        return [f"(SELECT _row FROM ({part.rows}){_few(part, limit)})" for part in self.parts]

    def statement(self, limit: int | None, texts: str) -> str:
        """Return the SELECT of line, column, value and params of every finding, in order, at most `limit`.

        `texts`: the relation that holds the records with their texts and lines.
        """
        selects = [self._select(part, limit, texts) for part in self.parts]
        bound = "" if limit is None else f" LIMIT {limit}"
        # Rows that a query named may come more than once, and about no row at all: then the params decide the order.
        tie = "" if all(part.joined for part in self.parts) else ", params"
        return f"{' UNION ALL '.join(selects)} ORDER BY _row, number{tie}{bound}"

    def _select(self, part: Part, limit: int | None, texts: str) -> str:
        column = self.loaded.by_name.get(part.column or "")
        number = column.number if column else None
        value = column.text if column else "NULL"
        packed = ", ".join(f"{sql.name(key)} := {value}" for key, value in part.params.items())
        params = f"struct_pack({packed})" if packed else "NULL"
        inner = "SELECT _row" if part.joined else f"SELECT _row, {params} AS _params"
        return (
            f"(SELECT _row, _line AS line, CASE WHEN _row IS NOT NULL THEN {sql.literal(part.column)} END AS col, "
            f"{sql.literal(number, 'INTEGER')} AS number, CAST({value} AS VARCHAR) AS value, "
            f"{params if part.joined else '_params'} AS params "
            f"FROM ({inner} FROM ({part.rows}){_few(part, limit)}) "
            f"LEFT JOIN {texts} AS {sql.name(self.loaded.table.name)} USING (_row))"
        )

    def findings(self, session: Session, level: Level, limit: int | None, texts: str) -> Iterator[Finding]:
        """Yield the findings in order of row and column, at most `limit`."""
        cursor = session.connection.cursor()
        cursor.execute(sql.bind(self.statement(limit, texts), session.parameters))
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
        # An area of eleven digits looks like a mobile number and is none.
        keep_mobile = column == "phone" or (item is not None and item.type == "number")
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
            column_number=number if number and number > 0 else None,
            value=value,
            params=shown,
        )


def _few(part: Part, limit: int | None) -> str:
    """Only as many rows as can be shown are joined with the table's texts; the rest is known by its count."""
    return "" if limit is None else f" ORDER BY {'_row' if part.joined else 'ALL'} LIMIT {limit}"


def texts_of(session: Session, found: Sequence[Found], limit: int | None) -> str:
    """Return the relation to read the texts of `found` from, findings of one table.

    Where few records are concerned they are copied out once, so that not every rule has to look through the table.
    """
    loaded = found[0].loaded
    whole = sql.name(f"v_{loaded.table.name}")
    if loaded.rows < WORTH_COPYING:
        return whole
    wanted = session.new_name(f"rows_{loaded.table.name}")
    rows = " UNION ".join(select for item in found for select in item.rows(limit))
    count = session.value(f"CREATE TABLE {wanted} AS {rows}")
    if count > loaded.rows * COPIED_SHARE:
        return whole
    copy = session.new_name(f"texts_{loaded.table.name}")
    session.execute(f"CREATE TABLE {copy} AS SELECT * FROM {whole} WHERE _row IN (SELECT _row FROM {wanted})")
    return copy


def merged(found: Sequence[Found]) -> list[Found]:
    """Put what one rule found in one table by several queries together, so that it comes out in order of the rows."""
    groups: dict[tuple[str, str], list[Found]] = {}
    for item in found:
        groups.setdefault((item.rule.code, item.loaded.table.name), []).append(item)
    return [
        Found(
            items[0].rule, items[0].loaded, sum(item.count for item in items), [p for item in items for p in item.parts]
        )
        for items in groups.values()
    ]


def plain(value: object) -> Scalar:
    """Return a value that JSON knows: dates as ISO text."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return str(value)
