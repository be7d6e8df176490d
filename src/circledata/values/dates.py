"""Reads dates as Chinese tables write them: 2026年3月1日, 二〇二六年三月, 2026/3/1, 20260301, serials, ISO times."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from circledata.values.date_times import ISO_TIME, Clock, read_clock, weekday_differs
from circledata.values.numerals import DIGITS, digits_of, whole_number
from circledata.values.serials import read_serial
from circledata.values.text import ascii_signs, clean

Kind = Literal["day", "month", "year", "serial", "none"]


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a text says of a date.

    `date`: the day; of a month its first day; None when only the year or nothing is known.
    `certain`: the text has one meaning; what is not certain is for a person to decide.
    `kind`: `day`, `month`, `year` (a year alone, or a part of one), `serial` (a day number of a spreadsheet), `none`
    (the text says that there is no date or no end). `note`: a key of `NOTES`, or empty.
    """

    date: date | None
    certain: bool
    kind: Kind
    note: str = ""


NOTES: Final[dict[str, tuple[str, str]]] = {
    "no-date": ("约定用来表示“没有日期”的写法", "a date that stands for “no date”"),
    "no-end": ("表示没有期限", "says that there is no end"),
    "two-digit-year": ("年份只有两位", "the year has two digits only"),
    "day-or-month-first": (
        "日、月先后只有一种读法成立，但写法本身不明确",
        "only one order of day and month is possible",
    ),
    "about": ("写的是大概时间", "the text gives the time roughly"),
    "part-of-year": ("只说到年内的一段时间", "only a part of the year is named"),
    "lost-zero": ("可能是10月丢了末尾的0", "may be October with its last 0 lost"),
    "six-digits": ("六位数字也可以读作年月日", "the six digits may also be year, month and day"),
    "time-dropped": ("时刻没有保留", "the time of day is not kept"),
    "beijing-time": ("已换算为北京时间的日期", "the date in Beijing time"),
    "weekday-differs": ("写的星期与日期不符", "the day of the week does not fit the date"),
    "unusual-serial": ("作为表格序列号，年份不常见", "as a day number of a spreadsheet an unusual year"),
}
"""What the codes in `DateReading.note` mean, zh and en."""

_NONE = DateReading(None, True, "none", "no-date")
_NO_END = frozenset("长期 永久 长期有效 永久有效 无固定期限 无期限 至今 不限 无限期 长久".split())  # noqa: SIM905
# Days that programs write for "nothing": 9999 anything, zeros, the first days that databases and Excel know.
_NOTHING = re.compile(
    r"9999(?:[-/.]?[0-9]{1,2}){0,2}|9999年(?:[0-9]{1,2}月(?:[0-9]{1,2}日?)?)?"
    r"|0000[-/.]?00[-/.]?00|0001[-/.]?0?1[-/.]?0?1|1900[-/.]?0?1[-/.]?0?[01]|1900年1月[01]日|1999[-/.]?12[-/.]?31|1999年12月31日"
)
# The two forms that fill most columns: ISO days, and days that a program wrote with midnight behind them.
_ISO = re.compile(r"([12][0-9]{3})-([0-9]{2})-([0-9]{2})")
_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00(?:\.0{1,9})?)?$")
_YMD = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?")
_CHINESE = re.compile(r"([0-9]{4}|[0-9]{2})年(?:([0-9]{1,2})月份?(?:([0-9]{1,2})[日号]?)?)?")
_HAN_DATE = re.compile(
    f"([0-9{DIGITS}]{{2,4}})年(?:([0-9十{DIGITS}]{{1,3}})月份?(?:([0-9十廿卅{DIGITS}]{{1,3}})[日号]?)?)?"
)
_SHORT = re.compile(r"([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})")
_DIGITS = re.compile(r"[0-9]{4}|[0-9]{6}|[0-9]{8}")
_NUMBER = re.compile(r"[0-9]{1,7}(?:\.[0-9]+)?")
_MONTHS = {name: place for place, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}  # noqa: SIM905
_MONTH_NAME = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?"
_ENGLISH = (
    re.compile(
        f"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?[ -]?{_MONTH_NAME}[ ,-]*(?P<y>[0-9]{{4}}|[0-9]{{2}})", re.IGNORECASE
    ),
    re.compile(f"{_MONTH_NAME} (?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<y>[0-9]{{4}})", re.IGNORECASE),
)
_ABOUT = re.compile(
    "^(?:大约|约|大概|预计|拟|计划)|(?:左右|前后|前|后|初|底|末|中旬|上旬|下旬|年中|许|以前|以后|之前|之后)$"
)
_PART = re.compile("(?:第?[一二三四1-4]季度?|[上下]半年|全年|度|春|夏|秋|冬)$")
_BLANK = re.compile("(?<=[-/.年月日0-9]) (?=[-/.年月日])|(?<=[-/.年月]) (?=[0-9])")


