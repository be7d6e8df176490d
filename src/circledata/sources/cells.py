"""Cells of a spreadsheet as the text that the standard writes: plain numbers, ISO dates, true and false."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

Cell = int | float | str | bool | date | datetime | time | timedelta


def cell_text(cell: Cell) -> str:
    """Return the text of a cell.

    Whole numbers have no `.0`; others have at most the fifteen digits that spreadsheets keep and show. Dates are
    YYYY-MM-DD, a date-time at midnight is the date alone.
    """
    return _WRITERS[cell.__class__](cell)


def _number(value: float) -> str:
    if value.is_integer() and -1e15 < value < 1e15:
        return str(int(value))
    text = f"{value:.15g}"
    # Written out: 1e+21 and 1e-07 are no numbers of the standard.
    return format(Decimal(text), "f") if "e" in text else text


def _moment(value: datetime) -> str:
    return value.date().isoformat() if value.time() == time() else value.isoformat(sep="T")


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    hours, rest = divmod(seconds, 3600)
    return f"{sign}{hours:02d}:{rest // 60:02d}" + (f":{rest % 60:02d}" if rest % 60 else "")


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: str,
    bool: lambda value: "true" if value else "false",
    int: str,
    float: _number,
    datetime: _moment,
    date: date.isoformat,
    time: lambda value: value.isoformat("seconds" if value.second else "minutes"),
    timedelta: _duration,
}
