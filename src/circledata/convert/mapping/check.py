"""Checks a mapping against its JSON Schema and the tables that it fills, and words every mistake with its line."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from circledata.convert.mapping.lines import Document, Path_
from circledata.convert.model import ConversionError
from circledata.standard import Standard, spec_root
from circledata.standard.model import Field, Table, Text
from circledata.values.tags import parse

_SHOWN = 5
WAYS = frozenset({"from", "join", "constant", "default", "same_row", "find", "by_tag", "parts", "else"})
"""Keys of a field's rule, each a way to fill the field; a rule needs one."""
Mistake = tuple[Path_, Text]


def check(document: Document, standard: Standard) -> None:
    """Raise ConversionError naming file, line and path of what does not fit, the first five mistakes of all."""
    mistakes = list(_schema_mistakes(document.content, standard))
    if not mistakes:
        mistakes = list(_table_mistakes(document.content, standard))
    if not mistakes:
        return
    mistakes.sort(key=lambda mistake: document.line_of(mistake[0]))
    zh = [
        f"映射文件 {document.name} 第 {document.line_of(path)} 行（{_dotted(path)}）：{text.zh}"
        for path, text in mistakes[:_SHOWN]
    ]
    en = [
        f"{document.name}, line {document.line_of(path)} ({_dotted(path)}): {text.en}"
        for path, text in mistakes[:_SHOWN]
    ]
    rest = len(mistakes) - _SHOWN
    if rest > 0:
        zh.append(f"还有 {rest} 处。")
        en.append(f"{rest} more.")
    raise ConversionError(Text("\n".join(zh), "\n".join(en)))


def _dotted(path: Sequence[str | int]) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path) or "/"


def near(word: str, choices: Iterable[str]) -> Text:
    """Say which of `choices` is most like `word`; an empty text when none is."""
    found = difflib.get_close_matches(word, list(choices), 1, 0.5)
    return Text(f"相近的是 {found[0]}。", f" The nearest is {found[0]}.") if found else Text("", "")


