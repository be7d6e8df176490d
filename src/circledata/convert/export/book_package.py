"""The sheet 基本信息 of a workbook that is written: labels in column A, what the descriptor says in column B."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from circledata.convert.export.book_cells import writable
from circledata.convert.export.book_front import YES_NO, shown_code
from circledata.sources.package_sheet import Key, layout
from circledata.standard.model import Language, Standard


def sheet_texts(descriptor: Mapping[str, Any], standard: Standard, lang: Language) -> dict[str, str]:
    """Return the text of column B by name of the key, only of keys that the descriptor has."""
    texts = {}
    for item in layout(standard.root).keys:
        value: Any = descriptor
        for part in item.path.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        text = _text(item, value, standard, lang) if value is not None else ""
        if text.strip():
            texts[item.name] = writable(text)
    return texts


def _text(item: Key, value: Any, standard: Standard, lang: Language) -> str:
    if item.kind == "boolean" and isinstance(value, bool):
        return YES_NO[lang][0 if value else 1]
    if item.codelist and isinstance(value, str):
        return shown_code(standard.codelists[item.codelist], value, lang)
    if item.kind == "pairs" and isinstance(value, Mapping):
        return "; ".join(f"{name} {version}" for name, version in value.items())
    if item.kind == "licence" and isinstance(value, list):
        return next((str(entry["name"]) for entry in value if isinstance(entry, dict) and entry.get("name")), "")
    if item.kind == "publisher" and isinstance(value, list):
        return _publisher(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _publisher(contributors: list[Any]) -> str:
    """Return the title of the first publisher; of the first of all when none is one."""
    titled = [entry for entry in contributors if isinstance(entry, dict) and entry.get("title")]
    publishers = [entry for entry in titled if "publisher" in (entry.get("roles") or [])]
    return str((publishers or titled)[0]["title"]) if titled else ""
