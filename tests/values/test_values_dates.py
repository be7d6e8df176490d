"""Dates as Chinese tables write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circledata.values.dates import NOTES, DateReading, read_date

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2026年3月1日",
        "2026年03月01日",
        "2026年3月1号",
        "2026年3月1",
        "2026 年 3 月 1 日",
        "２０２６年３月１日",
        "二〇二六年三月一日",
        "二○二六年三月一日",
        "二零二六年三月一日",
        "2026-03-01",
        "2026-3-1",
        "2026/3/1",
        "2026/03/01",
        "2026.3.1",
        "２０２６．３．１",
        "2026。3。1",
        "2026—03—01",
        "20260301",
        " '2026-03-01",
        "2026/3/1 0:00:00",
        "2026-03-01 00:00:00",
        "2026-03-01T00:00:00",
        "2026-03-01T00:00:00+08:00",
        "2026年3月1日（星期日）",
        "2026-03-01 星期日",
        "2026年3月1日 周日",
        "2025-3-1 24:00".replace("2025", "2026"),
        "Mar 1, 2026",
        "1-Mar-2026",
        "March 1st, 2026",
    ],
)
def test_a_day_in_every_form(text: str) -> None:
    assert read_date(text) == DateReading(DAY, True, "day")


@pytest.mark.parametrize(
    "text",
    [
        "2026/3/1 9:30",
        "2026-03-01T08:00:00+08:00",
        "20260301120000",
        "2026年3月1日 上午9:30",
        "2026年3月1日9时30分",
        "2026-03-01 下午3点半",
    ],
)
def test_a_time_of_day_is_dropped_and_that_is_said(text: str) -> None:
    assert read_date(text) == DateReading(DAY, True, "day", "time-dropped")


@pytest.mark.parametrize(
    "text", ["2026-02-28T16:00:00.000Z", "2026-02-28T16:00:00Z", "20260301T080000Z", "2026-02-28 11:00 -0500"]
)
def test_a_time_with_a_zone_gives_the_day_in_beijing(text: str) -> None:
    assert read_date(text) == DateReading(DAY, True, "day", "beijing-time")


@pytest.mark.parametrize(
    "text", ["2026-03", "2026-3", "2026/3", "2026年3月", "2026年3月份", "202603", "二〇二六年三月", "2026.3"]
)
def test_a_month_gives_its_first_day(text: str) -> None:
    assert read_date(text) == DateReading(DAY, True, "month")


@pytest.mark.parametrize("text", ["2026", "2026年", "二〇二六年"])
def test_a_year_alone_gives_no_day(text: str) -> None:
    assert read_date(text) == DateReading(None, True, "year")


@pytest.mark.parametrize(
    "text",
    [
        "9999-9-9",
        "9999年99月",
        "9999-12-31",
        "99991231",
        "9999/12/31",
        "9999-12-31 00:00:00",
        "1999-12-31",
        "1999/12/31",
        "1999年12月31日",
        "1900-01-00",
        "1900/1/0",
        "1900-01-01",
        "0000-00-00",
        "0001-01-01",
        "0001/1/1 0:00:00",
        "0",
        "2958465",
    ],
)
def test_what_stands_for_no_date(text: str) -> None:
    assert read_date(text) == DateReading(None, True, "none", "no-date")


@pytest.mark.parametrize("text", ["长期", "永久有效", "至今"])
def test_no_end(text: str) -> None:
    assert read_date(text) == DateReading(None, True, "none", "no-end")


@pytest.mark.parametrize(
    ("text", "base1904", "expected"),
    [
        ("46082", False, DateReading(DAY, True, "serial")),
        ("46082.0", False, DateReading(DAY, True, "serial")),
        ("46082.75", False, DateReading(DAY, True, "serial", "time-dropped")),
        ("46081.999999999", False, DateReading(DAY, True, "serial")),
        ("44620", True, DateReading(DAY, True, "serial")),
        ("0", True, DateReading(date(1904, 1, 1), False, "serial", "unusual-serial")),
        ("1", False, DateReading(date(1900, 1, 1), False, "serial", "unusual-serial")),
        ("59", False, DateReading(date(1900, 2, 28), False, "serial", "unusual-serial")),
        ("60", False, None),
        ("61", False, DateReading(date(1900, 3, 1), False, "serial", "unusual-serial")),
        ("2958466", False, None),
        ("123456", False, DateReading(date(2238, 1, 3), False, "serial", "unusual-serial")),
    ],
)
def test_day_numbers_of_spreadsheets(text: str, base1904: bool, expected: DateReading | None) -> None:
    assert read_date(text, base1904=base1904) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("26年3月", DateReading(DAY, False, "month", "two-digit-year")),
        ("26年3月1日", DateReading(DAY, False, "day", "two-digit-year")),
        ("99年12月", DateReading(date(1999, 12, 1), False, "month", "two-digit-year")),
        ("1-Mar-26", DateReading(DAY, False, "day", "two-digit-year")),
        ("13/1/2026", DateReading(date(2026, 1, 13), False, "day", "day-or-month-first")),
        ("1/13/2026", DateReading(date(2026, 1, 13), False, "day", "day-or-month-first")),
        ("3/3/2026", DateReading(date(2026, 3, 3), True, "day")),
        ("200312", DateReading(date(2003, 12, 1), False, "month", "six-digits")),
        ("2026.1", DateReading(date(2026, 1, 1), False, "month", "lost-zero")),
        ("2026年3月1日星期一", DateReading(DAY, False, "day", "weekday-differs")),
        ("约2026年3月", DateReading(DAY, False, "month", "about")),
        ("2026年底", DateReading(None, False, "year", "about")),
        ("2026年3月上旬", DateReading(DAY, False, "month", "about")),
        ("2026年一季度", DateReading(None, False, "year", "part-of-year")),
        ("2026年上半年", DateReading(None, False, "year", "part-of-year")),
    ],
)
def test_not_certain(text: str, expected: DateReading) -> None:
    assert read_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "无",
        "见附件",
        "3/1/2026",
        "1/3/2026",
        "26/3/1",
        "26-3-1",
        "3月1日",
        "2026-02-30",
        "2026-02-29",
        "20260230",
        "2026年13月",
        "2026-13",
        "2026年2月30日",
        "2026-3-1～2027-3-1",
        "2026-3-1至2027-3-1",
        "2026-3/1",
        "1772323200",
        "1772323200000",
        "-46082",
        "2026-03-01 25:00",
        "2026-03-01T08:00:00+99:00",
        "第3年",
        "年月日",
        "2026年3月1日开业",
        "1e5",
        "3.5",
        "1700-01-01",
        "9" * 500,
    ],
)
def test_no_date(text: str) -> None:
    read = read_date(text)
    assert read is None or (text == "3.5" and not read.certain)


@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)))
def test_every_day_comes_back(day: date) -> None:
    if day == date(1999, 12, 31):
        return
    year, month, number = day.year, day.month, day.day
    for text in (
        day.isoformat(),
        f"{year}年{month}月{number}日",
        f"{year}/{month}/{number}",
        f"{year}.{month}.{number}",
        f"{day:%Y%m%d}",
        f"{year}/{month}/{number} 0:00:00",
        f"{day}T00:00:00+08:00",
    ):
        assert read_date(text) == DateReading(day, True, "day")
    read = read_date(str((day - date(1899, 12, 30)).days))
    later = read_date(str((day - date(1904, 1, 1)).days), base1904=True) if day.year > 1931 else None
    assert day.year < 1932 or (read is not None and read.date == day and later is not None and later.date == day)


@given(st.datetimes(), st.integers(-12, 14))
def test_zones_agree_with_the_calendar(moment: object, hours: int) -> None:
    from datetime import datetime, timezone

    assert isinstance(moment, datetime)
    local = moment.replace(
        year=2001 + moment.year % 90, day=min(moment.day, 28), tzinfo=timezone(timedelta(hours=hours)), microsecond=0
    )
    read = read_date(local.isoformat())
    assert read is not None
    assert read.date == local.astimezone(timezone(timedelta(hours=8))).date()


@given(st.one_of(st.text(max_size=60), st.text(alphabet="0123456789年月日-/. :一二三十〇TZ+约底()", max_size=24)))
def test_never_raises_and_notes_are_known(text: str) -> None:
    read = read_date(text)
    assert read is None or not read.note or read.note in NOTES
    assert read is None or read.kind != "day" or read.date is not None
