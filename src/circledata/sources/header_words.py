"""What else people call the columns of a table: enough to tell which field was probably meant, not to take it so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from circledata.sources.header import key, names_of
from circledata.standard.model import Standard, Table


def likely_field(header: str, table: Table, standard: Standard) -> str | None:
    """Return the field that an unknown column was probably meant to be: by likeness of name, or by a usual word."""
    words = _words(standard.root, table.name)
    for name in (header, header.rpartition("/")[2]):
        if found := names_of(table).nearest(name) or words.get(key(name)):
            return found
    return None


@cache
def _words(root: Path, table: str) -> Mapping[str, str]:
    """Return the usual words for the fields of a table; a word for several fields means none."""
    synonyms, mapping = _content(root / "synonyms.yaml"), _content(root / "mappings" / "table.yaml")
    words: dict[str, str | None] = {}
    for groups in (mapping.get("tables", {}).get(table, {}), synonyms.get("fields", {}).get(table, {})):
        for field, word in _pairs(groups):
            if words.setdefault(key(word), field) != field:
                words[key(word)] = None
    for field, word in _pairs(synonyms.get("any", {})):
        words.setdefault(key(word), field)
    return {word: field for word, field in words.items() if field is not None and word}


def _pairs(groups: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield field and word of a part of either file; parts that are no fields (`@province`) are left out."""
    for name, found in groups.items():
        if name in {"fields", "place"}:
            yield from _pairs(found)
        elif not name.startswith("@") and name not in {"id", "titles", "keep", "both", "brand"}:
            words = found.get("from", ()) if isinstance(found, dict) else found
            yield from ((name, str(word)) for word in (words if isinstance(words, list) else ()))


def _content(path: Path) -> Mapping[str, Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    return found if isinstance(found, dict) else {}
