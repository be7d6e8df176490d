"""What a cell accepts while somebody types: one data validation a column, with its hint and its error box.

*Stop* where what was typed can be right in no form: a date that is none, a number with words, a share above 1, a code
of 17 characters that should have 18, the id of another row. *Warning*, which lets the entry pass after a question,
where it may be right all the same: a code without its title or the title alone, an id whose own row is typed later.
Both hold while typing only; what is pasted is judged by the check of the file.
"""

from __future__ import annotations

import re
from typing import Any

from circledata.convert.export.book_codes import CodeSheet, letters_of
from circledata.convert.export.book_hints import TITLE, Hints, cut, keys_of
from circledata.convert.export.book_lengths import pattern_lengths
from circledata.standard.model import Field, Table

EXAMPLE_DATE = "2024-12-31"
DATES = ("=DATE(1900,3,1)", "=DATE(2199,12,31)")
"""From the day on which all spreadsheets agree on what a number means."""
_LARGEST = 10**15
"""Beyond this a spreadsheet does not keep every digit."""
_ERROR = 225
"""Characters of an error box that Excel shows."""
Rule = dict[str, Any]


class Rules:
    """Makes the validations of one workbook."""

    def __init__(self, hints: Hints, codes: CodeSheet) -> None:
        self._hints = hints
        self._codes = codes

    def of(self, table: Table, item: Field, column: int, rows: tuple[int, int]) -> Rule:
        """Return the validation of a column (from 0) that stands in these rows (first and last, from 1)."""
        name = self._codes.name_of(table, item)
        rule = self._listed(table, item, name) if name else self._typed(table, item, column, rows)
        return {"ignore_blank": True, **rule, **self._hints.of(table, item, listed=name is not None)}

    def of_head(self, table: Table, item: Field | None) -> Rule:
        """Return the validation of the two heads of a column: what the column is, and no typing."""
        hint = self._hints.of(table, item, listed=False) if item else {}
        return {"validate": "custom", "value": "=FALSE", "ignore_blank": False, **hint, **self._error("head", "stop")}

    def _listed(self, table: Table, item: Field, name: str) -> Rule:
        rule = {"validate": "list", "source": f"={name}"}
        key = keys_of(table).get(item.name)
        if key and not item.codelist:
            return {**rule, **self._error("id", "warning", sheet=self._hints.sheets[key.table])}
        own = self._hints.sheets.get(item.codelist_extended_by or "")
        title = self._hints.text(item.title)
        error = self._error(
            "list", "warning", text="own" if own else "list", title=title, sheet=own or "", leave=self._leave(item)
        )
        return {**rule, **error}

    def _typed(self, table: Table, item: Field, column: int, rows: tuple[int, int]) -> Rule:
        if item.type == "date":
            rule = {"validate": "date", "criteria": "between", "minimum": DATES[0], "maximum": DATES[1]}
            example = self._hints.example(table, item) or EXAMPLE_DATE
            return {**rule, **self._error("date", "stop", example=example, leave=self._leave(item))}
        if item.type in {"integer", "number"}:
            return self._number(item)
        if item.unique:
            return self._unique(table, item, column, rows)
        return self._text(table, item)

    def _number(self, item: Field) -> Rule:
        kind = "whole" if item.type == "integer" else "number"
        least, most = item.minimum, item.maximum
        span = ""
        if least is not None:
            name = "range-least" if most is None else "range-between"
            span = self._hints.word(name, least=f"{least:g}", most=f"{most or 0:g}")
        return {
            "validate": "integer" if item.type == "integer" else "decimal",
            "criteria": "between",
            "minimum": -_LARGEST if least is None else least,
            "maximum": _LARGEST if most is None else most,
            **self._error(kind, "stop", text="number", range=span, leave=self._leave(item)),
        }

    def _unique(self, table: Table, item: Field, column: int, rows: tuple[int, int]) -> Rule:
        letters = letters_of(column + 1)
        first = f"{letters}{rows[0]}"
        once = f"COUNTIF(${letters}${rows[0]}:${letters}${rows[1]},{first})=1"
        example = self._hints.example(table, item)
        mark = f"-{table.id_letter}"
        if table.id_letter is None or mark not in example:
            return {
                "validate": "custom",
                "value": f"={once}",
                **self._error("unique", "stop", text="same", example=example),
            }
        formula = f'=AND({once},ISNUMBER(FIND("{mark}",{first})))'
        return {"validate": "custom", "value": formula, **self._error("unique", "stop", example=example)}

    def _text(self, table: Table, item: Field) -> Rule:
        least, most = pattern_lengths(item.pattern) if item.pattern else (0, None)
        if item.max_length is not None:
            most = item.max_length if most is None else min(most, item.max_length)
        if most is None:
            return {"validate": "any"}
        how = "exact" if least == most else "between" if least > 1 else "most"
        example = self._hints.example(table, item)
        error = self._error("length", "stop", text=f"length-{how}", least=least, most=most, example=example)
        return {"validate": "length", "criteria": "between", "minimum": least, "maximum": most, **error}

    def _leave(self, item: Field) -> str:
        return "" if item.required else self._hints.word("leave")

    def _error(self, key: str, kind: str, *, text: str = "", **values: object) -> Rule:
        word = self._hints.word
        message = word(f"error-{text or key}-text", **values)
        return {
            "error_type": kind,
            "error_title": cut(word(f"error-{key}", **values), TITLE),
            "error_message": cut(re.sub(r" +", " ", message).strip(), _ERROR),
        }
