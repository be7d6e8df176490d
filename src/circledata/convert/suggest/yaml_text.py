"""Writes plain values as YAML that people read: short groups on one line, quotes only where they are needed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_PLAIN = re.compile(r"[A-Za-z_\u3400-\u9fff（）][A-Za-z0-9_\u3400-\u9fff（）·./-]*")
_MEANS_MORE = frozenset("yes no on off true false null y n ~".split())  # noqa: SIM905
_UNPRINTABLE = re.compile("[^\t\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WIDTH = 110


def scalar(value: Any) -> str:
    """Write one value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _MEANS_MORE and not value.endswith((".", "-", "/")):
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)


def flow(value: Any) -> str:
    """Write a value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(name)}: {flow(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def block(value: dict[str, Any], indent: int = 0) -> Iterator[str]:
    """Yield the lines of a group; what is short stands on one line."""
    blanks = " " * indent
    for name, inner in value.items():
        line = f"{blanks}{scalar(name)}: {flow(inner)}"
        if not isinstance(inner, dict | list) or not inner or len(line) <= _WIDTH:
            yield line
        elif isinstance(inner, dict):
            yield f"{blanks}{scalar(name)}:"
            yield from block(inner, indent + 2)
        else:
            yield f"{blanks}{scalar(name)}:"
            yield from (f"{blanks}  - {flow(item)}" for item in inner)


def comment(text: str, indent: int = 0) -> str:
    """Return a comment line; characters that YAML allows nowhere are taken out."""
    return f"{' ' * indent}# {inline(text)}"


def inline(text: str) -> str:
    """Return text as it may stand in a comment."""
    return _UNPRINTABLE.sub("?", " ".join(text.split()))
