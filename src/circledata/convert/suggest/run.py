"""Looks at an unknown file and makes a mapping to start from: the known source that it is, or a table's columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from circledata.convert.mapping.recognise import is_shapefile, known_columns
from circledata.convert.model import ConversionError, SourceTable
from circledata.convert.output.packaged import is_package
from circledata.convert.plural import singular
from circledata.convert.read import Layout, read_tables
from circledata.convert.suggest import layout
from circledata.convert.suggest.build import build
from circledata.convert.suggest.choose import Assignment, best_assignment, by_values, clear
from circledata.convert.suggest.columns import MOST_ROWS, Column, columns_of
from circledata.convert.suggest.fit import Fitter
from circledata.convert.suggest.join import joined_tables, name_columns
from circledata.convert.suggest.known import Known, recognise, taken_columns
from circledata.convert.suggest.model import Rule, Suggestion, TableSuggestion
from circledata.convert.suggest.vocabulary import vocabularies
from circledata.convert.suggest.words import slot_title
from circledata.convert.suggest.write import Writer
from circledata.standard import Standard, load_standard
from circledata.standard.model import Language, Text

_MANY = 2
"""Columns that a table takes and the mapping of a known source does not: then the file holds more than that source."""
_GOOD = 1.5
"""A sheet of a workbook that fits no table better than this is not used beside one that does."""


@dataclass
class _Sheet:
    """Sheets of one header, with what their columns would be; `others`: the next best tables."""

    tables: Sequence[SourceTable]
    columns: list[Column]
    assignment: Assignment
    others: Sequence[Assignment]
    personal: dict[str, Text]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(table.sheet for table in self.tables if table.sheet)


def suggest(path: Path, *, standard: Standard | None = None) -> Suggestion:
    """Look at the first 5,000 rows of each table of the file `path` and return a mapping to start from, with reasons.

    The same file gives the same suggestion. ConversionError when the file cannot be read, is no table, or is a package
    of the standard already. OSError from the machine.
    """
    return _Look(path, standard or load_standard()).suggestion()


def suggest_mapping(path: Path, *, standard: Standard | None = None, language: Language = "zh") -> str:
    """Return the suggestion for the file `path` as YAML text of a mapping, with comments in `language`; see suggest."""
    look = _Look(path, standard or load_standard())
    return Writer(look.suggestion(), look.standard, look.fitter, language).text()


class _Look:
    """One look at one file."""

    def __init__(self, path: Path, standard: Standard) -> None:
        self.path, self.standard, self.fitter = path, standard, Fitter(standard)

    def suggestion(self) -> Suggestion:
        if is_package(self.path):
            raise ConversionError(
                Text(
                    f"{self.path.name} 已经是标准的数据包，不需要映射。",
                    f"{self.path.name} is a package of the standard already and needs no mapping.",
                )
            )
        made = self._fresh()
        if is_shapefile(self.path):
            return self._as_known(made, Known("shapefile", True, {"boundaries": {}}))
        groups = self._read()
        found = recognise([table for group in groups for table in group], self.standard)
        if found is not None and found.sure and ("lifecycle" in found.raw or "tables" not in found.raw):
            return self._as_known(made, found)
        ours = self._as_tables(self._fresh(), groups)
        if found is None:
            return ours
        more = {name for table in ours.tables for item in table.taken.values() for name in item.rule.get("from", ())}
        more -= taken_columns(found)
        if found.sure and len(more) < _MANY:
            return self._as_known(made, found)
        lost = f"（但它不带 {'、'.join(sorted(more))}）" if more else ""
        lost_en = f" (which drops {', '.join(sorted(more))})" if more else ""
        ours.notes.insert(
            0,
            Text(
                f"列名也像 {found.name} 这种来源：确实是的话，可以改用 --from {found.name}{lost}。",
                f"The columns also fit {found.name}: if it is that, you can use --from {found.name}{lost_en}.",
            ),
        )
        return ours

    def _fresh(self) -> Suggestion:
        stem = self.path.stem
        return Suggestion(self.path, "draft", Text(f"“{stem}”的映射草稿", f"Draft of a mapping for {stem}"))

    def _read(self) -> list[list[SourceTable]]:
        """Return the tables of the file, those of one header together."""
        words = {word for vocabulary in vocabularies(self.standard).values() for word in vocabulary.words}
        known = Layout(known_headers=frozenset(words | known_columns(self.standard)))
        tables = read_tables(self.path, known)
        groups = [list(tables)]
        others = [str(more["sheet"]) for table in tables for code, more in table.notes if code == "sheet-not-read"]
        groups += [read_tables(self.path, replace(known, sheet=sheet)) for sheet in dict.fromkeys(others)]
        return [group for group in groups if any(table.header for table in group)] or groups[:1]

    def _as_known(self, made: Suggestion, known: Known) -> Suggestion:
        made.known_source, made.raw, made.name = known.name, known.raw, f"{known.name}-draft"
        made.notes.append(
            Text(
                f"这是 {known.name} 这种来源，不用写映射：circledata convert {self.path.name} --from {known.name} "
                "--division 区划代码 --as-of 日期 --to 目录",
                f"This is {known.name}; no mapping is needed: circledata convert {self.path.name} --from {known.name} "
                "--division CODE --as-of DATE --to DIR",
            )
        )
        if known.missing:
            titles = [slot_title(name, self.standard.tables["outlets"]) for name in known.missing]
            made.notes.append(
                Text(
                    f"文件里没有：{'、'.join(title.zh for title in titles)}。",
                    f"The file has no: {', '.join(title.en for title in titles)}.",
                )
            )
        if not known.raw.get("tables"):
            name = "wjx" if "survey" in known.raw else "boundaries"
            made.notes.append(
                Text(
                    f"要说明的写在最后一行，替换 {{}}，写法见标准自带的 mappings/{name}.yaml。",
                    f"What you want to say replaces the {{}} in the last line; see mappings/{name}.yaml.",
                )
            )
        if known.name in {"amap", "baidu", "geojson", "shapefile"}:
            made.notes.append(
                Text(
                    "坐标系要用 --crs 说明，看不出来。",
                    "Say the coordinate system with --crs; the file does not tell it.",
                )
            )
        made.notes.append(
            Text(
                "下面是照这个文件剪裁的映射，要改动时才用。",
                "Below is its mapping cut to this file, if you want to change it.",
            )
        )
        return made

    def _as_tables(self, made: Suggestion, groups: Sequence[list[SourceTable]]) -> Suggestion:
        sheets = [self._sheet(group) for group in groups]
        used = [sheet for sheet in sheets if sheet.assignment.score >= _GOOD] or sheets[:1]
        for sheet in sheets:
            if sheet not in used:
                names = "、".join(sheet.names)
                made.notes.append(Text(f"工作表“{names}”没有用：不像哪张表。", f'The sheet "{names}" is not used.'))
        made.rows = sum(min(len(table.rows), MOST_ROWS) for sheet in used for table in sheet.tables)
        made.columns = tuple(dict.fromkeys(column.name for sheet in used for column in sheet.columns))
        made.tables = joined_tables([self._table(sheet) for sheet in used])
        made.name = f"{made.tables[0].table.replace('_', '-')}-draft"
        self._layout(made, used, len(sheets) > 1)
        return made

    def _sheet(self, group: Sequence[SourceTable]) -> _Sheet:
        table = group[0]
        columns = columns_of(group)
        personal = layout.personal_columns(columns)
        open_ = [column for column in columns if column.name not in personal]
        titles = [self.path.stem, *(text for row in table.above for text in row), *(part.sheet for part in group)]
        every = best_assignment(open_, self.standard, self.fitter, titles, table.sheet)
        if not every:
            every = [Assignment(self.standard.tables["outlets"])]
        chosen = every[0]
        by_values(chosen, open_, self.fitter)
        if layout.has_no_header(table):
            name_columns(columns, chosen)
        personal |= layout.personal_by_values(open_, chosen.used)
        return _Sheet(group, columns, chosen, every[1:], personal)

    def _table(self, sheet: _Sheet) -> TableSuggestion:
        open_ = [column for column in sheet.columns if column.name not in sheet.personal]
        units = layout.units_of_titles(sheet.tables[0])
        made = build(sheet.assignment, open_, self.standard, self.fitter, units)
        made.sheets = sheet.names
        made.reason = self._why(sheet)
        number = sheet.assignment.column_of("@number")
        taken = {name for item in made.taken.values() for name in item.columns}
        made.kept = tuple(
            column.name for column in open_ if column.name not in taken and column is not number and column.texts
        )
        return made

    def _why(self, sheet: _Sheet) -> Text:
        """Say why this table, and which other one it might be."""
        table, chosen = sheet.assignment.table, sheet.assignment
        fields = sum(1 for slot in chosen.matches if not slot.startswith("@"))
        where_zh = f"工作表“{'、'.join(sheet.names)}”" if sheet.names else "文件"
        zh = f"{where_zh}像 {table.name}（{table.title.zh}）：{fields} 列认得。"
        en = f"Like {table.name} ({table.title.en}): {singular(f'{fields} columns are known')}."
        if sheet.others and not clear([chosen, *sheet.others]):
            other = sheet.others[0].table
            zh += f"存疑：也可能是 {other.name}（{other.title.zh}）。"
            en += f" Doubt: it may be {other.name} ({other.title.en})."
        return Text(zh, en)

    def _layout(self, made: Suggestion, used: Sequence[_Sheet], several: bool) -> None:
        """Say how the file is laid out, which rows are no records, and what is personal."""
        if several and len(used) == 1 and len(used[0].names) == 1:
            made.read["sheet"] = used[0].names[0]
            made.read_reasons["sheet"] = Text("只用这张工作表", "this sheet only")
        self._header(made, used)
        marks: dict[str, int] = {}
        rules: dict[str, tuple[Rule, Text]] = {}
        for sheet in used:
            filled = layout.fill_down(sheet.tables, sheet.columns, sheet.assignment)
            for name, why in filled.items():
                made.read.setdefault("fill_down", []).append(name)
                made.read_reasons["fill_down"] = Text(f"存疑：{why.zh}", f"doubt: {why.en}")
            for text, count in layout.missing_marks(sheet.columns).items():
                marks[text] = marks.get(text, 0) + count
            rules |= {str(rule["column"]): (rule, why) for rule, why in layout.total_rules(sheet.columns)}
            made.personal |= sheet.personal
            if claim := layout.claimed_system(sheet.columns, sheet.assignment, sheet.tables[0]):
                made.coordinate_system, made.claimed = claim
        if marks:
            made.read["missing"] = sorted(marks)
            counts = "、".join(f"{text} {count} 格" for text, count in sorted(marks.items()))
            made.read_reasons["missing"] = Text(
                f"这些写法表示没有：{counts}",
                f"these mean nothing is known ({singular(f'{sum(marks.values())} cells')})",
            )
        # A column that a field takes is not personal in another sheet, and the other way round.
        taken = {name for table in made.tables for item in table.taken.values() for name in item.columns}
        made.personal = {name: why for name, why in made.personal.items() if name not in taken}
        made.no_record = list(rules.values())
        days = [item.columns[0] for table in made.tables for item in table.fields
                if item.active and item.field in {"verified_on", "updated_on"} and item.columns]  # fmt: skip
        made.as_of = {**({"from": list(dict.fromkeys(days))} if days else {}), "file_name": True}
        made.notes += layout.notes(used[0].tables)

    def _found_again(self, made: Suggestion, sheet: _Sheet) -> bool:
        """Tell whether the columns that the mapping names are enough to find the header by them."""
        named = {name for table in made.tables for item in table.taken.values() for name in item.columns}
        own = [name for name in sheet.tables[0].header if not name.startswith("column_")]
        hits = sum(1 for name in own if name in named)
        return hits >= 2 and hits * 2 >= len(own)

    def _header(self, made: Suggestion, used: Sequence[_Sheet]) -> None:
        first = used[0].tables[0]
        if layout.has_no_header(first):
            made.read |= {"header": "none", "columns": [column.name for column in used[0].columns]}
            made.read_reasons["header"] = Text("没有表头", "there is no header")
            made.read_reasons["columns"] = Text("存疑：列名是看内容起的，请核对", "doubt: named by their values; check")
            return
        rows = {layout.header_rows(table) for sheet in used for table in sheet.tables}
        row = next(iter(rows))
        if len(rows) == 1 and row and (row != (1,) or not self._found_again(made, used[0])):
            made.read["header"] = row[0] if len(row) == 1 else list(row)
            above = " / ".join(text for cells in first.above for text in cells)[:40]
            made.read_reasons["header"] = Text(
                f"上面是标题：{above}" if above else "表头所在的行",
                f"below the title: {above}" if above else "the header's row",
            )