@cache
def _validator(version: str) -> Any:
    from jsonschema import Draft202012Validator

    schema = json.loads((spec_root() / version / "mapping.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema)


def _schema_mistakes(content: Any, standard: Standard) -> Iterator[Mistake]:
    for error in _meant(_validator(standard.version).iter_errors(content)):
        path = tuple(error.absolute_path)
        if error.validator == "additionalProperties":
            known = error.schema.get("properties", {})
            for key in error.instance:
                if key not in known:
                    hint = near(str(key), known)
                    yield (*path, str(key)), Text(f"没有这个键 {key}。{hint.zh}", f"there is no key {key}.{hint.en}")
        elif error.validator == "required":
            for key in error.validator_value:
                if key not in error.instance:
                    yield path, Text(f"缺少 {key}。", f"{key} is missing.")
        else:
            yield path, _worded(error)


def _meant(errors: Iterable[Any]) -> Iterator[Any]:
    """Of a value that may be of several types, return what is wrong with the one that it is."""
    for error in errors:
        branches: dict[int, list[Any]] = {}
        for inner in error.context if error.validator == "anyOf" else ():
            branches.setdefault(inner.relative_schema_path[0], []).append(inner)
        same = [
            found
            for found in branches.values()
            if not any(inner.validator == "type" and not inner.relative_path for inner in found)
        ]
        if same:
            yield from _meant(same[0])
        else:
            yield error


_TYPES = {
    "string": Text("文字", "a text"),
    "array": Text("列表", "a list"),
    "object": Text("一组键", "a group of keys"),
    "integer": Text("整数", "a whole number"),
    "boolean": Text("true 或 false", "true or false"),
}


def _worded(error: Any) -> Text:
    shown = str(error.instance)[:40]
    either = error.validator_value if error.validator == "anyOf" else []
    if error.validator == "type" or (either and all("type" in branch for branch in either)):
        kinds = [branch["type"] for branch in either] or [error.validator_value]
        zh, en = "、".join(_TYPES[kind].zh for kind in kinds), " or ".join(_TYPES[kind].en for kind in kinds)
        quote = not isinstance(error.instance, str | list | dict) and "string" in kinds
        return Text(
            f"{shown} 不对，应为{zh}。{'请加上引号。' if quote else ''}",
            f"{shown} is wrong: it should be {en}.{' Put it in quotes.' if quote else ''}",
        )
    if error.validator in {"enum", "const", "propertyNames"}:
        value = error.validator_value
        choices = {"enum": value, "const": [value]}.get(error.validator) or value["enum"]
        hint = near(shown, map(str, choices))
        return Text(
            f"{shown} 不对，可以是：{'、'.join(map(str, choices))}。{hint.zh}",
            f"{shown} is wrong; it is one of {', '.join(map(str, choices))}.{hint.en}",
        )
    if error.validator in {"minItems", "minLength", "minProperties"}:
        return Text("是空的，请填写或删去这个键。", "it is empty; fill it in or delete the key.")
    return Text(f"{shown} 的写法不对。", f"{shown} is not written as it should be.")


def _table_mistakes(content: Mapping[str, Any], standard: Standard) -> Iterator[Mistake]:
    if not {"tables", "survey", "boundaries"} & set(content):
        yield (), Text("缺少 tables。", "tables is missing.")
    for name, rules in content.get("tables", {}).items():
        path: Path_ = ("tables", name)
        table = standard.tables.get(name)
        if table is None:
            hint = near(name, standard.tables)
            yield path, Text(f"标准里没有表 {name}。{hint.zh}", f"the standard has no table {name}.{hint.en}")
            continue
        yield from _field_mistakes(table, rules, path, standard, content)
        keep = rules.get("keep")
        if isinstance(keep, str) and keep not in {"rest", "none"}:
            yield (*path, "keep"), Text("应为 rest、none 或列名的列表。", "it is rest, none or a list of columns.")
    yield from _condition_mistakes(content)


def _field_mistakes(
    table: Table, rules: Mapping[str, Any], path: Path_, standard: Standard, content: Mapping[str, Any]
) -> Iterator[Mistake]:
    names = [*rules["fields"], *rules.get("once", ())]
    for name in names:
        here = (*path, "fields", name)
        if name not in table.by_name:
            hint = near(name, table.by_name)
            yield (
                here,
                Text(
                    f"表 {table.name} 没有字段 {name}。{hint.zh}",
                    f"the table {table.name} has no field {name}.{hint.en}",
                ),
            )
            continue
        rule = rules["fields"].get(name)
        if isinstance(rule, dict):
            yield from _rule_mistakes(table.by_name[name], rule, here, standard, content)
    for name, rule in rules["fields"].items():
        if isinstance(rule, dict) and not WAYS & set(rule):
            yield (
                (*path, "fields", name),
                Text(
                    "没有写从哪里取（from、join、constant …）。", "it does not say where from (from, join, constant …)."
                ),
            )
    personal = set(content.get("personal", ()))
    for name, rule in rules["fields"].items():
        for column in _columns_in(rule):
            if column in personal:
                yield (
                    (*path, "fields", name),
                    Text(
                        f"{column} 又列在 personal 里，绝不转出。", f"{column} is named in personal and never carried."
                    ),
                )


def _columns_in(rule: Any) -> list[str]:
    if not isinstance(rule, dict):
        return [rule] if isinstance(rule, str) else list(rule)
    given = rule.get("from", ())
    return [*([given] if isinstance(given, str) else given), *rule.get("join", ())]


def _rule_mistakes(
    field: Field, rule: Mapping[str, Any], path: Path_, standard: Standard, content: Mapping[str, Any]
) -> Iterator[Mistake]:
    codes: Iterable[str] | None = None
    if field.codelist:
        codes = standard.codelists[field.codelist].codes
    elif field.type == "boolean":
        codes = ("true", "false")
    given = [((*path, key), rule[key]) for key in ("constant", "default") if key in rule]
    given += [((*path, "default_with", other), code) for other, code in rule.get("default_with", {}).items()]
    given += [((*path, "values", text), code) for text, code in rule.get("values", {}).items()]
    given += [((*path, "by_tag", code), code) for code in rule.get("by_tag", {})]
    for place, code in given:
        if codes is not None and code and code not in codes:
            hint = near(code, codes)
            yield (
                place,
                Text(
                    f"{code} 不是 {field.codelist or 'true、false'} 里的代码。{hint.zh}",
                    f"{code} is no code of {field.codelist or 'true, false'}.{hint.en}",
                ),
            )
    other = rule.get("same_row")
    if other and other not in content.get("tables", {}):
        hint = near(other, content.get("tables", {}))
        yield (*path, "same_row"), Text(f"映射里没有表 {other}。{hint.zh}", f"no table {other} here.{hint.en}")


def _condition_mistakes(content: Mapping[str, Any]) -> Iterator[Mistake]:
    comparisons = {"any", "starts", "ends", "contains", "matches", "empty"}
    rules = [((key, number), rule) for key in ("no_record", "ask") for number, rule in enumerate(content.get(key, ()))]
    for path, rule in rules:
        if "column" not in rule and not {"tags", "all"} & set(rule):
            yield path, Text("没有写看哪一列（column）。", "it does not say which column to look at.")
        elif "column" in rule and not comparisons & set(rule):
            yield path, Text("没有写条件（any、starts、matches …）。", "it has no condition (any, starts, matches …).")
        try:
            re.compile(rule.get("matches", ""))
        except re.error as error:
            yield (*path, "matches"), Text(f"正则表达式不对：{error}。", f"the expression is wrong: {error}.")
        for text in rule.get("all", ()):
            parse(text)
