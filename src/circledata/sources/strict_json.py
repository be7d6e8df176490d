"""JSON read strictly: no key twice, no NaN, no endless nesting, and every fault with its line and column."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class JsonFault:
    """Why a text is not JSON; line and column count from 1."""

    line: int
    column: int
    reason_zh: str
    reason_en: str


class NotJson(ValueError):
    """The text is not JSON; `fault` says where and why."""

    def __init__(self, fault: JsonFault) -> None:
        super().__init__(fault.reason_en)
        self.fault = fault


_REASONS = {
    "Expecting value": ("这里应当有一个值", "a value is expected here"),
    "Expecting property name enclosed in double quotes": (
        "这里应当有带双引号的键名",
        "a key in double quotes is expected here",
    ),
    "Expecting ':' delimiter": ("键名后面缺冒号", "a colon is missing after the key"),
    "Expecting ',' delimiter": ("这里缺逗号，或者少了括号", "a comma or a closing bracket is missing here"),
    "Illegal trailing comma before end of object": ("最后一项后面多了逗号", "there is a comma after the last item"),
    "Illegal trailing comma before end of array": ("最后一项后面多了逗号", "there is a comma after the last item"),
    "Unterminated string starting at": (
        "从这里开始的文字没有结束的双引号",
        "the string that begins here is not closed",
    ),
    "Invalid control character at": (
        "文字里有换行、制表符等控制字符",
        "there is a line break, tab or other control character in a string",
    ),
    "Invalid \\escape": ("反斜杠用错了", "there is a wrong escape sequence"),
    "Invalid \\uXXXX escape": ("反斜杠 u 后面要有四位十六进制数", "\\u must be followed by four hexadecimal digits"),
    "Extra data": ("内容结束以后还有多余的文字", "there is text after the end"),
}


@dataclass(frozen=True, slots=True)
class Twice:
    """A key that stands twice in one object."""

    key: str
    pointer: str
    """JSON pointer of the object; empty for the outermost."""


def read(data: bytes) -> tuple[Any, list[Twice]]:
    """Return the value that `data` holds, and the keys that stand twice in one object.

    NotJson when it is not UTF-8 or not JSON. Of a key that stands twice the last value is taken.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
        raise NotJson(JsonFault(line, column, "文件不是 UTF-8 编码", "the file is not UTF-8")) from None
    twice: list[tuple[dict[str, Any], str]] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) < len(items):
            names = [name for name, _ in items]
            twice.extend((found, name) for name in found if names.count(name) > 1)
        return found

    def constant(name: str) -> Any:
        place = _place(text, _constant_at(text, name))
        raise NotJson(JsonFault(*place, f"{name} 不是 JSON 的数", f"{name} is not a number of JSON"))

    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_constant=constant)
    except json.JSONDecodeError as error:
        zh, en = _REASONS.get(error.msg) or _REASONS.get(error.msg.split(":")[0]) or (error.msg, error.msg)
        raise NotJson(JsonFault(error.lineno, error.colno, zh, en)) from None
    except RecursionError:
        raise NotJson(JsonFault(1, 1, "括号套得太深", "it is nested too deeply")) from None
    except ValueError as error:
        if isinstance(error, NotJson):
            raise
        raise NotJson(JsonFault(1, 1, "有一个数太长", "a number is too long")) from None
    pointers = _pointers(value) if twice else {}
    return value, [Twice(name, pointers.get(id(found), "")) for found, name in twice]


def _pointers(value: Any) -> dict[int, str]:
    """Return the JSON pointer of every object, by identity."""
    found: dict[int, str] = {}
    pending = [(value, "")]
    while pending:
        item, pointer = pending.pop()
        if isinstance(item, dict):
            found[id(item)] = pointer
            pending += [(inner, f"{pointer}/{name}") for name, inner in item.items()]
        elif isinstance(item, list):
            pending += [(inner, f"{pointer}/{place}") for place, inner in enumerate(item)]
    return found


def _constant_at(text: str, name: str) -> int:
    """Return where `name` stands outside of strings."""
    for found in re.finditer(rf'"(?:[^"\\]|\\.)*"|{re.escape(name)}', text):
        if not found.group().startswith('"'):
            return found.start()
    return 0


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1
