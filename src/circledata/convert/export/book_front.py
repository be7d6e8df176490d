"""The sheet 基本信息 as it is written: a label, the cell to fill beside it, and below it in grey what to write.

The hints are the descriptions of the descriptor's schema, or those of `package-sheet.yaml` where the sheet is filled in
another way than datapackage.json. They stand below the cells, not beside them: the cell right of a label is its value.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from circledata.convert.export.book_hints import MESSAGE, TITLE, Hints, cut
from circledata.convert.export.book_rules import DATES, EXAMPLE_DATE
from circledata.convert.export.book_style import TAB_PACKAGE, Style, page
from circledata.sources.package_sheet import Key, layout
from circledata.standard.model import CodeList, Language, Standard, Text

SHEET = Text("基本信息", "Package")
INTRODUCTION = Text(
    "填黄色的格子。左边橙色的必须填；格子下面的小字说明填什么。",
    "Fill the yellow cells. Those with an orange label are required; the small print below says what to write.",
)
YES_NO = {"zh": ("是", "否"), "en": ("yes", "no")}
_WIDE, _LINE = 78, 92
"""Widths of column B, and of a line of small print in it, in half-width characters."""


@dataclass(frozen=True)
class KeyHint:
    """What a clerk should know of one key: whether it is required, what to write, an example."""

    required: bool
    text: Text
    example: str


@cache
def key_hints(root: Path) -> Mapping[str, KeyHint]:
    """Read the hints of the keys from the standard's schema and `package-sheet.yaml`, by name of the key."""
    import yaml

    schema = json.loads((root / "package.schema.json").read_text(encoding="utf-8"))
    raw = yaml.safe_load((root / "package-sheet.yaml").read_text(encoding="utf-8"))["keys"]
    return {item.name: _key_hint(item, raw[item.name], schema) for item in layout(root).keys}


def _key_hint(item: Key, raw: Mapping[str, Any], schema: Mapping[str, Any]) -> KeyHint:
    level = schema
    *groups, last = item.path.split(".")
    for group in groups:
        level = schema["$defs"][group]
    said = level["properties"].get(last, {})
    text = Text(str(said.get("description", "")), str(said.get("$comment", "")).partition(". ")[2])
    if "hint" in raw:
        text = Text(raw["hint"]["zh"], raw["hint"]["en"])
        said = {}
    example = raw.get("example", next(iter(said.get("examples", ())), ""))
    return KeyHint(last in level.get("required", ()), text, str(example))


def shown_code(codes: CodeList, code: str, lang: Language) -> str:
    """Return a code's title, where the sheet reads it as that code again; else the code."""
    title = codes.codes[code].title.in_language(lang) if code in codes.codes else code
    # A comma would part the entry in the drop-down.
    return title if codes.by_name.get(title.lower()) == code and "," not in title else code


def write_package_sheet(book: Any, style: Style, hints: Hints, texts: Mapping[str, str]) -> None:
    """Write the sheet; `texts`: what is filled in already, by name of the key."""
    lang, standard = hints.lang, hints.standard
    sheet = book.add_worksheet(SHEET.in_language(lang))
    sheet.set_tab_color(TAB_PACKAGE)
    sheet.hide_gridlines(2)
    page(sheet, lang, tall=True)
    sheet.fit_to_pages(1, 1)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, _WIDE)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, SHEET.in_language(lang), style.title)
    sheet.write_string(1, 0, INTRODUCTION.in_language(lang), style.lead)
    sheet.freeze_panes(2, 0)
    known = key_hints(standard.root)
    for place, item in enumerate(layout(standard.root).keys):
        row, hint = 3 + 2 * place, known[item.name]
        sheet.set_row(row, 21)
        sheet.write_string(row, 0, item.title.in_language(lang), style.label_needed if hint.required else style.label)
        _write_value(sheet, row, item, texts.get(item.name, ""), style)
        text = _hint_text(item, hint, hints)
        sheet.write_string(row + 1, 1, text, style.note)
        sheet.set_row(row + 1, 15 * _lines(text) + 4)
        title = cut(item.title.in_language(lang), TITLE)
        rule = _rule(item, standard, lang, hints)
        sheet.data_validation(row, 1, row, 1, {**rule, "input_title": title, "input_message": cut(text, MESSAGE)})


def _lines(text: str) -> int:
    from circledata.convert.export.book_cells import display_width

    return max(1, -(-display_width(text) // _LINE))


def _hint_text(item: Key, hint: KeyHint, hints: Hints) -> str:
    text = (hints.word("required") if hint.required else "") + hints.text(hint.text)
    example = hint.example
    if item.codelist or (hints.lang == "en" and not example.isascii()):
        example = ""
    if not example or example in text:
        return text
    separator = " " if hints.lang == "en" else ""
    return text + separator + hints.word("example", example=example)


def _write_value(sheet: Any, row: int, item: Key, text: str, style: Style) -> None:
    day = _day(text) if item.kind == "date" else None
    if day:
        sheet.write_datetime(row, 1, day, style.entry_date)
    else:
        how = style.entry_date if item.kind in {"date", "moment"} else style.entry
        sheet.write(row, 1, text or None, how)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _rule(item: Key, standard: Standard, lang: Language, hints: Hints) -> dict[str, Any]:
    codes = standard.codelists.get(item.codelist or "")
    source = [shown_code(codes, code, lang) for code in codes.codes] if codes else []
    if item.kind == "boolean":
        source = [*YES_NO[lang]]
    if source:
        # A warning only: a code, or another name of it, is understood too.
        error = {"error_title": cut(hints.word("error-list"), TITLE)}
        error["error_message"] = hints.word("error-list-text", leave="").strip()
        return {"validate": "list", "source": source, "error_type": "warning", **error}
    if item.kind == "date":
        error = {"error_title": hints.word("error-date"), "error_type": "stop"}
        error["error_message"] = hints.word("error-date-text", example=EXAMPLE_DATE, leave="").strip()
        return {"validate": "date", "criteria": "between", "minimum": DATES[0], "maximum": DATES[1], **error}
    return {"validate": "any"}
