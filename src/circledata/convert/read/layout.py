"""How a foreign file is laid out, as far as somebody said so; what was not said is looked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """What is known of a file's layout; None and empty where nothing was said.

    `sheet`: name of a sheet, or its number from 1 in the order of the tabs, hidden ones counted; None takes the sheets
    whose header fits best. `header`: numbers of the header's rows as a spreadsheet shows them (CSV: physical lines),
    `()` for no header. `columns`: names for the columns of a file without header. `fill_down`: columns whose blank
    cells repeat the cell above. `delimiter` and `encoding`: of a CSV. `known_headers`: names of columns that somebody
    can use; the row that holds most of them is the header.
    """

    sheet: str | int | None = None
    header: tuple[int, ...] | None = None
    columns: tuple[str, ...] = ()
    fill_down: tuple[str, ...] = ()
    delimiter: str | None = None
    encoding: str | None = None
    known_headers: Collection[str] = frozenset()
