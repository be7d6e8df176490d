"""The hint that a cell shows while it is chosen: what to write, in which unit, an example; within Excel's limits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from circledata.convert.export.book_words import UNITS, WORDS
from circledata.sources.package_sheet import layout
from circledata.standard.code_titles import BOOLEANS, titles_of, with_titles
from circledata.standard.model import Field, ForeignKey, Language, Standard, Table, Text

TITLE, MESSAGE = 32, 255
"""Characters that Excel shows of a hint's title and text, counted as UTF-16 counts them."""
_SENTENCE = re.compile(r"[^。；]+[。；]?|.+", re.DOTALL)
_ENGLISH_SENTENCE = re.compile(r".+?(?:[.;:](?=\s)\s*|$)", re.DOTALL)
_CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_NAME = re.compile(r"( ?)(?<![A-Za-z0-9_.-])([a-z][a-z0-9]*(?:[_-][a-z0-9]+)*)(?![A-Za-z0-9_-]|[.][A-Za-z])( ?)")
_DIVISION = re.compile("[0-9]{6}(?:[0-9]{3}(?:[0-9]{3})?)?(?=-)")


def length(text: str) -> int:
    """Return the length of a text as Excel counts it."""
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, most: int) -> str:
    """Return a text that is no longer than Excel allows."""
    if length(text) <= most:
        return text
    return text.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", "ignore").rstrip() + "…"


def keys_of(table: Table) -> dict[str, ForeignKey]:
    """Return the foreign keys of one column, by that column."""
    return {key.fields[0]: key for key in table.foreign_keys if len(key.fields) == 1}


@dataclass(frozen=True)
class Hints:
    """Makes the texts of one workbook.

    `sheets`: names of the sheets by table; `codes`: name of the sheet where code lists are printed, "" without one;
    `division`: put in front of the ids of examples; `examples`: cells to show in place of an example that is Chinese
    in an English workbook, by table and field.
    """

    standard: Standard
    lang: Language
    sheets: Mapping[str, str]
    codes: str = ""
    division: str | None = None
    examples: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def word(self, name: str, **values: object) -> str:
        """Return one of the words in the workbook's language."""
        return WORDS[name].in_language(self.lang).format(**values)

    def text(self, both: Text) -> str:
        """Return a text in the workbook's language."""
        return both.in_language(self.lang)

    def example(self, table: Table, item: Field) -> str:
        """Return an example of a cell as the sheet would hold it; "" when there is none in the language."""
        example = item.example
        if self.lang == "en" and _CHINESE.search(example):
            example = self.examples.get((table.name, item.name), "")
        if self.division and item.pattern:
            example = _DIVISION.sub(self.division, example)
        titles = titles_of(item, self.standard)
        return with_titles(example, item, titles, self.lang) if titles and example else example

    def of(self, table: Table, item: Field, *, listed: bool) -> dict[str, str]:
        """Return title and text of the hint of a column; `listed`: it has a drop-down."""
        before = self.word("required") if item.required else ""
        description = self._plain(table, item, self.text(item.description))
        notes = self._notes(table, item, description, listed=listed)
        example = self.example(table, item)
        last = "\n" + self.word("example", example=example) if example else ""
        room = MESSAGE - length(before + notes + last)
        if room < 40:
            # A long example gives way: what to write matters more.
            last, room = "", room + length(last)
        return {
            "input_title": cut(self.text(item.title), TITLE),
            "input_message": cut(before + self._fitted(description, room) + notes.rstrip() + last, MESSAGE),
        }

    def _plain(self, table: Table, item: Field, description: str) -> str:
        """Return a description with what people see in place of machine names: titles of fields, tables and keys."""

        def shown(found: re.Match[str]) -> str:
            name = found[2]
            # In English a single word may be a word.
            title = self._title_of(name, table, item) if self.lang == "zh" or "_" in name else None
            if title is None:
                return found[0]
            return f"“{title}”" if self.lang == "zh" else f"{found[1]}“{title}”{found[3]}"

        return _NAME.sub(shown, description)

    def _title_of(self, name: str, table: Table, item: Field) -> str | None:
        if name == item.name:
            # The description of opening_hours speaks of the notation opening_hours.
            return None
        field_, other = table.by_name.get(name), self.standard.tables.get(name)
        key = next((key for key in layout(self.standard.root).keys if key.name == name), None)
        for known in (field_, other, key):
            if known is not None:
                return self.text(known.title)
        for part in table.fields:
            code = self.standard.codelists[part.codelist].codes.get(name) if part.codelist else None
            if code is not None:
                return self.text(code.title)
        return BOOLEANS[name][0 if self.lang == "zh" else 1] if name in BOOLEANS else None

    def _fitted(self, description: str, room: int) -> str:
        """Return as many whole sentences as there is room for; at least a piece of the first."""
        pattern = _SENTENCE if self.lang == "zh" else _ENGLISH_SENTENCE
        sentences = [match.group() for match in pattern.finditer(description)]
        fitted = ""
        for sentence in sentences:
            if length(fitted + sentence) + 1 > room:
                break
            fitted += sentence
        if fitted:
            fitted = fitted.rstrip("；; ") + ("。" if fitted.endswith("；") else "." if fitted.endswith("; ") else "")
        fitted = fitted or cut(sentences[0] if sentences else "", room - 1)
        return fitted + " " if self.lang == "en" and fitted else fitted

    def _notes(self, table: Table, item: Field, description: str, *, listed: bool) -> str:
        """Return what the sheet itself wants to say: where to choose, how to join several, the unit, the kind."""
        key = keys_of(table).get(item.name)
        parts = []
        if item.list and not re.search("分号|semicolon", description):
            parts.append(self.word("several"))
        if listed and key:
            parts.append(self.word("pick-id", sheet=self.sheets[key.table]))
        elif listed:
            parts.append(self.word("pick"))
        elif key and key.table in self.sheets:
            parts.append(self.word("see-id", sheet=self.sheets[key.table]))
        elif item.list and item.codelist and self.codes:
            parts.append(self.word("see-codes", sheet=self.codes))
        elif item.type == "date":
            parts.append(self.word("date"))
        elif item.type == "integer":
            parts.append(self.word("whole"))
        unit = UNITS.get(item.unit or "")
        if unit and not _names(description, self.text(unit)):
            parts.append(self.word("unit", unit=self.text(unit)))
        return "".join(parts)


def _names(description: str, unit: str) -> bool:
    """Tell whether a description names the unit itself."""
    return f"单位{unit}" in description or (len(unit) > 1 and unit in description)
