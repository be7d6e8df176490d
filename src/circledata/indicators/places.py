"""Puts every record of a package in its place: the tables that indicators read, `placed.<table>`.

A place is a circle (its id), a township (the first nine digits of a division code), a division (the first six) or the
package as a whole. What belongs to no place of the kind has the empty text, so nothing is lost on the way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb

from circledata.engine.coverage import KINDS
from circledata.engine.session import Session
from circledata.engine.sql import name
from circledata.indicators.model import Scope

TABLES = (
    *("circles", "communities", "outlets", "surveys", "survey_questions", "survey_results"),
    *("needs", "projects", "subsidies"),
)
"""The tables whose records have a place."""
DIGITS = {"division": 6, "township": 9}
"""Digits of a division code that name a place of each kind."""

Run = Callable[[str], duckdb.DuckDBPyConnection]

_SCHEMA = re.compile(r"\bplaced\.")
_DIVISION = re.compile(r"\bdivision\b")
_WORD = re.compile(r"[a-z_0-9]+")
_OWNERS: Mapping[str, tuple[str, tuple[str, ...], str]] = {
    "circles": ("t.circle_id", (), "circle_id"),
    "communities": ("t.circle_id", (), "circle_id"),
    "outlets": ("t.circle_id", ("t.division_code",), "outlet_id"),
    "surveys": ("t.circle_id", (), "survey_id"),
    "survey_questions": ("s.survey_circle", (), "survey_id"),
    "survey_results": ("coalesce(t.circle_id, s.survey_circle)", (), "survey_id"),
    "needs": ("t.circle_id", (), "need_id"),
    "projects": ("t.circle_id", (), "project_id"),
    "subsidies": ("coalesce(t.circle_id, p.project_circle)", (), "subsidy_id"),
}
"""Of each table: the circle that a record belongs to, its own division codes, and the id whose prefix is the last
resort.
"""
_SURVEY = (
    "LEFT JOIN (SELECT survey_id, min(circle_id) AS survey_circle FROM main.surveys GROUP BY survey_id) s "
    "ON s.survey_id = t.survey_id"
)
_PROJECT = (
    "LEFT JOIN (SELECT project_id, min(circle_id) AS project_circle FROM main.projects GROUP BY project_id) p "
    "ON p.project_id = t.project_id"
)
_JOINS = {"survey_questions": _SURVEY, "survey_results": _SURVEY, "subsidies": _PROJECT}


@contextmanager
def placed(session: Session, scope: Scope, statements: Sequence[str]) -> Iterator[Run]:
    """Make the placed tables that `statements` read, give the function that runs them, and take the tables away.

    Beside its own columns a record has `place`, and `division`: six digits, or the empty text. `placed.kinds` holds the
    categories that each circle has open outlets of: place, circle_id, category (of the standard's list, children
    counted as their parent) and outlets. The function may be called from several threads.
    """
    schema, divided = session.new_name("placed"), session.new_name("placed")
    text = " ".join(statements)
    words = set(_WORD.findall(text))
    for codelist in sorted({*re.findall(r"\bcodes\.([a-z_]+)", text), *(["categories"] if "kinds" in words else [])}):
        session.define_codes(codelist)

    def run(statement: str) -> duckdb.DuckDBPyConnection:
        home = divided if _DIVISION.search(statement) else schema
        return session.execute(_SCHEMA.sub(f"{home}.", statement))

    try:
        for home in (schema, divided):
            session.execute(f"CREATE SCHEMA {home}")
        _define(session, schema, scope, words, divided=False)
        if "division" in words:
            _define(session, divided, scope, words, divided=True)
        yield run
    finally:
        for home in (schema, divided):
            session.execute(f"DROP SCHEMA IF EXISTS {home} CASCADE")


def _define(session: Session, schema: str, scope: Scope, words: set[str], *, divided: bool) -> None:
    """Make the tables that are named in `words`; only the `divided` ones have a division, which takes a join more.

    Where the place of a record is not quickly told, it is worked out once, and kept with the columns that are read.
    """
    if divided or scope in DIGITS:
        pieces = ", ".join(
            f"{_code([DIVISION_OF_CIRCLE], digits)} AS {kind}_of_circle" for kind, digits in DIGITS.items()
        )
        session.execute(
            f"CREATE TABLE {schema}.all_circles AS SELECT circle_id AS of_circle, {pieces} "
            "FROM main.circles WHERE circle_id IS NOT NULL GROUP BY circle_id"
        )
    for table in TABLES:
        if table in words or ("kinds" in words and table == "circles"):
            kept = scope in DIGITS and not divided
            fields = [item.name for item in session.standard.tables[table].fields]
            columns = ["_row", *(item for item in fields if item in words)] if kept else ["*"]
            kind = "TABLE" if kept else "VIEW"
            select = _select(schema, table, scope, divided, columns)
            session.execute(f"CREATE {kind} {schema}.{table} AS {select}")
    if "kinds" in words:
        circles = f"SELECT circle_id, min(place) AS place FROM {schema}.circles GROUP BY circle_id"
        unknown = "k.circle_id" if scope == "circle" else "''"
        session.execute(
            f"CREATE TABLE {schema}.kinds AS SELECT coalesce(c.place, {unknown}) AS place, k.* "
            f"FROM ({KINDS}) k LEFT JOIN ({circles}) c USING (circle_id)"
        )


DIVISION_OF_CIRCLE = "min(division_code)"
"""A circle that stands in the table twice, which is an error, is in one place all the same."""


def _select(schema: str, table: str, scope: Scope, divided: bool, columns: Sequence[str]) -> str:
    """Return the SELECT of one placed table."""
    owner, own, key = _OWNERS[table]
    prefix = f"substr(t.{key}, 1, strpos(t.{key}, '-') - 1)"
    places = {
        kind: f"coalesce(nullif(c.{kind}_of_circle, ''), {_code([*own, prefix], digits)})"
        for kind, digits in DIGITS.items()
    }
    place = {"package": "''", "circle": f"coalesce({owner}, '')", **places}[scope]
    kept = [f"t.{item}" if item == "*" else f"t.{name(item)}" for item in columns]
    items = [f"{place} AS place", *([f"{places['division']} AS division"] if divided else []), *kept]
    joins = _JOINS.get(table, "")
    if divided or scope in DIGITS:
        joins += f" LEFT JOIN {schema}.all_circles c ON c.of_circle = {owner}"
    return f"SELECT {', '.join(items)} FROM main.{table} t {joins}"


def _code(candidates: Sequence[str], digits: int) -> str:
    """Return the SQL of the first candidate that is a code of at least `digits` digits, cut to them; else ''."""
    pattern = f"'^[0-9]{{{digits}}}'"
    cut = [f"CASE WHEN regexp_matches({item}, {pattern}) THEN substr({item}, 1, {digits}) END" for item in candidates]
    return f"coalesce({', '.join(cut)}, '')"


def rows_of(result: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return the rows of a result by the names of their columns."""
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