@lru_cache(maxsize=65_536)
def read_date(text: str, *, base1904: bool = False) -> DateReading | None:
    """Read one date; None when the text is no date, an impossible day, or has two meanings (3/1/2026).

    Read are: year, month and day with `年月日`, `-`, `/`, `.` or as eight digits, in full width and in Chinese
    characters; a month alone; ISO times (a time with a zone gives the day in Beijing); day numbers of a spreadsheet,
    of the 1900 system with its 29 February 1900 that never was, or of the 1904 system when `base1904`.
    Years 1800 to 2199. Two-digit years are never certain: 00-49 are read as 20xx, 50-99 as 19xx (own choice).
    Source: the written forms of GB/T 7408 (ISO 8601), and shapes met in real files; serials as in ECMA-376 part 1,
    18.17.4.1. Days that mean "unknown" (1999-12-31, 9999-99 …) are this standard's own list. Never raises.
    """
    plain = ascii_signs(clean(text)).lstrip("'").strip()
    if len(plain) > 48:
        return None
    if ":" in plain:
        plain = _MIDNIGHT.sub("", plain)
    iso = _ISO.fullmatch(plain)
    if iso and not _NOTHING.fullmatch(plain):
        return _day(iso[1], iso[2], iso[3])
    if plain in _NO_END:
        return DateReading(None, True, "none", "no-end")
    if not any(character.isdigit() or character in "年月" for character in plain):
        return None
    plain = _BLANK.sub("", plain)
    return _whole(plain, base1904) or _with_clock(plain) or _roughly(plain)


def _whole(plain: str, base1904: bool = False) -> DateReading | None:
    """Read a text that holds a date and nothing else."""
    if _NOTHING.fullmatch(plain):
        return _NONE
    found = _YMD.fullmatch(plain)
    if found:
        return _numeric(found)
    if _DIGITS.fullmatch(plain):
        read = _run_of_digits(plain)
        if read is not None or len(plain) == 8:
            return read
    if _NUMBER.fullmatch(plain):
        return _serial(plain, base1904)
    if "年" in plain:
        return _chinese(plain)
    found = _SHORT.fullmatch(plain)
    return _unclear_order(found) if found else _english(plain)


def _day(year: str | int, month: str | int, day: str | int, kind: Kind = "day") -> DateReading | None:
    try:
        read = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return DateReading(read, True, kind) if 1800 <= read.year < 2200 else None


def _month(year: str | int, month: str | int) -> DateReading | None:
    return _day(year, month, 1, "month")


def _numeric(found: re.Match[str]) -> DateReading | None:
    year, sign, month, day = found.groups()
    if day is not None:
        return _day(year, month, day)
    read = _month(year, month)
    # A number cell 2026.10 comes out as 2026.1.
    return replace(read, certain=False, note="lost-zero") if read and sign == "." and month == "1" else read


def _run_of_digits(plain: str) -> DateReading | None:
    if len(plain) == 8:
        return _day(plain[:4], plain[4:6], plain[6:])
    if len(plain) == 4:
        return DateReading(None, True, "year") if 1800 <= int(plain) < 2200 else None
    read = _month(plain[:4], plain[4:])
    if read and _day(f"20{plain[:2]}", plain[2:4], plain[4:]):
        return replace(read, certain=False, note="six-digits")
    return read


def _serial(plain: str, base1904: bool) -> DateReading | None:
    read = read_serial(plain, base1904=base1904)
    if read is None:
        return None
    if read.day is None or read.day.year == 9999:
        return DateReading(None, True, "none", "no-date")
    # A number that is a date in a list of shops lies in these years; any other is likely no date at all.
    if not 1949 <= read.day.year < 2100:
        return DateReading(read.day, False, "serial", "unusual-serial")
    return DateReading(read.day, True, "serial", "time-dropped" if read.has_time else "")


