"""Writes a suggestion as a mapping file: YAML with the reason for every line beside it and every doubt above it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from circledata.convert.plural import singular
from circledata.convert.suggest.fit import Fitter
from circledata.convert.suggest.model import FieldSuggestion, Suggestion, TableSuggestion
from circledata.convert.suggest.yaml_text import block, comment, flow, inline, scalar
from circledata.findings.privacy import redact
from circledata.standard import Standard
from circledata.standard.model import Language, Text
from circledata.values.person_names import looks_like_person

_MOST_VALUES = 20
_DOUBT = Text("存疑：", "doubt: ")
_CROSSWALK = ("amap", "gbt4754")


class Writer:
    """Writes one suggestion in one language."""

    def __init__(self, suggestion: Suggestion, standard: Standard, fitter: Fitter, language: Language) -> None:
        self._made, self._standard, self._fitter, self._language = suggestion, standard, fitter, language

    def _say(self, text: Text) -> str:
        return text.in_language(self._language)

    def text(self) -> str:
        """Return the whole file."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        made = self._made
        yield from self._head()
        if made.known_source and made.raw:
            yield from block(
                {"mapping": made.name, "version": "1.0", "title": {"zh": made.title.zh, "en": made.title.en}}
            )
            yield from block(
                {key: value for key, value in made.raw.items() if key not in {"mapping", "version", "title"}}
            )
            return
        yield f"mapping: {scalar(made.name)}"
        yield f'version: "{self._standard.version}"'
        yield f"title: {flow({'zh': made.title.zh, 'en': made.title.en})}"
        yield ""
        yield f"as_of: {flow(made.as_of)}" + self._beside(
            Text("没有 --as-of 时，数据日期从这里取", "the day of the data without --as-of")
        )
        if len(made.tables) > 1:
            yield "one_table: true" + self._beside(Text("每张工作表转成一张表", "each sheet becomes one table"))
        yield from self._layout()
        yield ""
        yield "tables:"
        for table in made.tables:
            yield from self._table(table)

    def _head(self) -> Iterator[str]:
        made, file = self._made, self._made.path.name
        yield comment(f"{file} 的映射草稿，由 circledata convert --suggest 写出。请逐行核对；标“存疑”的要人决定。")
        yield comment(
            f"A draft of a mapping for {file}, by circledata convert --suggest. Check each line; doubts are marked."
        )
        command = f"circledata convert {file} --mapping FILE.yaml --division CODE --as-of DATE --to DIR"
        if any(table.sections.get("place") for table in made.tables):
            command += " --crs CRS"
        if not made.known_source:
            yield comment(self._say(Text("改好后转换：", "Then convert: ")) + command)
            yield comment(
                self._say(
                    Text(
                        f"看了 {made.rows} 行、{len(made.columns)} 列。",
                        f"{singular(f'{made.rows} rows')}, {singular(f'{len(made.columns)} columns')} seen.",
                    )
                )
            )
        for note in made.notes:
            yield comment(self._say(note))

    def _beside(self, *texts: Text) -> str:
        said = [self._say(text) for text in texts if self._say(text)]
        return f"   # {inline('；'.join(said) if self._language == 'zh' else '; '.join(said))}" if said else ""

    def _doubts(self, doubts: list[Text], indent: int) -> Iterator[str]:
        for doubt in doubts:
            yield comment(self._say(_DOUBT) + self._say(doubt), indent)

    def _layout(self) -> Iterator[str]:
        made = self._made
        if made.read:
            yield ""
            yield "read:"
            for key, value in made.read.items():
                yield f"  {key}: {flow(value)}" + self._beside(made.read_reasons[key])
        if made.personal:
            yield ""
            yield comment(self._say(Text("个人信息，绝不转出：", "Personal data, never carried:")))
            yield "personal:"
            for column, why in made.personal.items():
                yield f"  - {scalar(column)}" + self._beside(why)
        if made.no_record:
            yield ""
            yield "no_record:"
            for rule, why in made.no_record:
                yield f"  - {flow(rule)}" + self._beside(why)

    def _table(self, table: TableSuggestion) -> Iterator[str]:
        yield comment(self._say(table.reason), 2)
        yield f"  {table.table}:"
        parts = table.sections
        for part in parts.get("id", ()):
            yield from self._doubts(part.doubts, 4)
            yield f"    id: {flow({'keep': part.rule['from'], 'as': 'x_source_id'})}" + self._beside(part.reason)
        yield from self._category(parts.get("category", []))
        yield from self._section("brand", parts.get("brand", []))
        yield from self._place(parts.get("place", []))
        yield "    fields:" + ("" if any(field.active for field in table.fields) else " {}")
        for field in table.fields:
            yield from self._field(field, table)
        for name, rule, why in table.missing:
            yield comment(self._say(why), 6)
            yield comment(f"{name}: {flow(rule)}", 6)
        for text in table.possible:
            yield comment(self._say(text), 6)
        kept = "、".join(table.kept)
        why = Text(f"没有字段取的列保留成 x_ 列：{kept}", f"columns that no field takes become x_ columns: {kept}")
        yield "    keep: rest" + (self._beside(why) if kept else "")

    def _field(self, field: FieldSuggestion, table: TableSuggestion) -> Iterator[str]:
        yield from self._doubts(field.doubts, 6)
        short = field.rule["from"] if set(field.rule) == {"from"} else field.rule
        line = f"{field.field}: {flow(short)}" + self._beside(field.reason)
        if not field.active:
            yield f"      # {line}"
        elif field.unknown:
            yield f"      {field.field}:" + self._beside(field.reason)
            yield from block(field.rule, 8)
            yield from self._values(field, table.table, 8)
        else:
            yield f"      {line}"

    def _section(self, name: str, parts: list[FieldSuggestion]) -> Iterator[str]:
        if parts:
            yield f"    {name}:"
        for part in parts:
            yield from self._doubts(part.doubts, 6)
            yield f"      {part.field}: {flow(part.rule['from'])}" + self._beside(part.reason)

    def _category(self, parts: list[FieldSuggestion]) -> Iterator[str]:
        if not parts:
            return
        yield "    category:"
        for part in parts:
            yield from self._doubts(part.doubts, 6)
            if part.field in _CROSSWALK:
                yield f"      crosswalk: {flow({part.field: part.rule['from']})}" + self._beside(part.reason)
            else:
                yield f"      {part.field}: {flow(part.rule['from'])}" + self._beside(part.reason)
            yield from self._values(part, "", 6)
        yield "      unsure: empty" + self._beside(
            Text("拿不准的留空，原文放进 x_category_text", "in doubt empty, the text is kept in x_category_text")
        )

    def _place(self, parts: list[FieldSuggestion]) -> Iterator[str]:
        if not parts:
            return
        yield "    place:" + self._beside(
            Text(
                "坐标系从文件看不出来，转换时用 --crs 说明",
                "the file does not tell the coordinate system: say it with --crs",
            )
        )
        if self._made.coordinate_system:
            yield comment(self._say(_DOUBT) + self._say(self._made.claimed), 6)
        for part in parts:
            yield from self._doubts(part.doubts, 6)
            value = part.rule["value"] if part.field == "order" else part.rule["from"]
            yield f"      {part.field}: {flow(value)}" + self._beside(part.reason)

    def _values(self, field: FieldSuggestion, table: str, indent: int) -> Iterator[str]:
        """Yield the values that a code list does not know, as comments that become a translation without their #."""
        shown = [(text, count) for text, count in _most(field.unknown) if _may_be_shown(text)]
        if not shown:
            return
        blanks = " " * indent
        codelist = self._codelist(field.field, table)
        why = Text(
            f"不认得的值和格数；写上代码、去掉 # 就会换算。代码：circledata codes {codelist}",
            f"unknown values with counts; give codes (circledata codes {codelist}) and take off the #",
        )
        yield f"{blanks}# values:" + self._beside(why)
        for text, count in shown[:_MOST_VALUES]:
            code = self._near(text, field.field, table)
            yield f"{blanks}#   {inline(scalar(text))}: {scalar(code)}   # {count}"
        if len(shown) > _MOST_VALUES:
            rest = len(shown) - _MOST_VALUES
            yield comment(self._say(Text(f"  还有 {rest} 种", f"  {rest} more")), indent)

    def _codelist(self, field: str, table: str) -> str:
        return (self._standard.tables[table].by_name[field].codelist or "") if table else "categories"

    def _near(self, text: str, field: str, table: str) -> str:
        """Return the code that an unknown value may mean; empty where none is near. A person decides."""
        if not table:
            return self._fitter.possible_category(text)
        names = self._standard.codelists[self._codelist(field, table)].by_name
        close = difflib.get_close_matches(text.lower(), names, 1, 0.75)
        return names[close[0]] if close else ""


def _most(unknown: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(unknown.items(), key=lambda item: (-item[1], item[0]))


def _may_be_shown(text: str) -> bool:
    return bool(text) and len(text) <= 40 and redact(text) == text and not looks_like_person(text)
