"""datapackage.json: read strictly, checked against the standard's schema, and what it says of the package."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from circledata.findings.model import Finding
from circledata.sources import strict_json
from circledata.sources.faults import fault, too_large
from circledata.sources.model import Limits, Meta
from circledata.standard.model import Text

NAME = "datapackage.json"
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_TYPES = {
    "string": Text("文字", "a string"),
    "object": Text("对象", "an object"),
    "array": Text("数组", "an array"),
    "integer": Text("整数", "an integer"),
    "number": Text("数", "a number"),
    "boolean": Text("true 或 false", "true or false"),
    "null": Text("null", "null"),
}
_FORMATS = {
    "date": Text("YYYY-MM-DD 格式的日期", "a date like YYYY-MM-DD"),
    "date-time": Text("带时区的时间", "a time with its zone"),
    "uri": Text("网址", "an address (URI)"),
    "email": Text("邮箱地址", "an e-mail address"),
}


def read_descriptor(path: Path, limits: Limits) -> tuple[dict[str, Any] | None, list[Finding]]:
    """Return the descriptor's object, or None with the reason as a finding. OSError when it cannot be read."""
    size = path.stat().st_size
    if size > limits.max_descriptor_bytes:
        return None, [too_large(NAME, limits.max_descriptor_bytes, size)]
    try:
        value, twice = strict_json.read(path.read_bytes())
    except strict_json.NotJson as error:
        return None, [not_json("descriptor-not-json", NAME, error)]
    findings = [
        fault("descriptor-duplicate-key", file=NAME, value=item.key, key=item.key, pointer=item.pointer or "/")
        for item in twice
    ]
    if not isinstance(value, dict):
        return None, [*findings, _problem("", Text("应当是一个对象 {…}", "it must be an object {…}"))]
    return value, findings


def not_json(name: str, file: str, error: strict_json.NotJson) -> Finding:
    """Make the finding `name` of a file that is not JSON."""
    why = error.fault
    found = fault(name, file=file, reason_zh=why.reason_zh, reason_en=why.reason_en, line=why.line)
    return replace(found, params={**found.params, "column": why.column})


@cache
def _validator(schema_path: Path) -> Any:
    from jsonschema import Draft202012Validator

    schema = json.loads(schema_path.read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=_format_checker())


def _format_checker() -> Any:
    """Return checkers of the few formats that the schemas use; the library's own leave some unchecked."""
    from jsonschema import FormatChecker

    checker = FormatChecker(formats=())
    for name, test in (
        ("date", is_date),
        ("date-time", lambda text: bool(_DATE_TIME.fullmatch(text)) and _is_moment(text)),
        ("uri", lambda text: bool(_URI.fullmatch(text))),
        ("email", lambda text: bool(_EMAIL.fullmatch(text))),
    ):
        checker.checks(name)(lambda value, test=test: not isinstance(value, str) or test(value))
    return checker


