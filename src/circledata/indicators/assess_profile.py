"""Finds an assessment profile: one of the standard by its id, or a file of one's own, whose mistakes are worded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from os import PathLike
from pathlib import Path
from typing import Any

from circledata.convert.mapping.check import near
from circledata.convert.mapping.lines import Document, read_document
from circledata.convert.model import ConversionError
from circledata.indicators.assess_profile_check import Mistake, mistakes
from circledata.standard.assessment import Assessment, assessment_from
from circledata.standard.model import Standard, Text

REFERENCE = "circledata-reference-2021"
"""The profile that is used where none is named: the standard's own."""
NOUN = Text("评估方案", "profile")
_SHOWN = 5
_ENDINGS = (".yaml", ".yml")


def find_profile(given: str | PathLike[str] | Assessment, standard: Standard) -> Assessment:
    """Return the profile of that id, or that of a YAML file; ConversionError when there is none or it has mistakes."""
    if isinstance(given, Assessment):
        return given
    name = str(given)
    if name in standard.assessments:
        return standard.assessments[name]
    path = Path(given)
    if path.suffix.lower() in _ENDINGS or path.is_file():
        return read_profile(path, standard)
    hint = near(name, standard.assessments)
    raise ConversionError(
        Text(
            f"没有评估方案 {name}。{hint.zh}"
            f"标准带有：{'、'.join(standard.assessments)}；自己的方案写文件名，以 .yaml 结尾。",
            f"There is no profile {name}.{hint.en} The standard has {', '.join(standard.assessments)}; "
            "a profile of your own is named by its file, which ends in .yaml.",
        )
    )


def read_profile(path: Path, standard: Standard) -> Assessment:
    """Read a profile of one's own; ConversionError that names file, line, key and what to write."""
    try:
        document = read_document(path, NOUN)
        content = _plain(document.content)
    except RecursionError:
        raise ConversionError(
            Text(f"评估方案 {path.name} 的内容套了自己，读不了。", f"{path.name} contains itself and cannot be read.")
        ) from None
    found = list(mistakes(content, standard))
    if found:
        raise ConversionError(_worded(document, found))
    return assessment_from(content)


def _plain(value: Any) -> Any:
    """Return the content as JSON has it: YAML takes a bare 2026-01-01 for a date, keys for numbers or truths."""
    if isinstance(value, dict):
        return {_key(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return value


def _key(key: Any) -> str:
    return key if isinstance(key, str) else str(key).lower()


def _worded(document: Document, found: Sequence[Mistake]) -> Text:
    ordered = sorted(((document.line_of(path), path, text) for path, text in found), key=lambda item: item[0])
    zh, en = [], []
    for line, path, text in ordered[:_SHOWN]:
        zh.append(f"评估方案 {document.name} 第 {line} 行{_dotted(path, '（', '）')}：{text.zh}")
        en.append(f"{document.name}, line {line}{_dotted(path, ' (', ')')}: {text.en}")
    if len(ordered) > _SHOWN:
        zh.append(f"还有 {len(ordered) - _SHOWN} 处。")
        en.append(f"{len(ordered) - _SHOWN} more.")
    return Text("\n".join(zh), "\n".join(en))


def _dotted(path: Iterable[str | int], before: str, after: str) -> str:
    parts = [str(part + 1) if isinstance(part, int) else part for part in path]
    return f"{before}{'.'.join(parts)}{after}" if parts else ""
