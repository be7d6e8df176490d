"""Turns a finding into words: where it is, what is wrong, how to mend it. Nothing else in the project words
findings.
"""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence

from circledata.findings.model import Finding, Scalar
from circledata.standard.model import Field, Language, Standard, Text
from circledata.standard.names import named

_EMPTY = Text("（空）", "(empty)")
_CELL = Text("这一格", "this cell")
_SUGGESTION = Text("建议填写：{suggestion}。", "Suggested: {suggestion}.")


class Wording(string.Formatter):
    """Fills the placeholders of a rule's text; numbers are written as people write them."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def get_value(self, key: int | str, args: object, kwargs: Mapping[str, Scalar]) -> Scalar:
        """Return a placeholder's value; one that is missing stays visible instead of failing the report."""
        return kwargs.get(str(key), "{" + str(key) + "}")

    def format_field(self, value: object, format_spec: str) -> str:
        """Write one value."""
        return shown(value, self.language)


def shown(value: object, language: Language) -> str:
    """Write a value in a sentence: no trailing zeros, a word for what is empty."""
    if value is None or value == "":
        return _EMPTY.in_language(language)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return str(value)


def field_of(finding: Finding, standard: Standard) -> Field | None:
    """Return the field that a finding points to, when the standard knows it."""
    table = standard.tables.get(finding.table or "")
    return table.by_name.get(finding.column or "") if table else None


def column_name(finding: Finding, standard: Standard, language: Language) -> str:
    """Name a finding's column as people see it: title and machine name."""
    known = field_of(finding, standard)
    if known is None:
        return finding.column or ""
    return named(known.title.in_language(language), known.name, language)


TABLE_PARAMS = frozenset({"target_table", "table"})
"""Params that hold the machine name of a table."""


def table_name(name: str, standard: Standard, language: Language) -> str:
    """Name a table as people see it: title and machine name."""
    known = standard.tables.get(name)
    return named(known.title.in_language(language), name, language) if known else name


def _target_column(finding: Finding, standard: Standard, language: Language) -> str:
    """Name the column that a reference points to; it lies in the table of the param `target_table`."""
    name = str(finding.params["target_column"])
    table = standard.tables.get(str(finding.params.get("target_table")))
    known = table.by_name.get(name) if table else None
    return named(known.title.in_language(language), name, language) if known else name


def _fill(template: Text, finding: Finding, standard: Standard, language: Language) -> str:
    values = dict(finding.params)
    for key, value in finding.params.items():
        if key.endswith(f"_{language}"):
            values[key[:-3]] = value
    for key in TABLE_PARAMS & values.keys():
        values[key] = table_name(str(values[key]), standard, language)
    if "target_column" in values:
        values["target_column"] = _target_column(finding, standard, language)
    values.setdefault("value", finding.value)
    values.setdefault("column", column_name(finding, standard, language) or _CELL.in_language(language))
    table = standard.tables.get(finding.table or "")
    values.setdefault("table", table.title.in_language(language) if table else finding.table)
    values.setdefault("file", finding.file)
    text = Wording(language).vformat(template.in_language(language), (), values)
    # What is empty is no quotation, and a Chinese bracket brings its own room.
    nothing = _EMPTY.in_language(language)
    return text.replace(f"“{nothing}”", nothing).replace(" （", "（")


def title(finding: Finding, standard: Standard, language: Language) -> str:
    """Return the short title of the rule that a finding breaks."""
    return standard.rules[finding.rule].title.in_language(language)


def message(finding: Finding, standard: Standard, language: Language) -> str:
    """Say what is wrong in this place."""
    return _fill(standard.rules[finding.rule].message, finding, standard, language)


def fix(finding: Finding, standard: Standard, language: Language) -> str:
    """Say what to do about it, with what to type instead where that is known."""
    text = _fill(standard.rules[finding.rule].fix, finding, standard, language)
    suggestion = finding.params.get("suggestion")
    if suggestion in {None, ""}:
        return text
    hint = _SUGGESTION.in_language(language).replace("{suggestion}", str(suggestion))
    return f"{text}{hint}" if language == "zh" else f"{text} {hint}"


def cell_name(column: int, row: int) -> str:
    """Return the spreadsheet name of a cell: (6, 12) is F12."""
    letters = ""
    while column:
        column, remainder = divmod(column - 1, 26)
        letters = chr(65 + remainder) + letters
    return f"{letters}{row}"


def location(finding: Finding, standard: Standard, language: Language) -> str:
    """Name the place of a finding inside its file: `网点!F12` in a workbook, line and column in a CSV file."""
    if finding.sheet is not None:
        if finding.row is None:
            return finding.sheet
        if finding.column_number is None:
            return f"{finding.sheet}!{finding.row}:{finding.row}"
        return f"{finding.sheet}!{cell_name(finding.column_number, finding.row)}"
    rows = [] if finding.row is None else [finding.row]
    return lines_and_column(rows, finding.column_number, language)


def lines_and_column(rows: Sequence[int], number: int | None, language: Language) -> str:
    """Name lines of a CSV file and one column of theirs; three or more lines in a row are written as a span."""
    parts = []
    if rows:
        shown = ("、" if language == "zh" else ", ").join(_spans(rows))
        english = f"line {shown}" if len(rows) == 1 else f"lines {shown}"
        parts.append(f"第 {shown} 行" if language == "zh" else english)
    if number is not None:
        letter = cell_name(number, 1)[:-1]
        parts.append(f"第 {number} 列（{letter}）" if language == "zh" else f"column {number} ({letter})")
    return " ".join(parts) if language == "zh" else ", ".join(parts)


def _spans(rows: Sequence[int]) -> list[str]:
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][-1] + 1:
            spans[-1].append(row)
        else:
            spans.append([row])
    shown: list[str] = []
    for span in spans:
        shown.extend([f"{span[0]}–{span[-1]}"] if len(span) > 2 else map(str, span))
    return shown
