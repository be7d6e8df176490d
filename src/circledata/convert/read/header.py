"""Finds the header of a foreign table, of one row or of several, or tells that there is none; names the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from circledata.convert.read.layout import Layout
from circledata.convert.read.notes import Note
from circledata.convert.read.words import refuse
from circledata.sources.header import SEARCHED_ROWS, key

HEAD_ROWS = SEARCHED_ROWS + 10
"""Filled rows that are looked at: where a header may stand, and some below it to compare with."""
MOST_HEADER_ROWS = 3
_COORDINATE = re.compile(r"[-+]?[0-9]{1,3}\.[0-9]{3,}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_VALUE = re.compile(
    r"""[-+]?[0-9][0-9,]*(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?[%％]?   # a number
    | [0-9]{4}[-/.年][0-9]{1,2}(?:[-/.月][0-9]{1,2}日?)?.*         # a date
    | \+?[0-9][0-9 ()/;、-]{5,}                                    # a telephone number
    | [-+]?[0-9.]+\s*[,，]\s*[-+]?[0-9.]+                          # two coordinates
    | (?=[0-9A-Z]*[0-9]{6})[0-9A-Z]{15,20}                         # a number of registration
    | (?:SRID=[0-9]+;)?(?:POINT|LINESTRING|POLYGON|MULTI[A-Z]+)\s*Z?\s*\(.*
    | https?://.*
    | [\[{].*[\]}]""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_LABELLED = re.compile(r"[^:：]{1,10}[:：].+", re.DOTALL)
"""What stands in title rows: 单位：某局."""
TEXT_MARK = re.compile(r'="[^"]*"')
"""A cell that Excel was to show as text: `="001"`."""
_BREAK = re.compile(r"\s*[\r\n]+\s*")
_QUOTES = {"'": "'", '"': '"', "“": "”", "‘": "’", "`": "`"}

Row = tuple[int, list[str]]
"""Number of a row in its file, and its cells."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A range of merged cells: row numbers of the file, columns as places from 0 in the rows that are read."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Header:
    """The names of the columns, each once, and where they stand; `last` is 0 where there is no header."""

    names: tuple[str, ...]
    unnamed: dict[str, int]
    """Names that the reader gave to columns without one, with the number of the column."""
    last: int
    used: int
    """Rows of the head that are the header or stand above it."""
    hits: int
    """Columns that are among the known ones."""
    above: tuple[tuple[str, ...], ...] = ()
    notes: list[Note] = field(default_factory=list)


def clean_name(text: str) -> str:
    """Return a header cell without the blanks, line breaks and quotes around it or odd in it."""
    text = _BREAK.sub(lambda found: _joint(text, found), text.replace("\ufeff", "").strip())
    if TEXT_MARK.fullmatch(text):
        return clean_name(text[2:-1])
    if len(text) > 2 and _QUOTES.get(text[0]) == text[-1] and text[0] not in text[1:-1]:
        return clean_name(text[1:-1])
    return text.strip()


def _joint(text: str, found: re.Match[str]) -> str:
    """Return what stands for a line break: a blank between words of Latin letters, nothing in Chinese."""
    around = text[max(0, found.start() - 1) : found.start()] + text[found.end() : found.end() + 1]
    return " " if around.isascii() else ""


def find_header(
    head: Sequence[Row], layout: Layout, merges: Sequence[Merge] = (), *, name: str = "", first_column: int = 1
) -> Header:
    """Find the header among the first filled rows of a table; what lies beyond the first HEAD_ROWS is no header.

    `name` is the file's, `first_column` the number of the first cell of each row. ConversionError when the layout names
    a row that is not there, or more columns than there are.
    """
    wanted = {key(name) for name in (*layout.known_headers, *layout.columns)} - {""}
    if layout.header is not None:
        span = _given(head, layout.header, name)
    else:
        span = _search(head[:HEAD_ROWS], wanted, bool(layout.columns), merges)
    width = max((len(cells) for _, cells in head), default=0)
    if span is None:
        return _without(width, layout, name, first_column)
    begin, end = span
    if layout.header is None or len(layout.header) == 1:
        width = len(head[end - 1][1])
    raw = _joined([cells for _, cells in head[begin:end]], [number for number, _ in head[begin:end]], merges, width)
    names, unnamed, notes = _unique(raw, first_column)
    rows = [number for number, _ in head[begin:end]]
    if rows[-1] > 1 or len(rows) > 1:
        notes.insert(0, ("header-row", {"rows": "、".join(map(str, rows))}))
    above = tuple(tuple(cell.strip() for cell in cells if cell.strip()) for _, cells in head[:begin])
    return Header(names, unnamed, rows[-1], end, _hits(raw, wanted), above, notes)


def _given(head: Sequence[Row], rows: Sequence[int], name: str) -> tuple[int, int] | None:
    places = {number: index for index, (number, _) in enumerate(head)}
    for row in rows:
        if row not in places:
            raise refuse("header-not-there", name=name, row=row)
    return (min(places[row] for row in rows), max(places[row] for row in rows) + 1) if rows else None


def _without(width: int, layout: Layout, name: str, first_column: int) -> Header:
    if width < len(layout.columns):
        raise refuse("columns-not-enough", name=name, actual=width, given=len(layout.columns))
    numbers = range(len(layout.columns) + first_column, width + first_column)
    given = tuple(f"column_{number}" for number in numbers)
    names, _, _ = _unique([*layout.columns, *given], first_column)
    shown = "、".join(names[:3]) + ("…" if len(names) > 3 else "")
    return Header(names, {}, 0, 0, 0, notes=[("no-header", {"columns": shown})])


def _hits(cells: Sequence[str], wanted: set[str]) -> int:
    found = {key(cell) for cell in cells} | {key(cell.rpartition("/")[2]) for cell in cells}
    return len(found & wanted)


def is_data(cells: Sequence[str]) -> bool:
    """Tell whether a row looks like a record: a coordinate in it, or numbers, dates and the like in a quarter of it."""
    filled = [text for cell in cells if (text := cell.strip())]
    if any(_COORDINATE.fullmatch(text) for text in filled):
        return True
    values = sum(1 for text in filled if _VALUE.fullmatch(text) and not _YEAR.fullmatch(text))
    return values > 0 and values >= len(filled) / 4


def _filled(cells: Sequence[str]) -> set[int]:
    return {place for place, cell in enumerate(cells) if cell.strip()}


def _search(
    head: Sequence[Row], wanted: set[str], columns_given: bool, merges: Sequence[Merge]
) -> tuple[int, int] | None:
    """Return where the header begins and ends in `head`; None when there is none."""
    found = _by_names(head, wanted)
    if found is None:
        found = None if columns_given else _by_shape(head)
    if found is None:
        return None
    begin, end = found, found + 1
    while end < len(head) and end - begin < MOST_HEADER_ROWS and _goes_on(head[end - 1], head[end], merges):
        end += 1
    while begin > 0 and end - begin < MOST_HEADER_ROWS and _spans(head[begin - 1], head[begin], merges):
        begin -= 1
    return begin, end


def _by_names(head: Sequence[Row], wanted: set[str]) -> int | None:
    best, score = None, 0
    for index, (_, cells) in enumerate(head[:SEARCHED_ROWS]):
        hits, filled = _hits([clean_name(cell) for cell in cells], wanted), len(_filled(cells))
        enough = hits >= 2 or hits * 2 >= filled > 0
        if enough and hits > score and (hits * 2 >= filled or not is_data(cells)):
            best, score = index, hits
    return best


def _by_shape(head: Sequence[Row]) -> int | None:
    """Return the first row that is about as wide as the table; None if that one is a record already."""
    widest = max((len(_filled(cells)) for _, cells in head), default=0)
    enough = min(2, widest)
    for index, (_, cells) in enumerate(head[:SEARCHED_ROWS]):
        filled = len(_filled(cells))
        labelled = sum(1 for cell in cells if _LABELLED.fullmatch(cell.strip()))
        if filled and filled >= max(enough, widest / 2) and labelled * 2 < filled:
            return None if is_data(cells) else index
    return 0


def _goes_on(upper: Row, lower: Row, merges: Sequence[Merge]) -> bool:
    """Tell whether the row below a header's row belongs to the header too."""
    (number, cells), (below, children) = upper, lower
    if below != number + 1 or is_data(children):
        return False
    here = [merge for merge in merges if merge.top <= number <= merge.bottom]
    if any(merge.bottom > number and cells[merge.left : merge.left + 1] > [""] for merge in here):
        return True
    parents, under = _filled(cells), _filled(children)
    covered = {
        place for merge in here if merge.right > merge.left for place in range(merge.left, merge.right + 1)
    } | _groups(parents, under)
    # Every child stands under a parent of several columns, and each column has a name in one row or the other.
    return len(under) >= 2 and under <= covered


def _groups(parents: set[int], under: set[int]) -> set[int]:
    """Return the columns of parents that have blanks beside them, all with a child below."""
    found: set[int] = set()
    for place in sorted(parents):
        run = [place]
        while run[-1] + 1 not in parents and run[-1] + 1 in under:
            run.append(run[-1] + 1)
        if len(run) > 1 and place in under:
            found.update(run)
    return found


def _spans(upper: Row, lower: Row, merges: Sequence[Merge]) -> bool:
    """Tell whether the row above a header's row holds groups of its columns, and is no title."""
    (number, cells), (below, _) = upper, lower
    filled = _filled(cells)
    if below != number + 1 or len(filled) < 2 or is_data(cells):
        return False
    here = [merge for merge in merges if merge.top <= number <= merge.bottom and merge.left in filled]
    reaching = [merge for merge in here if merge.bottom >= below]
    wide = [merge for merge in here if merge.right > merge.left]
    return bool(reaching) or (
        len(wide) > 0 and not any("：" in cells[place] or ":" in cells[place] for place in filled)
    )


def _joined(rows: Sequence[list[str]], numbers: Sequence[int], merges: Sequence[Merge], width: int) -> list[str]:
    """Return a name for each column: its cells in the header's rows, parents spread over their children."""
    grid = [[*cells, *([""] * (width - len(cells)))] for cells in rows]
    own = [_filled(cells) for cells in grid]
    for index, cells in enumerate(grid[:-1]):
        under = set().union(*own[index + 1 :])
        for place in sorted(_groups(own[index], under)):
            if place not in own[index]:
                cells[place] = cells[place - 1]
    for merge in merges:
        inside = [index for index, number in enumerate(numbers) if merge.top <= number <= merge.bottom]
        if inside and merge.top in numbers and merge.left < width:
            text = grid[inside[0]][merge.left]
            for index in inside:
                for place in range(merge.left, min(merge.right + 1, width)):
                    grid[index][place] = grid[index][place] if place in own[index] else text
    names = []
    for place in range(width):
        parts = [part for cells in grid if (part := cells[place])]
        names.append("/".join(dict.fromkeys(part for part in map(clean_name, parts) if part)) if len(rows) > 1 else "")
    return names if len(rows) > 1 else list(grid[0])


def _unique(raw: Sequence[str], first_column: int) -> tuple[tuple[str, ...], dict[str, int], list[Note]]:
    """Return names that stand once each, those that were made up, and what to say about them."""
    cleaned = [clean_name(text) for text in raw]
    taken, names, unnamed, notes = set(cleaned), [], {}, []
    odd = sum(1 for text, name in zip(raw, cleaned, strict=True) if name and text != name)
    if odd:
        notes.append(("header-quotes", {"count": str(odd)}))
    seen: set[str] = set()
    for number, name in enumerate(cleaned, first_column):
        wanted, place = name or f"column_{number}", 1
        unique = wanted
        while unique in seen or ((place > 1 or not name) and unique in taken):
            place += 1
            unique = f"{wanted} ({place})"
        if not name:
            unnamed[unique] = number
        elif place > 1:
            notes.append(("header-twice", {"column": name, "name": unique}))
        seen.add(unique)
        names.append(unique)
    return tuple(names), unnamed, notes
