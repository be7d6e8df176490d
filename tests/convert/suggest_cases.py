"""Invented files, each with the fields that a suggestion has to find in it and the records that come out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import suggest_samples as samples
import xlsxwriter


@dataclass(frozen=True)
class Sample:
    """A file and what is to be found: table → fields that are filled, and more of the suggestion."""

    name: str
    write: Callable[[Path], None]
    fields: dict[str, set[str]]
    records: dict[str, int] = field(default_factory=dict)
    crs: str | None = None


def _csv(rows: Sequence[Sequence[object]], encoding: str = "utf-8") -> Callable[[Path], None]:
    return lambda path: path.write_bytes(samples.text_of(rows).encode(encoding)) and None


def _book(
    sheets: dict[str, Sequence[Sequence[object]]], merges: Sequence[tuple[str, int, int, int, int, str]] = ()
) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with xlsxwriter.Workbook(path) as book:
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                for number, row in enumerate(rows):
                    for place, value in enumerate(row):
                        if value != "":
                            sheet.write(number, place, value)
                for on, top, left, bottom, right, text in merges:
                    if on == name:
                        sheet.merge_range(top, left, bottom, right, text)

    return write


PLACE = {"longitude", "latitude"}
SAMPLES = [
    Sample(
        "outlets.csv",
        _csv(samples.OUTLETS),
        {
            "outlets": {
                "name",
                "category",
                "address",
                "opening_hours",
                "phone",
                *PLACE,
                "floor_area_m2",
                "opened_on",
                "status",
            }
        },
        {"outlets": 8},
        "WGS84",
    ),
    Sample(
        "pinyin.csv",
        _csv(samples.PINYIN, "gb18030"),
        {"outlets": {"name", "category", "address", "phone", "operator_uscc", "opened_on", "division_code"}},
        {"outlets": 8},
    ),
    Sample(
        "english.csv",
        _csv(samples.ENGLISH),
        {"outlets": {"name", "category", "address", *PLACE, "phone", "opening_hours", "staff_count"}},
        {"outlets": 8},
        "GCJ-02",
    ),
    Sample(
        "公示表.xlsx",
        _book({"Sheet1": samples.TITLED}),
        {
            "subsidies": {
                "recipient_name",
                "recipient_uscc",
                "project_id",
                "rate",
                "awarded_yuan",
                "eligible_investment_yuan",
                "disbursed_on",
                "status",
            }
        },
        {"subsidies": 7},
    ),
    Sample(
        "圈.xlsx",
        _book({"Sheet1": samples.MERGED}),
        {"circles": {"name", "status", "division_code", "population", "total_investment_yuan", "completed_on"}},
        {"circles": 6},
    ),
    Sample(
        "two_heads.xlsx",
        _book({"表": samples.TWO_HEADS}, [("表", 0, 1, 0, 2, "位置"), ("表", 0, 3, 0, 4, "联系")]),
        {"outlets": {"name", "address", *PLACE, "phone", "floor_area_m2"}},
        {"outlets": 8},
        "BD-09",
    ),
    Sample(
        "项目.csv",
        _csv(samples.PROJECTS),
        {
            "projects": {
                "name",
                "kind",
                "owner_name",
                "planned_investment_yuan",
                "actual_investment_yuan",
                "started_on",
                "completed_on",
                "status",
                "circle_id",
            }
        },
        {"projects": 6},
    ),
    Sample(
        "needs.csv",
        _csv(samples.NEEDS),
        {"needs": {"circle_id", "description", "category", "mentions", "status"}},
        {"needs": 6},
    ),
    Sample(
        "no_header.csv",
        _csv(samples.NO_HEADER),
        {"outlets": {"name", "address", *PLACE, "phone"}},
        {"outlets": 8},
        "CGCS2000",
    ),
    Sample(
        "contradicting.csv",
        _csv(samples.CONTRADICTING),
        {"outlets": {"name", "address", "opening_hours"}},
        {"outlets": 8},
    ),
    Sample("药店.csv", _csv(samples.BAKED_IN), {"outlets": {"name", "address", "phone", "category"}}, {"outlets": 6}),
    Sample(
        "coded.csv",
        _csv(samples.CODED),
        {"outlets": {"name", "category", "address", "division_code", "status"}},
        {"outlets": 8},
    ),
    Sample(
        "清单.xlsx",
        _book(samples.CIRCLES_BOOK),
        {"circles": {"name", "status", "population"}, "outlets": {"name", "category", "address", "circle_id"}},
        {"circles": 4, "outlets": 8},
    ),
    Sample(
        "surveys.csv",
        _csv(samples.SURVEYS),
        {"surveys": {"instrument", "kind", "started_on", "ended_on", "invited", "responses", "mode"}},
        {"surveys": 3},
    ),
    Sample(
        "lines.jsonl",
        lambda path: path.write_text(samples.JSON_LINES, encoding="utf-8") and None,
        {"outlets": {"name", "address", *PLACE, "opening_hours"}},
        {"outlets": 8},
        "WGS84",
    ),
    Sample(
        "missing.csv",
        _csv(samples.MISSING),
        {"outlets": {"name", "address", "phone", "floor_area_m2", "status"}},
        {"outlets": 8},
    ),
]
