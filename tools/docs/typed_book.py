"""Makes the workbook that the pages for clerks use: the template's invented example, filled in as people type.

Part of what is typed is understood or mended (forms of dates, titles of codes, units), the rest is wrong: the pages
and their pictures show what becomes of either.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from circledata import write_template
from circledata.standard.model import Language
from circledata.workbooks.ooxml import BookEdit

SHEETS = {"outlets": {"zh": "商业网点", "en": "Outlets"}, "projects": {"zh": "项目清单", "en": "Projects"}}
HARMLESS: Mapping[tuple[str, str], Mapping[Language, str]] = {
    ("outlets", "S3"): {"zh": "2021年12月3日", "en": "2021/12/3"},
    ("outlets", "S4"): {"zh": "2018.4.17", "en": "2018.4.17"},
    ("outlets", "U4"): {"zh": "1280平方米", "en": "1280 m2"},
    ("outlets", "R4"): {"zh": "０９３５－００００００２", "en": "０９３５－００００００２"},
    ("outlets", "E5"): {"zh": "营业中", "en": "Open"},
    ("outlets", "V6"): {"zh": "4人", "en": "4.0"},
    ("outlets", "X6"): {"zh": "有", "en": "Y"},
    ("projects", "I3"): {"zh": "10.4万元", "en": "104,000"},
}
"""Cells whose meaning is certain, by table and place."""
WRONG: Mapping[tuple[str, str], Mapping[Language, str]] = {
    ("outlets", "C3"): {"zh": "小卖铺子", "en": "kiosk"},
    ("outlets", "M3"): {"zh": "91620602MA0000100X", "en": "91620602MA0000100X"},
    ("outlets", "F4"): {"zh": "620602-C910", "en": "620602-C910"},
    ("outlets", "S5"): {"zh": "24年夏天", "en": "summer 2024"},
    ("outlets", "B6"): {"zh": "", "en": ""},
    ("outlets", "U6"): {"zh": "66000", "en": "66000"},
}
"""Cells that only a person can mend."""


def write(path: Path, language: Language, *, mended: bool = False) -> None:
    """Write the workbook as it was typed, or as it is once a person has mended it."""
    with tempfile.TemporaryDirectory() as folder:
        filled = Path(folder) / "filled.xlsx"
        write_template(filled, lang=language, example=True)
        with BookEdit(filled) as book, path.open("wb") as stream:
            for (table, place), typed in {} if mended else {**HARMLESS, **WRONG}.items():
                row, column = position(place)
                book.set_text(SHEETS[table][language], row, column, typed[language])
            book.save(stream)


def position(place: str) -> tuple[int, int]:
    """Return row and column of a place such as AB12, both from 1."""
    letters = place.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(place[len(letters) :]), column
