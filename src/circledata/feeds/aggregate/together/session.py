"""One session that holds the tables of many members, and asks a question over several rows for each member alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from circledata.engine import Session, sql
from circledata.sources.model import Meta
from circledata.standard.model import Standard

MEMBER, DIVISION = "_member", "_division"
"""Columns beside a member's own: its number in the session, and its division code."""
MEMBERS = "_members"
DERIVED = ("circle_shapes", "circle_overlaps", "outlet_places")
_STORED = re.compile(r'^CREATE TABLE ("f[0-9]+_CD[^"]*") AS (.*)$', re.DOTALL)
_WORD = re.compile(r"[A-Za-z_]\w*")


class TogetherSession(Session):
    """A session over the tables of several members, which share the day, coordinate system and profile of `meta`.

    Wherever a rule says `:division_code` the column `_division` stands: in the tables of rows it is there, and a
    question asked for each member finds it among the members.
    """

    def __init__(self, standard: Standard, meta: Meta) -> None:
        super().__init__(standard, meta)
        self.parameters = {**self.parameters, "division_code": DIVISION}
        self.unknown = frozenset()
        self._where = "true"

    def define_members(self, members: Iterable[tuple[int, str, dict[str, bool]]]) -> None:
        """Name the members: number, division code, and whether each derived view holds anything of it."""
        flags = ", ".join(f"has_{name} BOOLEAN" for name in DERIVED)
        self.execute(f"CREATE TABLE {MEMBERS} ({MEMBER} INTEGER, {DIVISION} VARCHAR, {flags})")
        rows = [[number, code, *(has[name] for name in DERIVED)] for number, code, has in members]
        self.connection.executemany(f"INSERT INTO {MEMBERS} VALUES (?, ?, ?, ?, ?)", rows)

    def value(self, statement: str) -> Any:
        """Return the first cell of an answer; what keeps the findings of a rule is asked for each member."""
        stored = _STORED.match(statement)
        if stored is None:
            return super().value(statement)
        return super().value(f"CREATE TABLE {stored[1]} AS {self.for_each_member(stored[2], self._where)}")

    @contextmanager
    def only(self, where: str) -> Iterator[None]:
        """Ask, inside the block, only of the members for which the condition holds."""
        self._where = where
        yield
        self._where = "true"

    def for_each_member(self, select: str, where: str = "true") -> str:
        """Return the SELECT that gives the rows of `select` for each member for which `where` holds, with its number.

        Every table that `select` mentions, plain, `v_` or `all_`, and every derived view is shadowed by one that holds
        the member's own rows.
        """
        named = set(_WORD.findall(select))
        for name in DERIVED:
            select = select.replace(f"derived.{name}", sql.name(f"derived_{name}"))
        tables = [f"{prefix}{name}" for name in self.tables for prefix in ("", "v_", "all_")]
        own = [_own(f"main.{sql.name(name)}", name) for name in tables if name in named]
        own += [_own(f"derived.{name}", f"derived_{name}") for name in DERIVED if name in named]
        shadows = f"WITH {', '.join(own)} " if own else ""
        return (
            f"SELECT {MEMBERS}.{MEMBER}, _one.* FROM {MEMBERS}, LATERAL ({shadows}SELECT * FROM ({select})) AS _one "
            f"WHERE {where}"
        )


def _own(table: str, name: str) -> str:
    """Return the common table expression `name`: the rows of `table` that the member has, without the added columns."""
    return (
        f"{sql.name(name)} AS (SELECT * EXCLUDE ({MEMBER}, {DIVISION}) FROM {table} AS _all "
        f"WHERE _all.{MEMBER} = {MEMBERS}.{MEMBER})"
    )
