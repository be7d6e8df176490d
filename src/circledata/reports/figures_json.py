"""Figures as JSON: what spec/1.0/indicators.schema.json describes, or a list of that for several packages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TextIO

from circledata.indicators.model import Figures
from circledata.indicators.record import figures_record
from circledata.standard.model import Language

_LONG = ("indicators", "places", "figures")
"""Lists that are written with one entry a line."""


def write_json(figures: Sequence[Figures], language: Language, stream: TextIO) -> None:
    """Write one package as one object, several as a list; `language` changes nothing, both are there."""
    records = [figures_record(one) for one in figures]
    if len(records) == 1:
        stream.write(_text(records[0]) + "\n")
        return
    stream.write("[\n" + ",\n".join(map(_text, records)) + "\n]\n")


def _text(record: dict[str, Any]) -> str:
    """Return a record with its long lists one entry a line, so that two files can be compared line by line."""
    parts = []
    for key, value in record.items():
        if key in _LONG and value:
            entries = ",\n    ".join(json.dumps(entry, ensure_ascii=False) for entry in value)
            text = f"[\n    {entries}\n  ]"
        else:
            text = json.dumps(value, ensure_ascii=False)
        parts.append(f"  {json.dumps(key)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}"


def record_text(record: dict[str, Any]) -> str:
    """Return a record of `figures_record` as the text of a file, the same bytes for the same figures."""
    return _text(record) + "\n"
