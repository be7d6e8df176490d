"""The list of changes: as a CSV file beside the repaired one, or as lines for the first sheet of a workbook."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TextIO

from circledata.convert.output.safe_csv import RowWriter, safe_row
from circledata.findings.privacy import redact
from circledata.sources.mending import changes
from circledata.standard.model import Language, Standard, Text
from circledata.workbooks.repair.model import Change

HEAD: tuple[Text, ...] = (
    Text("文件", "File"),
    Text("工作表", "Sheet"),
    Text("行", "Row"),
    Text("列", "Column"),
    Text("原来", "Before"),
    Text("改成", "After"),
    Text("改了什么", "What was changed"),
)
NAME = Text("修改清单", "Changes")
_LONGEST = 500
"""Characters of a value that the list shows."""
_INVISIBLE = re.compile("[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_BREAK = re.compile("\r\n|[\r\n\u2028\u2029]")


def list_path(out: Path, language: Language) -> Path:
    """Return where the list of a CSV file or a package stands: beside it, under its name."""
    ending = "-修改清单.csv" if language == "zh" else "-changes.csv"
    return out.with_name((out.stem if out.suffix and not out.is_dir() else out.name) + ending)


def shown(text: str, *, phone: bool = False) -> str:
    """Return a cell's text as the list shows it: invisible characters made visible, personal data hidden."""
    visible = _INVISIBLE.sub(lambda found: f"[U+{ord(found[0]):04X}]", _BREAK.sub("⏎", text.replace("\t", "⇥")))
    plain = redact(visible, keep_mobile=phone)
    return plain if len(plain) <= _LONGEST else plain[:_LONGEST] + "…"


class CsvLog:
    """Writes each change to a CSV file as it is made, so that any number of them needs no memory."""

    def __init__(self, stream: TextIO, standard: Standard, language: Language) -> None:
        self.counts: Counter[str] = Counter()
        self._phrases = {key: text.in_language(language) for key, text in changes(standard).items()}
        self._writer = RowWriter(stream.write, newline="\r\n")
        self._writer.row([head.in_language(language) for head in HEAD])

    def add(self, change: Change) -> None:
        """Note one change."""
        self.counts[change.key] += 1
        old, new = (shown(text, phone=change.phone) for text in (change.old, change.new))
        row = "" if change.row is None else change.row
        cells = [change.file, change.sheet or "", row, change.column, old, new, self._phrases[change.key]]
        self._writer.row(safe_row(cells))
