"""The fills that mark cells, and how one is known again after somebody has saved the workbook with another program.

Programs renumber styles when they save, and people sort rows; what stays with a cell is the colour itself. So each of
the six colours (three levels, light and dark) has 512 shades that look the same: the last three bits of red, green and
blue hold a number. Number 0 says that the cell had no fill; any other number, that it had the fill of the cell of that
number in the palette, which is a row of hidden cells on the sheet with the list.
"""

from __future__ import annotations

import re

from circledata.findings.model import LEVELS, Level

LIGHT: dict[Level, tuple[int, int, int]] = {
    "error": (0xF8, 0xC8, 0xC0),
    "warning": (0xF0, 0xE0, 0xA8),
    "advice": (0xC8, 0xD8, 0xF0),
}
"""Own choice: calm, and none of the colours that spreadsheets offer by themselves."""
DARK: dict[Level, tuple[int, int, int]] = {
    "error": (0xA0, 0x20, 0x20),
    "warning": (0x88, 0x58, 0x00),
    "advice": (0x20, 0x40, 0x88),
}
"""For cells whose letters are light, such as many headers: they must stay readable."""
MOST = 511
"""The largest number that a colour can hold."""
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
_LIGHT_INDEXED = {1, 9, 26, 27, 41, 42, 43, 47}


def shade(level: Level, number: int, *, dark: bool = False) -> str:
    """Return the colour of a level as RRGGBB, with a number from 0 to `MOST` in its last bits."""
    red, green, blue = (DARK if dark else LIGHT)[level]
    return f"{red | number >> 6:02X}{green | number >> 3 & 7:02X}{blue | number & 7:02X}"


def number_of(colour: str) -> int | None:
    """Return the number that one of our colours holds; None for any other colour. `colour`: RRGGBB or AARRGGBB."""
    found = _HEX.fullmatch(colour)
    if found is None:
        return None
    parts = [int(found[1][place : place + 2], 16) for place in (0, 2, 4)]
    base = tuple(part & 0xF8 for part in parts)
    if base not in {*(LIGHT[level] for level in LEVELS), *(DARK[level] for level in LEVELS)}:
        return None
    return (parts[0] & 7) << 6 | (parts[1] & 7) << 3 | parts[2] & 7


def is_light(values: dict[str, str]) -> bool:
    """Tell whether letters of a colour need a dark ground; `values`: the attributes of the font's `color`."""
    found = _HEX.fullmatch(values.get("rgb", ""))
    if found:
        red, green, blue = (int(found[1][place : place + 2], 16) for place in (0, 2, 4))
        return 0.299 * red + 0.587 * green + 0.114 * blue > 160
    if values.get("theme") in {"0", "2"}:
        # The two background colours of a theme; a tint below zero darkens them.
        return float(values.get("tint") or 0) > -0.4
    return values.get("indexed", "") in {str(number) for number in _LIGHT_INDEXED}
