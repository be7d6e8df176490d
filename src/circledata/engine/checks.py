"""Compiles what the Table Schemas say of single cells (type, required, code, pattern, range …) into SQL conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from circledata.engine import sql
from circledata.engine.columns import Column
from circledata.engine.session import Loaded
from circledata.standard.model import Standard


@dataclass(frozen=True, slots=True)
class CellCheck:
    """One condition on one column: `condition` is true where the cell breaks rule `check`."""

    check: str
    column: Column
    condition: str
    params: dict[str, str] = field(default_factory=dict)
    """SQL expressions for the wording."""


_TYPE_CHECKS = {
    "integer": "not-an-integer",
    "number": "not-a-number",
    "date": "not-a-date",
    "boolean": "not-a-boolean",
}


def cell_checks(loaded: Loaded, standard: Standard) -> Iterator[CellCheck]:
    """Yield the checks of every column that the standard knows, in the order in which one silences the next."""
    for column in loaded.columns:
        if column.field is not None:
            yield from _column_checks(column, standard)


def _column_checks(column: Column, standard: Standard) -> Iterator[CellCheck]:
    item = column.field
    assert item is not None
    typed = sql.name(column.name)
    if item.required:
        yield CellCheck("required-empty", column, column.empty)
    if column.type != "string":
        yield CellCheck(_TYPE_CHECKS[column.type], column, column.mistyped)
    if column.type == "string":
        yield from _text_checks(column, standard)
    if item.minimum is not None:
        params = {"minimum": sql.literal(item.minimum)}
        yield CellCheck("below-minimum", column, f"{typed} < {item.minimum!r}", params)
    if item.maximum is not None:
        params = {"maximum": sql.literal(item.maximum)}
        yield CellCheck("above-maximum", column, f"{typed} > {item.maximum!r}", params)
    if item.decimals is not None:
        pattern = sql.text(f"\\.[0-9]{{{item.decimals}}}[0-9]*[1-9]")
        params = {"decimals": sql.literal(item.decimals)}
        condition = f"{typed} IS NOT NULL AND regexp_matches({column.text}, {pattern})"
        if item.decimals == 2:
            # The cheap question first: a text of at most two decimals has its point among the last three characters.
            condition = f"strpos({column.text}, '.') BETWEEN 1 AND length({column.text}) - 3 AND {condition}"
        yield CellCheck("too-many-decimals", column, condition, params)


def _text_checks(column: Column, standard: Standard) -> Iterator[CellCheck]:
    item = column.field
    assert item is not None
    text = sql.name(column.name)
    if item.list:
        yield CellCheck("list-malformed", column, _list_malformed(text))
    if item.codelist and not item.codelist_extended_by:
        codes = standard.codelists[item.codelist].codes
        params = {"codelist": sql.text(item.codelist)}
        if item.list:
            choice = "|".join(re.escape(code).replace("\\-", "-") for code in codes)
            condition = f"NOT regexp_matches({text}, {sql.text(f'^(?:{choice})(?:;(?:{choice}))*$')})"
        else:
            condition = f"{text} NOT IN ({', '.join(sql.text(code) for code in codes)})"
        yield CellCheck("code-unknown", column, condition, params)
    if item.pattern:
        whole = sql.text(f"^(?:{item.pattern})$")
        params = {"pattern": sql.text(item.pattern), "example": sql.text(item.example)}
        yield CellCheck("pattern-mismatch", column, f"NOT regexp_matches({text}, {whole})", params)
    if item.max_length is not None:
        params = {"limit": sql.literal(item.max_length), "length": f"length({text})"}
        yield CellCheck("text-too-long", column, f"length({text}) > {item.max_length}", params)


def _list_malformed(text: str) -> str:
    """Empty items, blanks beside `;`, a foreign separator at the ends, or one item twice."""
    shape = f"regexp_matches({text}, '(^;|;$|;;|; | ;)')"
    twice = f"len(list_distinct(string_split({text}, ';'))) < len(string_split({text}, ';'))"
    return f"CASE WHEN {text} IS NULL THEN false WHEN strpos({text}, ';') > 0 THEN {shape} OR {twice} ELSE false END"
