"""What can be wrong with an assessment profile that somebody wrote: against its JSON Schema, then in its meaning."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from circledata.convert.mapping.check import near
from circledata.standard import spec_root
from circledata.standard.assessment import GRADES, Assessment, assessment_from
from circledata.standard.model import Standard, Text

Path_ = tuple[str | int, ...]
Mistake = tuple[Path_, Text]


def mistakes(content: Any, standard: Standard) -> Iterator[Mistake]:
    """Yield what is wrong with the content of a profile, each with its path in the file."""
    if not isinstance(content, dict):
        keys = _schema(standard.version)["required"]
        yield (), Text(f"要写成这些键：{'、'.join(keys)}。", f"it must be made of the keys {', '.join(keys)}.")
        return
    found = list(_of_schema(content, standard))
    yield from found or _of_meaning(content, standard)


@cache
def _schema(version: str) -> Mapping[str, Any]:
    raw: Mapping[str, Any] = json.loads((spec_root() / version / "assessment.schema.json").read_text(encoding="utf-8"))
    return raw


def _of_schema(content: Mapping[str, Any], standard: Standard) -> Iterator[Mistake]:
    from jsonschema import Draft202012Validator

    for error in Draft202012Validator(_schema(standard.version)).iter_errors(content):
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
                    yield path, _missing(key, error.schema)
        elif error.validator == "anyOf":
            yield path, _none_of(error)
        elif error.validator == "dependentRequired":
            yield (
                path,
                Text(
                    "写了 size，还要写 incomplete：名单为什么没有列全。",
                    "beside size it needs incomplete: why the list is not given in full.",
                ),
            )
        else:
            yield path, _unfit(error)


def _missing(key: str, schema: Mapping[str, Any]) -> Text:
    zh, en = _said_of(schema.get("properties", {}).get(key, {}))
    return Text(f"缺少 {key}。{zh}", f"{key} is missing.{en}")


def _none_of(error: Any) -> Text:
    keys = [key for branch in error.validator_value for key in branch.get("required", ())]
    if keys == ["zh", "en"] or not error.schema.get("properties"):
        shown = str(error.instance)[:40]
        return Text(
            f"{shown} 不对：写一句话，要加引号的加上；或者写 zh、en 两种文字。",
            f"{shown} is wrong: write a sentence, in quotes where needed, or one in zh and one in en.",
        )
    return Text(f"{'、'.join(keys)} 至少写一样。", f"at least one of {', '.join(keys)} is needed.")


def _unfit(error: Any) -> Text:
    shown = str(error.instance)[:40]
    if error.validator == "enum":
        choices = [str(choice) for choice in error.validator_value]
        hint = near(shown, choices)
        return Text(
            f"{shown} 不对，可以是：{'、'.join(choices)}。{hint.zh}",
            f"{shown} is wrong; it is one of {', '.join(choices)}.{hint.en}",
        )
    if error.validator in {"minItems", "minLength", "minProperties"}:
        return Text("是空的，请填写或删去这个键。", "it is empty; fill it in or delete the key.")
    if error.validator == "uniqueItems":
        return Text("有重复的，请删去一个。", "something stands in it twice; delete one.")
    zh, en = _said_of(error.schema)
    return Text(f"{shown} 不对。{zh}", f"{shown} is wrong.{en}")


def _said_of(schema: Mapping[str, Any]) -> tuple[str, str]:
    """Return what the schema says of a key: the description, and its English in the comment."""
    en = str(schema.get("$comment", "")).removeprefix("en: ").partition(". ")[2]
    return str(schema.get("description", "")), f" {en}" if en else ""


def _of_meaning(content: Mapping[str, Any], standard: Standard) -> Iterator[Mistake]:
    found = [*_of_days(content), *_of_codes(content, standard), *_of_names(content)]
    yield from found
    if not found:
        yield from _of_numbers(assessment_from(content), standard)


def _of_days(content: Mapping[str, Any]) -> Iterator[Mistake]:
    days: dict[str, date] = {}
    for key in ("valid_from", "valid_to"):
        try:
            if key in content:
                days[key] = date.fromisoformat(content[key])
        except ValueError:
            yield (key,), Text(f"没有 {content[key]} 这一天。", f"there is no day {content[key]}.")
    if len(days) == 2 and days["valid_to"] < days["valid_from"]:
        yield ("valid_to",), Text("早于 valid_from。", "it lies before valid_from.")


def _of_codes(content: Mapping[str, Any], standard: Standard) -> Iterator[Mistake]:
    categories = standard.codelists["categories"]
    for path, code in _codes_in(content):
        if code in categories.codes:
            continue
        called = categories.by_name.get(code.strip().lower())
        if called is not None:
            yield path, Text(f"业态要写代码：{code} 是 {called}。", f"write the code: {code} is {called}.")
            continue
        hint = near(code, categories.codes)
        yield (
            path,
            Text(
                f"没有业态代码 {code}。{hint.zh}代码见 circledata codes categories。",
                f"there is no category {code}.{hint.en} For the codes see: circledata codes categories",
            ),
        )


def _codes_in(content: Mapping[str, Any]) -> Iterator[tuple[Path_, str]]:
    places: list[tuple[Path_, Any]] = [
        ((part, name, key), item.get(key, ()))
        for part, keys in (("lists", ("codes",)), ("groups", ("all_of", "any_of")), ("grades", ("all_of", "any_of")))
        for name, item in content.get(part, {}).items()
        for key in keys
    ]
    for path, codes in places:
        for number, code in enumerate(codes):
            if isinstance(code, list):
                yield from (((*path, number, place), inner) for place, inner in enumerate(code))
            else:
                yield (*path, number), code


def _of_names(content: Mapping[str, Any]) -> Iterator[Mistake]:
    for grade, item in content["grades"].items():
        for name in item.get("at_least", {}):
            if name not in content["lists"]:
                yield ("grades", grade, "at_least", name), _no_such("lists", name, content["lists"])
        groups = content.get("groups", {})
        for number, name in enumerate(item.get("groups", ())):
            if name not in groups:
                yield ("grades", grade, "groups", number), _no_such("groups", name, groups)


def _no_such(part: str, name: str, known: Iterable[str]) -> Text:
    hint = near(name, known)
    return Text(f"{part} 里没有 {name}。{hint.zh}", f"there is no {name} in {part}.{hint.en}")


def _of_numbers(profile: Assessment, standard: Standard) -> Iterator[Mistake]:
    categories = standard.codelists["categories"].codes
    kinds = {name: len(item.members(categories)) for name, item in profile.lists.items()}
    for name, item in profile.lists.items():
        if item.size is not None and item.size < kinds[name]:
            yield (
                ("lists", name, "size"),
                Text(
                    f"名单里已经列了 {kinds[name]} 种，总数不能是 {item.size}。",
                    f"the list names {kinds[name]} kinds already; there cannot be {item.size} in all.",
                ),
            )
    lowest: dict[str, int] = {}
    for grade in (grade for grade in GRADES if grade in profile.grades):
        for name, wanted in profile.grades[grade].at_least.items():
            path: Path_ = ("grades", grade, "at_least", name)
            listed = profile.lists[name]
            most = listed.size or (None if listed.incomplete else kinds[name])
            if most is not None and wanted > most:
                yield path, _too_many(wanted, most, name)
            if wanted < lowest.get(name, 0):
                yield (
                    path,
                    Text(
                        f"要 {wanted} 种，比低一档的 {lowest[name]} 种还少。",
                        f"it asks for {wanted}, fewer than the {lowest[name]} of the grade below.",
                    ),
                )
            lowest[name] = max(wanted, lowest.get(name, 0))


def _too_many(wanted: int, most: int, name: str) -> Text:
    return Text(
        f"要 {wanted} 种，名单只有 {most} 种。名单没有列全的，在 lists.{name} 里写 size 和 incomplete。",
        f"it asks for {wanted}, but the list has only {most}. "
        f"Where the list is not given in full, write size and incomplete in lists.{name}.",
    )
