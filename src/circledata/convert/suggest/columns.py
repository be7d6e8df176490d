"""Looks at the values of a column: how many there are, and what they look like whatever the header says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from circledata.convert.model import SourceTable
from circledata.findings.privacy import redact
from circledata.standard.model import Text
from circledata.values.dates import read_date
from circledata.values.identifiers import normalise_uscc
from circledata.values.person_names import looks_like_person
from circledata.values.phones import read_phones
from circledata.values.positions import read_position
from circledata.values.text import ascii_signs, clean, has_han, is_placeholder

MOST_ROWS = 5000
"""Rows of a table that are looked at; the rest of the file will be like them."""
SAMPLE = 400
"""Different values of a column that are read; reading opening hours is not free."""
_NUMBER = re.compile(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?%?")
_DEGREES = re.compile(r"[0-9]{1,3}\.[0-9]{3,}")
_MEASURED = re.compile(
    r"[约近]?[0-9][0-9,.]*\s*(?:[十百千]?万?元|亿元?|万|平方米|平米|㎡|m2|m²|亩|公顷|平方公里)", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"[路街巷弄道里村镇乡区市县].{0,14}(?:[0-9]|号|[栋幢座楼室层]|交叉口|旁|侧|对面|商场|广场|小区|市场|一楼|门)"
)
_ORGANISATION = re.compile(
    r"公司|合作社|中心|商行|经营部|有限|集团|协会|委员会|办事处|商店|超市|药店|餐厅|店$|厂$|局$|院$|所$"
)
_DIVISION = re.compile(r"[\u4e00-\u9fff]{1,12}(?:省|市|区|县|旗|盟|州|镇|乡|街道|街道办|办事处|开发区|管委会|示范区)")
_DIVISION_CODE = re.compile(r"[1-8][0-9]{5}(?:[0-9]{3}(?:[0-9]{3})?)?(?:\.0)?")
_STRONG_PHONE = re.compile(
    r"(?:\+?86[- ]?)?(?:\(?0[0-9]{2,3}\)?[- ]?[2-9][0-9]{6,7}|1[3-9][0-9]{9}|[48]00[- ]?[0-9]{3}[- ]?[0-9]{4})"
)
_MOBILE = re.compile(r"(?:\+?86[- ]?)?1[3-9][0-9]{9}")
_CLOCK = re.compile(r"[0-9]{1,2}[:：点时][0-9]{0,2}.*[-—~～至到].*[0-9]{1,2}|24\s*小时|全天|24/7|早.*晚")
TOTAL = re.compile(r"\s*[合小总共]\s*计\s*")
"""What stands in rows of totals."""
NOTHING = frozenset(
    """待定 待补 待补充 待核实 待确认 待填 未统计 未登记 未采集 不适用 暂未统计 无电话 没有电话 无固定电话 暂无电话 保密
    略 \\N (null) <null> #REF! #VALUE! #DIV/0! #NAME? -9999 -999""".split()  # noqa: SIM905
)
"""What else people write for nothing, beside what every reader takes for it; own list."""
_TRUTH = frozenset("是 否 有 无 √ × y n yes no true false 1 0 支持 不支持".split())  # noqa: SIM905
_INDUSTRY = re.compile(r"[A-Ta-t]?-?[0-9]{4}(?:\.0)?")


def is_date(text: str) -> bool:
    """Tell whether a text is a day or a month beyond doubt."""
    # A bare number may be a day number of a spreadsheet; only a header can tell. Eight digits that are a day are one.
    if text.replace(".", "").isdigit() and len(text) != 8:
        return False
    reading = read_date(text)
    return reading is not None and reading.kind in {"day", "month", "none"}


def _uscc(text: str) -> bool:
    reading = normalise_uscc(text)
    return reading is not None and (reading.valid or (len(reading.code) == 18 and not text.isdigit()))


def _resident(text: str) -> bool:
    return len(text) in {15, 18} and redact(text) != text


def _phone(text: str) -> bool:
    return bool(_STRONG_PHONE.search(text)) and bool(read_phones(text).numbers)


def _longitude(text: str) -> bool:
    return bool(_DEGREES.fullmatch(text)) and 73.0 <= float(text) <= 136.0


def _latitude(text: str) -> bool:
    return bool(_DEGREES.fullmatch(text)) and 3.0 <= float(text) <= 54.0


def _both(text: str) -> bool:
    if _NUMBER.fullmatch(text) or not any(character.isdigit() for character in text):
        return False
    position = read_position(text)
    return position is not None and (position.known or position.kind == "unclear")


def _hours(text: str) -> bool:
    if not _CLOCK.search(text):
        return False
    from circledata.values.chinese_hours import to_osm
    from circledata.values.opening_hours import normalise_osm

    return normalise_osm(text) is not None or to_osm(text) is not None


def _text(text: str) -> bool:
    return any(character.isalpha() for character in text) and not _MEASURED.fullmatch(text)


