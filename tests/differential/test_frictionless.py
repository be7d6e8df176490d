"""Our verdict on every cell and key beside frictionless's, on generated tables; differences are listed with reasons."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from circledata import validate
from circledata.standard import load_standard
from circledata.standard.model import Field
from circledata.standard.schemas import table_schema

STANDARD = load_standard()
OUTLETS = STANDARD.tables["outlets"]
COLUMNS = (
    "outlet_id name category address status circle_id longitude latitude opened_on floor_area_m2 "
    "staff_count mobility accepts_cash source project_id"
)
FIELDS = [OUTLETS.by_name[name] for name in COLUMNS.split()]
"""Of the table outlets: every type, required, code list, pattern, bounds, length, primary key and two foreign keys."""

CELL_RULES = {
    "required-empty",
    "not-an-integer",
    "not-a-number",
    "not-a-date",
    "not-a-boolean",
    "code-unknown",
    "pattern-mismatch",
    "below-minimum",
    "above-maximum",
    "text-too-long",
}
"""What Table Schema can say too. Decimals, lists and codes inside lists it cannot."""

Row = dict[str, str]
Cell = tuple[int, str]


@dataclass(frozen=True)
class Verdict:
    """What one program finds in the table outlets: records counted from 1."""

    cells: frozenset[Cell]
    duplicates: frozenset[int]
    orphans: frozenset[Cell]


@dataclass(frozen=True)
class Difference:
    """One kind of text on which the programs differ; `ours` and `theirs` tell who finds fault with it."""

    name: str
    kinds: tuple[str, ...]
    text: str
    """An example; it is tried in a test of its own."""
    ours: bool
    theirs: bool
    means: Callable[[str], bool]
    """Whether a text is of this kind."""
    reason: str
    column: str | None = field(default=None)


def _decimal_digits(text: str) -> bool:
    return any(character.isdecimal() and not character.isascii() for character in text)


DIFFERENCES = [
    Difference(
        "exponent", ("number",), "1e5", True, False, lambda text: bool(re.search("[eE]", text)),
        "The standard writes numbers with digits and a point: spreadsheets make 1e5 of ids and long numbers.",
    ),
    Difference(
        "infinity", ("number",), "Infinity", True, False, lambda text: bool(re.search("nan|inf", text, re.IGNORECASE)),
        "NaN and infinity are no figures; they poison every sum.",
    ),
    Difference(
        "blanks around", ("integer", "number"), " 4", True, False, lambda text: text.strip() != text,
        "Python's int and Decimal pass over blanks; other readers stop at them.",
    ),
    Difference(
        "plus sign", ("integer", "number"), "+4", True, False, lambda text: text.startswith("+"),
        "One number has one spelling.",
    ),
    Difference(
        "underscores", ("integer", "number"), "1_000", True, False, lambda text: "_" in text,
        "Underscores between digits are Python's own.",
    ),
    Difference(
        "other digits", ("integer", "number", "date"), "１２", True, False, _decimal_digits,
        "Digits are half-width; Python reads the digits of every script.",
    ),
    Difference(
        "bare point", ("number",), ".5", True, False, lambda text: bool(re.search(r"(^[+-]?|[^0-9])\.|\.$", text)),
        "A point stands between digits.",
    ),
    Difference(
        "beyond 64 bits", ("integer",), "99999999999999999999", True, False, lambda text: len(text.strip("-+ 0")) > 18,
        "No count of the standard is that large, and most programs cannot hold it.",
    ),
    Difference(
        "short date", ("date",), "2024-1-5", True, False, lambda text: len(text) < 10,
        "A date has ten characters, so that texts sort as dates do.",
    ),
    Difference(
        "several words for true", ("boolean",), "True", True, False,
        lambda text: text in {"True", "TRUE", "False", "FALSE", "1", "0"},
        "The standard writes true and false; frictionless takes the four spellings of Table Schema.",
    ),
    Difference(
        "blank text", ("string",), "\u3000", False, False, lambda text: bool(text) and not text.strip(),
        "Both take a required cell of blanks as filled; our rule spaces-around finds it.", "name",
    ),
]  # fmt: skip


def difference(item: Field, text: str, ours: bool, theirs: bool) -> Difference | None:
    """Find the listed difference that explains why verdicts on a cell differ."""
    for entry in DIFFERENCES:
        if item.type in entry.kinds and (entry.ours, entry.theirs) == (ours, theirs) and entry.means(text):
            return entry
    return None


def told_as_swapped(row: Row) -> bool:
    """Whether CD505 tells the real fault of a latitude above 90, so that the range is not told as well."""
    try:
        return 3.8 <= float(row["longitude"]) <= 53.6 and 73.4 <= float(row["latitude"]) <= 135.2
    except ValueError:
        return False


def write_package(folder: Path, outlets: Sequence[Row], circles: Sequence[str] = ("620602-C001",)) -> Path:
    """Write a package of outlets, circles and projects (one: 620602-P001)."""
    rows = {
        "circles": [
            {"circle_id": name, "name": "圈", "division_code": "620602001", "status": "planned"} for name in circles
        ],
        "projects": [{"project_id": "620602-P001", "name": "项目", "status": "proposed"}],
        "outlets": list(outlets),
    }
    resources: list[dict[str, Any]] = []
    for name, content in rows.items():
        columns = [item.name for item in FIELDS] if name == "outlets" else list(content[0])
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(content)
        schema = table_schema(STANDARD.tables[name], STANDARD, set(rows))
        by_name = {entry["name"]: entry for entry in schema["fields"]}
        schema["fields"] = [by_name[column] for column in columns]
        if name != "outlets":
            schema.pop("foreignKeys", None)
        resources.append({"name": name, "path": f"{name}.csv", "type": "table", "encoding": "utf-8", "schema": schema})
    descriptor = {
        "name": "generated",
        "title": "generated",
        "created": "2025-01-10T09:00:00+08:00",
        "licenses": [{"name": "CC0-1.0"}],
        "contributors": [{"title": "示例", "roles": ["publisher"]}],
        "resources": resources,
        "circledata": {
            "version": "1.0",
            "division_code": "620602",
            "as_of": "2024-12-31",
            "coordinate_system": "CGCS2000",
            "profile": "open",
            "synthetic": True,
        },
    }
    path = folder / "datapackage.json"
    path.write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")
    return path


def our_verdict(path: Path) -> Verdict:
    """Validate with circledata."""
    report = validate(path, max_examples=None)
    assert report.complete
    cells, duplicates, orphans = set(), set(), set()
    for finding in report.findings:
        if finding.table != "outlets" or finding.row is None or finding.column is None:
            continue
        name, record = STANDARD.rules[finding.rule].name, finding.row - 1
        if name in CELL_RULES:
            cells.add((record, finding.column))
        elif name == "primary-key-duplicate":
            duplicates.add(record)
        elif name == "foreign-key-missing":
            orphans.add((record, finding.column))
    return Verdict(frozenset(cells), frozenset(duplicates), frozenset(orphans))


def their_verdict(path: Path) -> tuple[Verdict, list[tuple[int, str]]]:
    """Validate with frictionless; returns its verdict and every error about a duplicate as it reports it."""
    report = Package(str(path)).validate(limit_errors=1_000_000)
    task = next(task for task in report.tasks if task.name == "outlets")
    cells, orphans, repeated = set(), set(), []
    for error in task.errors:
        kind, record = error.type, getattr(error, "row_number", 0) - 1
        if kind in {"type-error", "constraint-error"}:
            cells.add((record, error.field_name))
        elif kind in {"unique-error", "primary-key"}:
            repeated.append((record, kind))
        elif kind == "foreign-key":
            orphans.update((record, name) for name in error.field_names)
        else:
            raise AssertionError(f"frictionless reports {kind}: {error.message}")
    duplicates = frozenset(record for record, _ in repeated)
    return Verdict(frozenset(cells), duplicates, frozenset(orphans)), repeated


GOOD: dict[str, str] = {item.name: item.example for item in FIELDS} | {
    "category": "convenience-store",
    "circle_id": "620602-C001",
    "project_id": "620602-P001",
}

NUMBERS = """
0 1 -1 1.5 -0 007 180 180.000001 -180.5 90.5 1e5 1E-2 NaN inf .5 5. +4 1_000 １２ 1,000 0x10 - 1.2.3 12abc １.５
99999999999999999999 1e400
"""
DATES = """
2024-02-29 2023-02-29 2024-1-5 2024-13-01 20240105 2024/01/05 0000-01-01 9999-12-31 10000-01-01 ２０２４-01-05
2024-01-05T00:00:00 2024年1月5日
"""
BOOLEANS = "true false True TRUE False 1 0 yes 是 tRue"
TRICKY: dict[str, list[str]] = {
    "integer": [*NUMBERS.split(), " 4", "4 ", "", "4.0"],
    "number": [*NUMBERS.split(), " 4", "4 ", "", "4.000"],
    "date": [*DATES.split(), " 2024-01-05", "2024-01-05 ", ""],
    "boolean": [*BOOLEANS.split(), " true", ""],
}
IDS = [
    "620602-O1",
    "620602-O2",
    "620602-O3",
    "620602001-O4",
    "62060-O5",
    "620602-O",
    "620602-C001",
    "620602-O1234567890",
]
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)


def cell(item: Field) -> st.SearchStrategy[str]:
    """Texts for one column: mostly good, often at an edge, sometimes anything."""
    if item.type != "string":
        return st.one_of(st.just(item.example), st.sampled_from(TRICKY[item.type]), st.integers(-999, 999).map(str))
    if item.name == "outlet_id":
        # Most ids differ, so that duplicates stay rare.
        return st.one_of(st.integers(10, 10**8).map("620602-O{}".format), st.sampled_from(IDS))
    if item.codelist and not item.codelist_extended_by:
        return st.sampled_from([*STANDARD.codelists[item.codelist].codes, "", "Open", " open", "开"])
    if item.name in {"circle_id", "project_id"}:
        letter = item.name[0].upper()
        good = f"620602-{letter}001"
        return st.sampled_from([good, good, "", f"620602-{letter}002", f"620602-{letter}01", good + "x", "x" + good])
    if item.max_length:
        return st.one_of(
            TEXT, st.sampled_from(["", " ", "字" * item.max_length, "字" * (item.max_length + 1), 'a"b', "a,b"])
        )
    return st.just(GOOD[item.name])


ROWS = st.lists(st.fixed_dictionaries({item.name: cell(item) for item in FIELDS}), min_size=25, max_size=40)


# Nothing is gained by shrinking: a failure names the cells at once.
@settings(max_examples=5, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(rows=ROWS)
def test_verdicts_agree_cell_by_cell(rows: list[Row], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = write_package(tmp_path_factory.mktemp("generated"), rows)
    ours, (theirs, _) = our_verdict(path), their_verdict(path)
    by_name = OUTLETS.by_name
    unexplained = [
        (column, rows[record - 1][column], "only circledata" if (record, column) in ours.cells else "only frictionless")
        for record, column in ours.cells ^ theirs.cells
        if difference(
            by_name[column],
            rows[record - 1][column],
            (record, column) in ours.cells,
            (record, column) in theirs.cells,
        )
        is None
        and not (column == "latitude" and told_as_swapped(rows[record - 1]))
    ]
    assert unexplained == []
    sound = {record for record in range(1, len(rows) + 1) if (record, "outlet_id") not in ours.cells}
    # A key whose own form is wrong is reported as that and no second time (see the test below).
    assert ours.duplicates == theirs.duplicates & sound
    assert ours.orphans == theirs.orphans - ours.cells


@pytest.fixture(scope="module")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Verdict, Verdict]:
    """One package with one row for every listed difference."""
    rows = [
        GOOD | {"outlet_id": f"620602-O{n}", column_of(entry): entry.text} for n, entry in enumerate(DIFFERENCES, 1)
    ]
    path = write_package(tmp_path_factory.mktemp("differences"), rows)
    return our_verdict(path), their_verdict(path)[0]


def column_of(entry: Difference) -> str:
    free = {"number": "floor_area_m2", "integer": "staff_count", "date": "opened_on", "boolean": "accepts_cash"}
    return entry.column or free[entry.kinds[0]]


@pytest.mark.parametrize("number", range(1, len(DIFFERENCES) + 1), ids=[entry.name for entry in DIFFERENCES])
def test_listed_difference_is_there(number: int, demonstrated: tuple[Verdict, Verdict]) -> None:
    entry, (ours, theirs) = DIFFERENCES[number - 1], demonstrated
    place = (number, column_of(entry))
    assert entry.means(entry.text)
    assert ((place in ours.cells), (place in theirs.cells)) == (entry.ours, entry.theirs)


def both(tmp_path: Path, rows: Iterable[Row]) -> tuple[Verdict, Verdict, list[tuple[int, str]]]:
    path = write_package(tmp_path, list(rows))
    theirs, repeated = their_verdict(path)
    return our_verdict(path), theirs, repeated


def test_frictionless_reports_a_duplicate_twice_and_circledata_once(tmp_path: Path) -> None:
    ours, theirs, repeated = both(tmp_path, [GOOD, GOOD])
    assert ours.duplicates == theirs.duplicates == {2}
    assert sorted(kind for _, kind in repeated) == ["primary-key", "unique-error"]


def test_a_malformed_key_is_reported_once_by_circledata_and_again_as_duplicate_by_frictionless(tmp_path: Path) -> None:
    bad = GOOD | {"outlet_id": "620602-X1"}
    ours, theirs, _ = both(tmp_path, [bad, bad])
    assert ours.cells == {(1, "outlet_id"), (2, "outlet_id")} == theirs.cells
    assert (ours.duplicates, theirs.duplicates) == (frozenset(), {2})


def test_a_malformed_reference_is_reported_once_by_circledata_and_twice_by_frictionless(tmp_path: Path) -> None:
    ours, theirs, _ = both(tmp_path, [GOOD | {"circle_id": "620602-X1"}])
    assert ours.cells == {(1, "circle_id")} == theirs.cells
    assert (ours.orphans, theirs.orphans) == (frozenset(), {(1, "circle_id")})


def test_what_table_schema_cannot_say_only_circledata_finds(tmp_path: Path) -> None:
    rows = [{"programme_id": "620602-F001", "cap_yuan": "1.001", "eligible_costs": "a;;b"}]
    schema = table_schema(STANDARD.tables["programmes"], STANDARD, {"programmes"})
    assert not any("decimals" in entry.get("constraints", {}) for entry in schema["fields"])
    path = tmp_path / "programmes.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        columns = [item.name for item in STANDARD.tables["programmes"].fields]
        writer = csv.DictWriter(stream, columns, restval="示例", lineterminator="\n")
        writer.writeheader()
        empty = dict.fromkeys(
            ("document_number", "valid_from", "valid_to", "rate", "floor_investment_yuan", "budget_yuan"), ""
        )
        writer.writerows(empty | row for row in rows)
    report = validate(path, table="programmes", max_examples=None)
    names = {STANDARD.rules[finding.rule].name for finding in report.findings}
    assert {"too-many-decimals", "list-malformed"} <= names
