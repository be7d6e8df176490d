"""Takes the marks off text in a loaded table: `'=1+1` in a file means the text `=1+1`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from circledata.engine import sql
from circledata.engine.columns import RAW_SUFFIX, Column
from circledata.values.formula_marks import MARK, NUMBER, PATTERN


class Database(Protocol):
    """What runs statements."""

    def execute(self, statement: str, /) -> object:
        """Run one statement."""
        ...

    def value(self, statement: str, /) -> object:
        """Return the first column of the first row of a query."""
        ...


def unmark_cells(session: Database, stored: str, columns: Sequence[Column]) -> None:
    """Change the marked texts of a table in place; hardly any table has one, so first it is asked whether any has."""
    names = [sql.name(c.name if c.type == "string" else c.name + RAW_SUFFIX) for c in columns]
    if not names:
        return
    marked = [_marked(name) for name in names]
    if not session.value(f"SELECT EXISTS (SELECT 1 FROM {stored} WHERE {sql.any_of(marked)})"):
        return
    for name, condition in zip(names, marked, strict=True):
        session.execute(f"UPDATE {stored} SET {name} = substr({name}, 2) WHERE {condition}")


def _marked(name: str) -> str:
    pattern, number = sql.text(PATTERN), sql.text(NUMBER)
    return (
        f"CASE WHEN starts_with({name}, {sql.text(MARK)}) "
        f"THEN regexp_matches({name}, {pattern}) AND NOT regexp_matches({name}, {number}) ELSE false END"
    )
