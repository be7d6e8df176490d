"""Findings as small JSON records: texts of rules stand once, a finding holds what fills their placeholders.

A finding is `[rule, place, row, value, suggestion, *values]`. `rule` and `place` are indices. Of the values, one for
each placeholder of its rule, a text reads the same in both languages, a number is an index into `pool` (a pair of
texts), and -1 stands for the cell's own value. The script puts the sentences together again; a test compares them with
those of `circledata.findings.message` and `fix`.
"""

from __future__ import annotations

import json
import string
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from circledata.findings import Finding, location, message
from circledata.findings.report import Report
from circledata.findings.wording import column_name
from circledata.reports.layout import visible
from circledata.reports.record import tame
from circledata.standard.model import Language, Rule, Standard, Text

OWN_VALUE = -1
_BETWEEN = "\x1f"
"""Separates the values of a probe; `tame` and `visible` leave no such character in any text."""
_ROW = 987_654_321
"""A row that no file has: it marks where the number stands in a place's name."""
_UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def script_json(value: object) -> str:
    """Write JSON that can stand inside a `<script>` element: nothing in it can end the element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def parts(template: str, keys: list[str]) -> list[str | int]:
    """Split a rule's text into what is fixed and the numbers of the placeholders between."""
    found: list[str | int] = []
    for literal, name, _, _ in string.Formatter().parse(template.strip()):
        if literal:
            found.append(literal)
        if name is not None:
            if name not in keys:
                keys.append(name)
            found.append(keys.index(name))
    return found


def safe(finding: Finding, known: bool) -> Finding:
    """Return `finding` with every text fit to be shown; a column that no field is called by is shown as written."""
    short = tame(finding)
    return replace(
        short,
        file=None if short.file is None else visible(short.file),
        sheet=None if short.sheet is None else visible(short.sheet),
        column=short.column if known or short.column is None else visible(short.column),
    )


def place_name(finding: Finding, standard: Standard, language: Language) -> str:
    """Name a place with its file, unless a sheet says enough; `finding` is fit to be shown already."""
    where = location(finding, standard, language)
    if finding.sheet is not None or not finding.file:
        return where
    return f"{finding.file} {where}".rstrip()


class Compact:
    """Turns findings into records; `rules`, `places` and `pool` grow on the way and are written after them."""

    def __init__(self, report: Report, codes: list[str]) -> None:
        self.standard = report.standard
        self.codes = {code: number for number, code in enumerate(codes)}
        self.keys: dict[str, list[str]] = {code: [] for code in codes}
        self.texts = {code: self._texts(code) for code in codes}
        self.probe = replace(self.standard, rules={code: self._probe(code) for code in codes})
        self.places: dict[tuple[object, ...], int] = {}
        self.place_records: list[dict[str, Any]] = []
        self.pool: dict[tuple[str, str], int] = {}

    def _texts(self, code: str) -> list[list[list[str | int]]]:
        rule, keys = self.standard.rules[code], self.keys[code]
        return [
            [parts(rule.message.zh, keys), parts(rule.message.en, keys)],
            [parts(rule.fix.zh, keys), parts(rule.fix.en, keys)],
        ]

    def _probe(self, code: str) -> Rule:
        """Return the rule with a message that is nothing but the values of all its placeholders."""
        values = _BETWEEN.join(f"{{{key}}}" for key in self.keys[code])
        return replace(self.standard.rules[code], message=Text(values, values))

    def finding(self, finding: Finding) -> list[Any]:
        """Return one finding as a record."""
        table = self.standard.tables.get(finding.table or "")
        short = safe(finding, table is not None and finding.column in table.by_name)
        suggestion = short.params.get("suggestion")
        return [
            self.codes[finding.rule],
            self._place(short),
            finding.row,
            short.value,
            None if suggestion in {None, ""} else str(suggestion),
            *self._values(short),
        ]

    def _values(self, short: Finding) -> Iterator[str | int]:
        if not self.keys[short.rule]:
            return
        zh = message(short, self.probe, "zh").split(_BETWEEN)
        en = message(short, self.probe, "en").split(_BETWEEN)
        for key, one, other in zip(self.keys[short.rule], zh, en, strict=True):
            if key == "value" and one == other == short.value:
                yield OWN_VALUE
            else:
                yield one if one == other else self.pool.setdefault((one, other), len(self.pool))

    def _place(self, short: Finding) -> int:
        """Return the index of the place: everything but the row. Its name is split where the row's number stands."""
        key = (short.file, short.sheet, short.table, short.column, short.column_number, short.row is None)
        if key not in self.places:
            marked = short if short.row is None else replace(short, row=_ROW)
            names = [place_name(marked, self.standard, language).rsplit(str(_ROW), 1) for language in ("zh", "en")]
            columns = [column_name(short, self.standard, language) for language in ("zh", "en")]
            self.places[key] = len(self.place_records)
            self.place_records.append({"table": visible(short.table or ""), "name": names, "column": columns})
        return self.places[key]