Test = Callable[[str], bool]
SHAPES: Mapping[str, tuple[Test, Text]] = {
    "resident": (_resident, Text("身份证号", "resident numbers")),
    "uscc": (_uscc, Text("统一社会信用代码", "USCCs")),
    "both": (_both, Text("坐标", "coordinates")),
    "longitude": (_longitude, Text("经度", "longitudes")),
    "latitude": (_latitude, Text("纬度", "latitudes")),
    "phone": (_phone, Text("电话", "telephone numbers")),
    "date": (is_date, Text("日期", "dates")),
    "hours": (_hours, Text("营业时间", "opening hours")),
    "measured": (lambda text: bool(_MEASURED.fullmatch(text)), Text("带单位的数", "numbers with a unit")),
    "number": (lambda text: bool(_NUMBER.fullmatch(text)), Text("数", "numbers")),
    "truth": (lambda text: text.lower() in _TRUTH, Text("是或否", "yes or no")),
    "address": (lambda text: len(text) > 5 and bool(_ADDRESS.search(text)), Text("地址", "addresses")),
    "division": (
        lambda text: bool(_DIVISION.fullmatch(text) or _DIVISION_CODE.fullmatch(text)), Text("区划", "divisions")
    ),
    "person": (looks_like_person, Text("人名", "names of persons")),
    "organisation": (lambda text: bool(_ORGANISATION.search(text)), Text("单位名称", "names of organisations")),
    "text": (_text, Text("文字", "text")),
}  # fmt: skip
"""What values may look like, in the order in which they are asked, with the word for it."""
PLAIN = frozenset({"text", "person", "organisation", "address", "division"})
"""Shapes of ordinary text."""
_OTHERS: Mapping[str, Test] = {
    "mobile": lambda text: bool(_MOBILE.fullmatch(text)),
    "industry": lambda text: bool(_INDUSTRY.fullmatch(text)),
    "han": has_han,
}
_MOST = 0.6
"""Share of the values that must look alike."""


@dataclass
class Column:
    """One column: its filled cells by text, in the order in which each text first stands; `place` from 0."""

    name: str
    place: int
    texts: Counter[str] = field(default_factory=Counter)
    nothing: Counter[str] = field(default_factory=Counter)
    """Texts that only say that nothing is known."""
    rows: int = 0
    _shares: dict[str, float] = field(default_factory=dict)

    @property
    def filled(self) -> int:
        """Cells that say something."""
        return self.texts.total()

    @cached_property
    def sample(self) -> list[tuple[str, int]]:
        """The first different values with their counts."""
        return list(self.texts.items())[:SAMPLE]

    def share(self, shape: str) -> float:
        """Return which part of the filled cells has a shape, 0 to 1; 0 without any."""
        if shape not in self._shares:
            test = SHAPES[shape][0] if shape in SHAPES else _OTHERS[shape]
            self._shares[shape] = self.share_of(test)
        return self._shares[shape]

    def share_of(self, test: Test) -> float:
        """Return which part of the filled cells of the sample meets a test."""
        total = sum(count for _, count in self.sample)
        return sum(count for text, count in self.sample if test(text)) / total if total else 0.0

    @property
    def distinct(self) -> float:
        """How many of the filled cells are different ones, 0 to 1."""
        return len(self.texts) / self.filled if self.texts else 0.0

    @cached_property
    def looks_like(self) -> str:
        """The first shape that most values have; empty for none."""
        for shape in SHAPES:
            if self.share(shape) >= _MOST:
                return shape
        return ""


def columns_of(tables: Sequence[SourceTable]) -> list[Column]:
    """Return the columns of tables of one header, as their first rows show them, 5,000 in all."""
    found = [Column(name, place) for place, name in enumerate(tables[0].header)]
    rows = rows_of(tables)
    for column in found:
        column.rows = len(rows)
        for cells in rows:
            text = clean(cells.get(column.name, ""))
            if text:
                says = text not in NOTHING and not is_placeholder(text)
                (column.texts if says else column.nothing)[_plain(text) if says else text] += 1
    return found


def rows_of(tables: Sequence[SourceTable]) -> list[Mapping[str, str]]:
    """Return the rows that are looked at; broken ones tell nothing, and those of totals and headers are no records."""
    rows = (row.cells for table in tables for row in table.rows if not row.broken)
    return list(islice((cells for cells in rows if not _no_record(cells)), MOST_ROWS))


def _no_record(cells: Mapping[str, str]) -> bool:
    first = next(iter(cells.values()), "")
    if TOTAL.fullmatch(first):
        return True
    same = sum(1 for name, text in cells.items() if text.strip() == name)
    return same >= 2 and same * 2 >= len(cells)


def _plain(text: str) -> str:
    """Return digits in their ordinary width; text stays as it is."""
    return text if has_han(text) else ascii_signs(text)


def percent(share: float) -> str:
    """Write a share as whole per cent, never 100% or 0% where it is not quite."""
    value = round(share * 100)
    return (
        f"{min(value, 99) if share < 1 else 100 if value == 100 else value}%" if share > 0.005 or not share else "<1%"
    )


def shown(texts: Sequence[str], most: int = 3) -> str:
    """Return some values for a comment; nothing that may be about a private person, nothing long."""
    safe = [text for text in texts if redact(text) == text and not looks_like_person(text)]
    return "、".join(text if len(text) <= 20 else f"{text[:19]}…" for text in safe[:most])