def is_date(text: str) -> bool:
    """Tell whether `text` is a date that exists, written YYYY-MM-DD."""
    try:
        return bool(re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    try:
        # A leap second is right in RFC 3339, but not for Python.
        return bool(datetime.fromisoformat(text.replace(":60", ":59").replace("z", "Z").replace("t", "T")))
    except ValueError:
        return False


def schema_problems(value: object, schema_path: Path) -> Iterator[tuple[str, Text]]:
    """Yield where a value does not conform to a JSON Schema of the standard, as a pointer, and what is wrong there."""
    for error in _validator(schema_path).iter_errors(value):
        yield from _problems(error)


def check_descriptor(descriptor: Mapping[str, Any], schema_path: Path) -> list[Finding]:
    """Check a descriptor against the standard's schema: one finding a problem, in the order of the file."""
    findings = [_problem(pointer, text) for pointer, text in schema_problems(descriptor, schema_path)]
    found: dict[tuple[Any, ...], Finding] = {}
    for finding in findings:
        found.setdefault((finding.params["pointer"], finding.params["problem_en"]), finding)
    meta = descriptor.get("circledata")
    as_of = meta.get("as_of") if isinstance(meta, dict) else None
    shaped = isinstance(as_of, str) and re.fullmatch("[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", as_of)
    if shaped and not is_date(str(as_of)):
        extra = _problem("/circledata/as_of", Text("没有这一天", "there is no such day"))
        found[(extra.params["pointer"], "")] = extra
    return list(found.values())


def _problem(pointer: str, text: Text) -> Finding:
    params: dict[str, Any] = {"pointer": pointer or "/", "problem_zh": text.zh, "problem_en": text.en}
    return fault("descriptor-invalid", file=NAME, **params)


def _pointer(path: Any) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def _problems(error: Any) -> Iterator[tuple[str, Text]]:
    """Say in both languages what one error of the schema library means; a missing key points to itself."""
    pointer, wanted = _pointer(error.absolute_path), error.validator_value
    if error.validator == "required":
        for name in wanted:
            if name not in error.instance:
                yield f"{pointer}/{name}", Text("缺少这一项", "it is missing")
    elif error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known = error.schema.get("properties", {})
        for name in error.instance:
            if name not in known:
                yield f"{pointer}/{name}", Text("标准里没有这个键", "the standard has no such key")
    else:
        yield pointer, _written(error.schema) if error.validator == "pattern" else _said(error.validator, wanted)


def _written(schema: Mapping[str, Any]) -> Text:
    """Say how a value must be written: by an example, or by the schema's own description; nobody reads a pattern."""
    examples = schema.get("examples")
    if examples:
        return Text(f"写法不对，例如 {examples[0]}", f"it is not written as it must be, such as {examples[0]}")
    zh, en = str(schema.get("description", "")), str(schema.get("$comment", "")).partition(". ")[2]
    if not zh or not en:
        return Text("写法不对", "it is not written as it must be")
    return Text(f"写法不对：{zh.rstrip('。')}", f"it is not written as it must be: {en.rstrip('.')}")


def _said(validator: str, wanted: Any) -> Text:
    if validator == "type":
        kinds = [_TYPES[kind] for kind in ([wanted] if isinstance(wanted, str) else wanted)]
        return Text(
            f"应当是{'或'.join(kind.zh for kind in kinds)}", f"it must be {' or '.join(kind.en for kind in kinds)}"
        )
    if validator in {"enum", "const"}:
        values = [str(value) for value in (wanted if validator == "enum" else [wanted])]
        return Text(f"只能是 {'、'.join(values)}", f"it must be one of {', '.join(values)}")
    if validator == "format":
        kind = _FORMATS.get(wanted, Text(wanted, wanted))
        return Text(f"应当是{kind.zh}", f"it must be {kind.en}")
    texts = {
        "minLength": Text("不能是空的", "it must not be empty"),
        "maxLength": Text(f"最多 {wanted} 个字符", f"it has at most {wanted} characters"),
        "minItems": Text(f"至少要有 {wanted} 项", f"it must have at least {wanted} items"),
        "maxItems": Text(f"最多 {wanted} 项", f"it has at most {wanted} items"),
        "uniqueItems": Text("有重复的项", "it has an item twice"),
        "minimum": Text(f"不能小于 {wanted}", f"it must not be less than {wanted}"),
        "maximum": Text(f"不能大于 {wanted}", f"it must not be more than {wanted}"),
        "not": Text("里面有不该有的内容，例如换行", "it holds what it must not, such as a line break"),
        "contains": Text(
            "缺少必须有的一项（例如 roles 含 publisher 的单位）",
            "an entry that must be there is missing (such as a contributor with the role publisher)",
        ),
        "propertyNames": Text("键名写法不对", "a key is not written as required"),
        "anyOf": Text("不是允许的写法中的任何一种", "it has none of the forms that are allowed"),
        "oneOf": Text("应当正好是允许的写法中的一种", "it must have exactly one of the forms that are allowed"),
    }
    return texts.get(validator, Text(f"不符合要求（{validator}）", f"it does not meet {validator}"))


def meta_of(descriptor: Mapping[str, Any]) -> Meta:
    """Pick what the package says of itself; a value of the wrong type counts as not said."""
    own = descriptor.get("circledata")
    said: Mapping[str, Any] = own if isinstance(own, dict) else {}

    def text(name: str) -> str | None:
        value = said.get(name)
        return value if isinstance(value, str) and value else None

    as_of, extensions, synthetic = text("as_of"), said.get("extensions"), said.get("synthetic")
    pairs = extensions.items() if isinstance(extensions, dict) else ()
    return Meta(
        version=text("version"),
        division_code=text("division_code"),
        as_of=date.fromisoformat(as_of) if as_of and is_date(as_of) else None,
        coordinate_system=text("coordinate_system"),
        profile=text("profile"),
        synthetic=synthetic if isinstance(synthetic, bool) else None,
        extensions={name: value for name, value in pairs if isinstance(value, str)},
    )
