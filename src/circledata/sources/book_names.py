"""Tells by the name of a sheet what it is: which table of the standard, or none by intent."""

from __future__ import annotations

import re
import unicodedata

from circledata.sources.header import key
from circledata.standard.model import Standard, Table

_NUMBERING = re.compile(r"^\s*(?:[0-9]+|[一二三四五六七八九十]+(?=[、.．]))\s*[、.．\-_)）:：]*\s*")
_INSIDE = re.compile(r"[(（【\[]([^)）】\]]*)[)）】\]]")
_COPY = re.compile(r"\s*[(（][0-9]+[)）]\s*$")
_IGNORED = (
    *("说明", "填写", "填报", "使用", "代码", "目录", "封面", "示例", "编码表", "数据字典", "下拉"),
    *("readme", "notes", "instruction", "guide", "code", "contents", "cover", "example", "howto"),
)
_IGNORED_ENDS = (
    "说明",
    "须知",
    "指南",
    "代码",
    "代码表",
    "编码表",
    "下拉选项",
    "选项",
    "codes",
    "instructions",
)
REPORTS = frozenset({"问题清单", "修改清单", "findings", "changes"})
"""Sheets that this software itself puts into a workbook that it hands back, by their keys."""


def spellings(name: str) -> list[str]:
    """Return what is left of a sheet's name without number and brackets, and what stands in the brackets."""
    plain = _NUMBERING.sub("", unicodedata.normalize("NFKC", name))
    inside = _INSIDE.findall(plain)
    return [text for text in (key(name), key(plain), key(_INSIDE.sub("", plain)), *map(key, inside)) if text]


def table_of_sheet(name: str, standard: Standard) -> Table | None:
    """Return the table that a sheet's name means: machine name or title, or part of one title."""
    if _is_report(name):
        return None
    names = spellings(name)
    exact = {
        key(text): table for table in standard.tables.values() for text in (table.title.en, table.title.zh, table.name)
    }
    for spelling in names:
        if spelling in exact:
            return exact[spelling]
    if is_ignored(name, standard):
        return None
    for spelling in names:
        close = [table for title, table in exact.items() if len(spelling) >= 2 and spelling in title]
        if not spelling.isascii() and len({table.name for table in close}) == 1:
            return close[0]
    return None


def is_ignored(name: str, standard: Standard) -> bool:
    """Tell whether a sheet is no table by intent: instructions, a cover, a code list, a list of findings."""
    lists = {
        key(text) for codes in standard.codelists.values() for text in (codes.name, codes.title.zh, codes.title.en)
    }
    return _is_report(name) or any(
        text.startswith(_IGNORED) or text.endswith(_IGNORED_ENDS) or text in lists for text in spellings(name)
    )


def _is_report(name: str) -> bool:
    return key(_COPY.sub("", name)) in REPORTS
