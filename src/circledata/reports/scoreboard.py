"""The scoreboard of an aggregation for people and machines, and `circledata.aggregate`, which writes its page too."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from circledata.reports.scoreboard_html import page
from circledata.reports.scoreboard_text import write_text
from circledata.standard.model import Language

if TYPE_CHECKING:
    from circledata.feeds.aggregate.run import Aggregation
    from circledata.feeds.fetch import Client

Board = Mapping[str, Any]


def write_json(board: Board, language: Language, stream: TextIO) -> None:
    """Write scoreboard.json as it stands in the result."""
    del language
    json.dump(board, stream, ensure_ascii=False, indent=2)
    stream.write("\n")


def write_html(board: Board, language: Language, stream: TextIO) -> None:
    """Write the page of the scoreboard, `language` first."""
    stream.write(page(board, language))


FORMATS: Mapping[str, Callable[[Board, Language, TextIO], None]] = {
    "text": write_text,
    "json": write_json,
    "html": write_html,
}


def aggregate(
    *members: str | PathLike[str],
    out: str | PathLike[str],
    division: str | None = None,
    as_of: date | None = None,
    include_errors: bool = False,
    exchange: bool = False,
    publisher: str | None = None,
    title: str | None = None,
    client: Client | None = None,
    jobs: int | None = None,
    language: Language = "zh",
    progress: Callable[[str, float], None] | None = None,
) -> Aggregation:
    """Check the packages of many districts and write one package and one scoreboard of all into the folder `out`.

    `members`: packages (folder, ZIP, workbook), folders that hold packages, circledata.json or manifest.json; with
    `client` (circledata.feeds.fetch.Client) also http(s) addresses of these two. `division`: code of the area of the
    whole, found from the members when None. `as_of`: the day that every member is checked at, its own when None.
    `include_errors`: add up members with errors too. `exchange`: take packages of the profile exchange. `publisher`,
    `title`: of the merged package. `jobs`: processes, as many as the machine has processors when None. `language`: of
    the page that comes first.

    A member that cannot be read or has errors stands in the scoreboard with its reason; it stops nothing. What was
    checked is kept in the folder `<out>.state`, so that the next run, also after an interruption, takes in only what
    changed. `out` is replaced in one step at the end. Raises AggregateError when the arguments make no sense.
    """
    from circledata.feeds.aggregate.gather import Gather
    from circledata.feeds.aggregate.model import Settings
    from circledata.feeds.aggregate.run import aggregate as run

    settings = Settings(division, as_of, include_errors, exchange, publisher, title, jobs)
    sources = Gather(client).sources([fspath(member) for member in members])
    pages = lambda board: {"scoreboard.html": page(board, language)}  # noqa: E731
    return run(sources, Path(out), settings, pages=pages, progress=progress)


__all__: Sequence[str] = ["FORMATS", "aggregate"]