def _chinese(plain: str) -> DateReading | None:
    found = _CHINESE.fullmatch(plain)
    if found:
        year, month, day = found.groups()
    else:
        found = _HAN_DATE.fullmatch(plain)
        if found is None:
            return None
        year, month, day = digits_of(found[1]), _small(found[2]), _small(found[3])
        if not (year.isascii() and year.isdigit()) or "" in {month, day}:
            return None
    if len(year) == 2:
        full = int(year) + (2000 if int(year) < 50 else 1900)
        read = _parts(full, month, day)
        return replace(read, certain=False, note="two-digit-year") if read else None
    return _parts(int(year), month, day) if len(year) == 4 else None


def _small(text: str | None) -> str | None:
    """Return a month or a day in Chinese characters as digits; empty when it is none."""
    if text is None:
        return None
    value = whole_number(text.replace("廿", "二十").replace("卅", "三十").replace("十十", "十"))
    return "" if value is None else str(value)


def _parts(year: int, month: str | None, day: str | None) -> DateReading | None:
    if month is None:
        return DateReading(None, True, "year") if 1800 <= year < 2200 else None
    return _month(year, month) if day is None else _day(year, month, day)


def _unclear_order(found: re.Match[str]) -> DateReading | None:
    """Read day, month and year in an order that has to be found out: 13/1/2026; None when two days are possible."""
    first, _, second, third = found.groups()
    if len(third) != 4 or len(first) > 2:
        return None
    days = {read.date for read in (_day(third, first, second), _day(third, second, first)) if read}
    if len(days) != 1:
        return None
    return DateReading(days.pop(), first == second, "day", "" if first == second else "day-or-month-first")


def _english(plain: str) -> DateReading | None:
    for pattern in _ENGLISH:
        found = pattern.fullmatch(plain)
        if found is None:
            continue
        month, year = _MONTHS[found[2 if pattern is _ENGLISH[0] else 1].lower()[:3]], found["y"]
        if len(year) == 4:
            return _day(year, month, found["d"])
        read = _day(int(year) + (2000 if int(year) < 50 else 1900), month, found["d"])
        return replace(read, certain=False, note="two-digit-year") if read else None
    return None


def _with_clock(plain: str) -> DateReading | None:
    """Read a date that is followed by a day of the week, a time, or both."""
    stamp = re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})", plain)
    iso = ISO_TIME.fullmatch(plain)
    if stamp:
        head, clock = "".join(stamp.groups()[:3]), read_clock(":".join(stamp.groups()[3:]))
    elif iso:
        head, clock = iso[1], read_clock(iso[2])
    else:
        head, clock = _head_and_clock(plain)
    read = _whole(head) if clock else None
    if clock is None or read is None or read.kind not in {"day", "none"}:
        return None
    if read.date is None:
        return read
    if clock.weekday is not None and weekday_differs(read.date, clock.weekday):
        return replace(read, certain=False, note="weekday-differs")
    return _in_beijing(read, read.date, clock)


def _head_and_clock(plain: str) -> tuple[str, Clock | None]:
    cut = re.search(r"(?<=[0-9日号]) |(?<=[日号])(?=[0-9上下早中晚凌(星周])|(?=\()|(?=星期|周)", plain)
    return (plain, None) if cut is None else (plain[: cut.start()], read_clock(plain[cut.start() :].strip()))


def _in_beijing(read: DateReading, day: date, clock: Clock) -> DateReading:
    if clock.offset_minutes is None or clock.offset_minutes == 480:
        return replace(read, note=read.note or ("time-dropped" if clock.minutes % 1440 or clock.seconds else ""))
    minutes = clock.minutes - clock.offset_minutes + 480
    return replace(read, date=day + timedelta(days=minutes // 1440), note="beijing-time")


def _roughly(plain: str) -> DateReading | None:
    """Read 2026年底, 约2026年3月, 2026年一季度: a month or a year, never certain."""
    bare, about = _ABOUT.subn("", plain)
    part = _PART.search(bare)
    if part:
        bare = bare[: part.start()]
    if not (about or part) or not bare or not re.search("[年0-9]$|月份?$|[日号]$", bare):
        return None
    read = _whole(bare)
    if read is None or read.kind in {"serial", "none"}:
        return None
    if part and read.kind != "year":
        return None
    return replace(read, certain=False, note="about" if about else "part-of-year")
