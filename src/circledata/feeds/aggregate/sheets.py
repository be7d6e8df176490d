"""The lists that people open in WPS or Excel: members.csv, conflicts.csv and scoreboard.csv."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from circledata.convert.output.package import csv_content
from circledata.feeds.aggregate.conflicts import KINDS, Conflict
from circledata.feeds.aggregate.model import Member
from circledata.findings.model import LEVELS

CONFLICTS = (
    *("kind", "table", "division_code", "id", "name", "publisher"),
    *("other_division_code", "other_id", "other_name", "other_publisher", "distance_m", "what_zh", "what_en"),
)
_FACTS = ("division_code", "name_zh", "name_en", "publisher", "title", "source", "taken", "as_of")


def conflict_rows(conflicts: Iterable[Conflict], members: Mapping[int, Member]) -> Iterator[list[object]]:
    """Yield the rows of conflicts.csv: first the member whose record is in the sum."""
    for item in conflicts:
        first, other = members[item.ord], members[item.other_ord]
        yield [
            *(item.kind, item.table, first.division_code, item.id, item.name, _publisher(first)),
            *(other.division_code, item.other_id, item.other_name, _publisher(other), item.distance_m),
            *(KINDS[item.kind].zh, KINDS[item.kind].en),
        ]


def _publisher(member: Member) -> str | None:
    return member.record.publisher if member.record else None


def member_rows(board: Mapping[str, Any]) -> Iterator[list[object]]:
    """Yield the rows of members.csv: every member with its own day, and how to find it again."""
    for member in board["members"]:
        yield [
            *_facts(member),
            *(member[key] for key in ("standard", "coordinate_system", "profile", "synthetic", "content")),
            *(member["records"].get(table) for table in board["totals"]["records"]),
        ]


def score_rows(board: Mapping[str, Any]) -> Iterator[list[object]]:
    """Yield the rows of scoreboard.csv: the quality and the figures of every member."""
    for member in board["members"]:
        yield [
            *_facts(member),
            *(member["findings"][level] for level in LEVELS),
            member["conflicts"],
            *(member["figures"][item["name"]] for item in board["indicators"]),
            "；".join(reason["text"]["zh"] for reason in member["reasons"]),
            " ".join(reason["text"]["en"] for reason in member["reasons"]),
        ]


def _facts(member: Mapping[str, Any]) -> list[object]:
    name = member["name"] or {}
    return [
        *(member["division_code"], name.get("zh"), name.get("en"), member["publisher"], member["title"]),
        *(member["source"], "true" if member["taken"] else "false", member["as_of"]),
    ]


def write_sheets(folder: Path, board: Mapping[str, Any], conflicts: Iterable[Sequence[object]]) -> None:
    """Write the three lists into `folder`; the cells are marked where a spreadsheet would compute them."""
    settings = ("standard", "coordinate_system", "profile", "synthetic", "content_sha256")
    tables = tuple(f"records_{table}" for table in board["totals"]["records"])
    figures = tuple(item["name"].replace("-", "_") for item in board["indicators"])
    lists: dict[str, tuple[Sequence[str], Iterable[Sequence[object]]]] = {
        "members.csv": ((*_FACTS, *settings, *tables), member_rows(board)),
        "conflicts.csv": (CONFLICTS, conflicts),
        "scoreboard.csv": ((*_FACTS, *LEVELS, "conflicts", *figures, "reasons_zh", "reasons_en"), score_rows(board)),
    }
    for name, (columns, rows) in lists.items():
        with (folder / name).open("wb") as stream:
            csv_content(columns, ([_cell(cell) for cell in row] for row in rows))(stream)


def _cell(cell: object) -> object:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else cell
