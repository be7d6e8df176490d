"""What the reader of a workbook said of single cells and rows, beside what the rules find: counted, told when asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from circledata.engine import sql
from circledata.engine.found import BATCH, Found
from circledata.engine.session import Loaded, Session
from circledata.findings.model import Finding, Level, Scalar
from circledata.findings.privacy import redact
from circledata.sources.cell_notes import COLUMNS
from circledata.sources.model import RawTable
from circledata.standard.model import Field, Standard

SILENCING = ("formula-without-value", "leading-zero-lost", "digits-lost")
"""Rules of the reader after which nothing else is said of the same cell."""


def load_notes(session: Session, raw: RawTable) -> None:
    """Load what the reader said of a table's cells, if it said anything."""
    if raw.cells is None:
        return
    names = ", ".join(f"{sql.text(name)}: 'VARCHAR'" for name in COLUMNS)
    session.execute(
        f"CREATE TABLE {_stored(raw)} AS SELECT * REPLACE (CAST(line AS BIGINT) AS line, "
        f"CAST(nullif(number, '') AS INTEGER) AS number) FROM read_csv({sql.text(str(raw.cells))}, auto_detect=false, "
        f"header=false, skip=1, delim=',', quote='\"', escape='\"', max_line_size={1 << 24}, columns={{{names}}})"
    )


def _stored(raw: RawTable) -> str:
    return sql.name(f"n_{raw.table}")


def silenced(loaded: Loaded, session: Session) -> dict[str, str]:
    """Return by column the condition on a record that the reader has said already what is wrong with its cell."""
    if loaded.raw.cells is None:
        return {}
    rules = ", ".join(sql.text(session.standard.rule(name).code) for name in SILENCING)
    found = session.execute(f"SELECT DISTINCT number FROM {_stored(loaded.raw)} WHERE rule IN ({rules})").fetchall()
    numbers = {number for (number,) in found}
    return {
        column.name: f"_line IN (SELECT line FROM {_stored(loaded.raw)} WHERE number = {column.number} "
        f"AND rule IN ({rules}))"
        for column in loaded.columns
        if column.number in numbers
    }


def noticed(session: Session) -> list[Found]:
    """Return what the readers said, with exact counts."""
    found: list[Found] = []
    for loaded in session.tables.values():
        if loaded.raw.cells is not None:
            counted = session.execute(f"SELECT rule, count(*) FROM {_stored(loaded.raw)} GROUP BY rule ORDER BY rule")
            rules = session.standard.rules
            found += [Noticed(rules[code], loaded, count, ()) for code, count in counted.fetchall()]
    return found


@dataclass(frozen=True)
class Noticed(Found):
    """What the reader said of one table after one rule; it has no parts, since it needs no records of the table."""

    def rows(self, limit: int | None) -> list[str]:
        """Return nothing: no texts of the table are wanted."""
        return []

    def statement(self, limit: int | None, texts: str) -> str:
        """Return the SELECT of line, number of the column, text, what was taken instead, and change, in order."""
        bound = "" if limit is None else f" LIMIT {limit}"
        return (
            f'SELECT line, number, value, "as", change FROM {_stored(self.loaded.raw)} '
            f"WHERE rule = {sql.text(self.rule.code)} ORDER BY line, number{bound}"
        )

    def findings(self, session: Session, level: Level, limit: int | None, texts: str) -> Iterator[Finding]:
        """Yield the findings in order of row and column, at most `limit`."""
        headers = {column.number: column for column in self.loaded.raw.columns}
        cursor = session.connection.cursor()
        cursor.execute(self.statement(limit, texts))
        while batch := cursor.fetchmany(BATCH):
            for line, number, value, text, change in batch:
                column = headers.get(number)
                name = (column.field or column.header) if column else None
                item = self.loaded.table.by_name.get(name or "")
                yield Finding(
                    rule=self.rule.code,
                    level=level,
                    table=self.loaded.table.name,
                    file=self.loaded.raw.file,
                    sheet=self.loaded.raw.sheet,
                    row=line,
                    column=name,
                    column_number=number,
                    value=_shown(value, item),
                    params=_params(_shown(text, item), change or "", session.standard),
                )
        cursor.close()


def _shown(text: str | None, item: Field | None) -> str:
    """Return a text without personal data; a number of the phone column or of an amount is none."""
    keep = item is not None and (item.name == "phone" or item.type == "number")
    return redact(text or "", keep_mobile=keep)


def _params(text: str, change: str, standard: Standard) -> dict[str, Scalar]:
    if not change:
        return {}
    from circledata.sources.mending import changes

    said = changes(standard)[change]
    return {"as": text, "change": change, "change_zh": said.zh, "change_en": said.en}
