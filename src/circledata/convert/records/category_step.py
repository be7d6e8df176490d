"""Decides the category of a row that is no feature with tags: by its own words, by codes of the source, by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from circledata.convert.mapping.headers import Header
from circledata.convert.mapping.model import TableRule
from circledata.convert.records.context import Context, Record
from circledata.convert.records.field_readers import code_names
from circledata.convert.records.ids import name_key
from circledata.convert.records.log import Entry
from circledata.convert.records.steps import Cells
from circledata.values.text import clean, is_placeholder

_REMEMBERED = 1 << 14
_STEPS = re.compile("[;；,，>/]")
_SIGNS = re.compile(r"[;；,，、|┋/／]+")


class Kind(NamedTuple):
    """What a row is. `reason`: why it is left out, empty when it is not. `text`: what the source says of the kind."""

    category: str = ""
    others: tuple[str, ...] = ()
    reason: str = ""
    column: str = ""
    text: str = ""
    rule: str = ""
    decide: bool = False


@dataclass
class CategoryStep:
    """Judges the rows of one file. Equal texts are judged once."""

    words: Sequence[str]
    codes: Sequence[tuple[str, str]]
    names: Sequence[str]
    classes: Sequence[str]
    known: Mapping[str, str]
    leave_out: bool
    finder: Callable[[], Any]
    missing: frozenset[str]
    _worded: dict[tuple[str, str], Kind] = field(default_factory=dict)
    _judged: dict[tuple[str, ...], Kind] = field(default_factory=dict)
    _combined: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    _coded: dict[tuple[str, str], Sequence[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._columns = (*self.words, *(name for _, name in self.codes), *self.classes, *self.names)

    def judge(self, cells: Cells) -> Kind:
        """Return what a row is, from its cells."""
        for column in self.words:
            text = cells.get(column, "")
            kind = self._worded.get((column, text))
            if kind is None:
                kind = self._worded[column, text] = self._by_words(column, self._plain(text))
            if kind.category:
                return kind
        texts = tuple([cells.get(column, "") for column in self._columns])
        found = self._judged.get(texts)
        if found is None:
            if len(self._judged) > 100_000:
                self._judged.clear()
            found = self._judged[texts] = self._by_finder(cells)
        return found

    def write(self, record: Record, kind: Kind, entry: Entry) -> None:
        """Write the category into a record and note how it came."""
        if not kind.category:
            if kind.text:
                record["x_category_text"] = kind.text
                entry.not_read(kind.column, "category", kind.text, "category-unsure")
            else:
                entry.decide("category-missing")
            return
        record["category"] = kind.category
        entry.change(kind.column, "category", kind.text, kind.category, kind.rule)
        if kind.others:
            record["other_categories"] = ";".join(kind.others)
            entry.change(kind.column, "other_categories", kind.text, record["other_categories"], kind.rule)
            entry.decide("several-categories")
        elif kind.decide:
            entry.decide("category-conflict")

    def _said(self, cells: Cells, column: str) -> str:
        return self._plain(cells.get(column, ""))

    def _plain(self, text: str) -> str:
        plain = clean(text)
        return "" if plain in self.missing or is_placeholder(plain) else plain

    def _by_words(self, column: str, text: str) -> Kind:
        """Read a column that holds the category's own name, title or alias, or several."""
        whole = self.known.get(name_key(text))
        if whole:
            return Kind(whole, column=column, text=text, rule="translated")
        codes = [self.known.get(name_key(part)) for part in _SIGNS.split(text) if part.strip()]
        if codes and all(codes):
            found = list(dict.fromkeys(code for code in codes if code))
            return Kind(found[0], tuple(found[1:]), column=column, text=text, rule="translated")
        return Kind()

    def _by_finder(self, cells: Cells) -> Kind:
        finder = self.finder()
        found: list[tuple[Any, str, str]] = []
        for vocabulary, column in self.codes:
            text = cells.get(column, "")
            if text:
                found += [(match, column, text) for match in self._by_code(vocabulary, text)]
        for column in self.classes:
            text = self._said(cells, column)
            found += [(match, column, text) for match in self._by_classes(text)]
        for column in (*self.words, *self.names):
            text = self._said(cells, column)
            if text:
                found += [(match, column, text) for match in finder.by_name(text)]
        combined = self._combine(tuple(match for match, _, _ in found))
        if combined.main:
            column, text = next((column, text) for match, column, text in found if match == combined.match)
            rule = f"category-{combined.match.rule}"
            return Kind(combined.main, combined.others, "", column, text, rule, combined.decide)
        column, text = self._source(cells)
        if not self.leave_out:
            return Kind(column=column, text=text)
        name = next((said for names in self.names if (said := self._said(cells, names))), "")
        return Kind(reason=self._reason(name, text), column=column, text=text)

    def _combine(self, matches: tuple[Any, ...]) -> Any:
        """Join what several columns say. The same is said of many rows: a code, and the same ending of the name."""
        combined = self._combined.get(matches)
        if combined is None:
            if len(self._combined) >= _REMEMBERED:
                self._combined.clear()
            combined = self._combined[matches] = self.finder().combine(matches)
        return combined

    def _by_code(self, vocabulary: str, text: str) -> Sequence[Any]:
        """Read a code or a path of classes; there are few of them in many rows."""
        matches = self._coded.get((vocabulary, text))
        if matches is None:
            plain = clean(text)
            says = plain not in self.missing and not is_placeholder(plain)
            matches = self._coded[vocabulary, text] = self.finder().by_code(vocabulary, plain) if says else ()
        return matches

    def _by_classes(self, text: str) -> list[Any]:
        """Read paths of classes, `大类;小类` joined by `|`, the finest first: a title, an alias or a given word."""
        from circledata.values.category_matches import CategoryMatch

        matches = []
        for path in text.split("|"):
            for part in reversed(_STEPS.split(path)):
                code = self.known.get(name_key(part)) if part.strip() else None
                if code:
                    matches.append(CategoryMatch(code, "class-name", "classes", clean(part), "likely"))
                    break
        return matches

    def _source(self, cells: Cells) -> tuple[str, str]:
        """Return the column that says what a row is, with its text: its own words, else its codes, else its name."""
        return next(((column, text) for column in self._columns if (text := self._said(cells, column))), ("", ""))

    def _reason(self, name: str, text: str) -> str:
        from circledata.values.categories import no_outlet
        from circledata.values.vocabularies import AMAP_NO_OUTLET

        if no_outlet(name) or any(part.strip() in AMAP_NO_OUTLET for part in re.split("[;；|]", text)):
            return "not-an-outlet"
        return "no-category"


def category_step(rule: TableRule, header: Header, context: Context, fallback: str | None) -> CategoryStep | None:
    """Return the step of a table that has categories; None when the mapping and the file say nothing of them.

    `fallback`: the column headed by the field's own title.
    """
    raw = rule.raw.get("category", {})
    words = header.all_of(rule.columns_of("category", "from")) or ((fallback,) if fallback else ())
    codes = [
        (vocabulary, column)
        for vocabulary, columns in raw.get("crosswalk", {}).items()
        for column in header.all_of([columns] if isinstance(columns, str) else columns)
    ]
    names = header.all_of(rule.columns_of("category", "names"))
    classes = header.all_of(rule.columns_of("category", "classes"))
    if not (words or codes or names or classes):
        return None
    known = code_names(context.standard.codelists["categories"], raw.get("values"))
    leave_out = raw.get("unsure") == "leave-out"
    return CategoryStep(words, codes, names, classes, known, leave_out, lambda: context.categories, context.missing)
