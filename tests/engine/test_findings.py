"""What the engine finds, and what it leaves alone: counts, examples, silence, order."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from circledata import validate


def outlet(number: int, **cells: object) -> dict[str, object]:
    return {
        "outlet_id": f"620602-O{number:06d}",
        "name": f"第{number}店",
        "category": "repair",
        "address": f"东大街{number}号",
        "status": "open",
        **cells,
    }


def codes(report) -> list[tuple[str, int | None, str | None]]:
    return [(item.rule, item.row, item.column) for item in report.findings if item.level != "advice"]


def test_counts_are_exact_when_examples_are_capped(make_package) -> None:
    package = make_package({"outlets": [outlet(n, status="opne") for n in range(1, 51)]})
    report = validate(package, max_examples=3)
    assert [(item.rule, item.row) for item in report.findings if item.rule == "CD206"] == [
        ("CD206", 2),
        ("CD206", 3),
        ("CD206", 4),
    ]
    assert {item.code: item.count for item in report.rules}["CD206"] == 50
    assert report.counts["error"] == 50


def test_all_examples_come_without_a_cap_and_can_be_read_twice(make_package) -> None:
    package = make_package({"outlets": [outlet(n, status="opne") for n in range(1, 2001)]})
    report = validate(package, max_examples=None)
    first = [item.row for item in report.findings if item.rule == "CD206"]
    assert first == list(range(2, 2002))
    assert [item.row for item in report.findings if item.rule == "CD206"] == first


def test_a_cell_that_is_not_of_its_type_silences_the_rules_that_read_it(make_package) -> None:
    package = make_package({"outlets": [outlet(1, status="closed", opened_on="2024-05-01", closed_on="2024年3月1日")]})
    assert codes(validate(package)) == [("CD204", 2, "closed_on")]


def test_a_cell_is_reported_for_its_form_once(make_package) -> None:
    package = make_package({"outlets": [outlet(1, circle_id=" 620602-C000001")]})
    found = [item.rule for item in validate(package).findings if item.table == "outlets" and item.level != "advice"]
    assert found == ["CD207"]


def test_suggestions_say_what_to_type(make_package) -> None:
    rows = [
        outlet(1, opened_on="2024年3月1日"),
        outlet(2, status="营业"),
        outlet(3, staff_count="３"),
        outlet(4, accepts_cash="是"),
    ]
    found = {item.column: item.params.get("suggestion") for item in validate(make_package({"outlets": rows})).findings}
    assert found["opened_on"] == "2024-03-01"
    assert found["status"] == "open"
    assert found["staff_count"] == "3"
    assert found["accepts_cash"] == "true"


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("12", True),
        ("-3", True),
        ("007", True),
        ("1e5", False),
        ("0x10", False),
        ("1_000", False),
        ("1.0", False),
        ("12 ", False),
        ("１２", False),
    ],
)
def test_integers_are_read_strictly(make_package, text: str, fine: bool) -> None:
    report = validate(make_package({"outlets": [outlet(1, staff_count=text)]}))
    assert ("CD202" not in {code for code, _, _ in codes(report)}) == fine


@pytest.mark.parametrize(
    ("text", "fine"),
    [("2024-02-29", True), ("2023-02-29", False), ("2024-2-9", False), ("20240209", False), ("12024-01-01", False)],
)
def test_dates_are_read_strictly(make_package, text: str, fine: bool) -> None:
    report = validate(make_package({"outlets": [outlet(1, verified_on=text)]}))
    assert ("CD204" not in {code for code, _, _ in codes(report)}) == fine


@pytest.mark.parametrize(
    ("text", "fine"), [("1.5", True), ("-0.25", True), (".5", False), ("1e3", False), ("NaN", False)]
)
def test_numbers_are_read_strictly(make_package, text: str, fine: bool) -> None:
    report = validate(make_package({"outlets": [outlet(1, floor_area_m2=text)]}))
    assert ("CD203" not in {code for code, _, _ in codes(report)}) == fine


def test_values_are_shown_as_the_file_has_them(make_package) -> None:
    package = make_package({"outlets": [outlet(1, floor_area_m2="-007.50")]})
    assert [item.value for item in validate(package).findings if item.rule == "CD208"] == ["-007.50"]


def test_a_ragged_record_is_not_checked_but_its_key_still_counts(make_package) -> None:
    package = make_package({"outlets": [outlet(1, circle_id="620602-C000007")]})
    circles = package / "circles.csv"
    header = circles.read_text(encoding="utf-8").splitlines()[0]
    circles.write_text(f"{header}\n620602-C000007,短\n", encoding="utf-8")
    assert codes(validate(package)) == [("CD138", 2, None)]


def test_duplicate_ids_name_the_first_place(make_package) -> None:
    package = make_package({"outlets": [outlet(1), outlet(2), outlet(1, name="另一家", address="别处")]})
    found = [item for item in validate(package).findings if item.rule == "CD301"]
    assert [(item.row, item.column, item.params["first_row"]) for item in found] == [(4, "outlet_id", 2)]


def test_what_a_single_file_cannot_tell_is_noted(make_package) -> None:
    package = make_package({"outlets": [outlet(1, circle_id="620602-C000001")]})
    report = validate(package / "outlets.csv")
    assert "not-checked" in {note.code for note in report.notes}
    assert "CD302" not in {item.code for item in report.rules}


def test_personal_data_is_never_shown(make_package) -> None:
    number = "11010519491231002X"
    rows = [outlet(1, name=f"张三 {number}", opened_on=f"{number}"), outlet(2, source=number, circle_id=number)]
    report = validate(make_package({"outlets": rows}))
    shown = json.dumps([[item.value, *map(str, item.params.values())] for item in report.findings], ensure_ascii=False)
    assert number not in shown
    assert "CD601" in {item.code for item in report.rules}


def test_several_threads_may_validate_at_once(make_package) -> None:
    packages = [make_package({"outlets": [outlet(n, status="x" * n) for n in range(1, 20 + k)]}) for k in range(6)]
    with ThreadPoolExecutor(max_workers=6) as pool:
        counts = list(pool.map(lambda package: validate(package).counts["error"], packages))
    assert counts == [19 + k for k in range(6)]


def test_the_same_input_gives_the_same_findings(make_package) -> None:
    rows = [outlet(n % 40, status="no", opened_on="x") for n in range(1, 80)]
    package = make_package({"outlets": rows})
    assert list(validate(package).findings) == list(validate(package).findings)


def test_nothing_of_the_user_is_changed(make_package) -> None:
    package = make_package({"outlets": [outlet(1, status="?")]})
    before = {path: path.read_bytes() for path in package.rglob("*") if path.is_file()}
    list(validate(package).findings)
    assert {path: path.read_bytes() for path in package.rglob("*") if path.is_file()} == before


def test_temporary_files_go_with_the_report(make_package, monkeypatch, tmp_path: Path) -> None:
    import tempfile

    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    report = validate(make_package({"outlets": [outlet(1)]}))
    assert report.valid
    del report
    assert list(scratch.iterdir()) == []


def test_a_personal_field_of_an_extension_stays_out_of_the_open_profile(make_package, monkeypatch) -> None:
    from dataclasses import replace

    from circledata.standard import load, load_standard

    standard = load_standard()
    outlets = standard.tables["outlets"]
    fields = tuple(replace(item, personal=item.name == "brand") for item in outlets.fields)
    extended = replace(standard, tables={**standard.tables, "outlets": replace(outlets, fields=fields)})
    monkeypatch.setattr(load, "_load", lambda version, extensions: extended)
    rows = [outlet(1, brand="某某"), outlet(2)]
    found = [
        (item.row, item.value) for item in validate(make_package({"outlets": rows})).findings if item.rule == "CD606"
    ]
    assert found == [(2, None)]
    report = validate(make_package({"outlets": rows}, profile="exchange"))
    assert "CD606" not in {item.code for item in report.rules}


def test_an_input_that_is_large_for_the_machine_is_kept_on_disk(make_package, monkeypatch) -> None:
    from circledata.engine import session

    package = make_package({"outlets": [outlet(n, status="opne") for n in range(1, 30)]})
    in_memory = list(validate(package).findings)
    monkeypatch.setattr(session, "DISK_FROM_SHARE", 0.0)
    report = validate(package)
    assert list(report.findings) == in_memory
    assert report.counts["error"] == 29


def test_a_missing_column_is_told_once_and_nothing_is_made_of_it(make_package) -> None:
    circle = {"circle_id": "620602-C000001", "status": "built", "completed_on": "2024-06-30", "population": 20000}
    package = make_package(
        {"circles": [circle], "outlets": [outlet(n, circle_id="620602-C000001") for n in range(1, 4)]}
    )
    path = package / "outlets.csv"
    lines = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    gone = lines[0].index("status")
    kept = (",".join(cell for place, cell in enumerate(line) if place != gone) for line in lines)
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert codes(validate(package)) == [("CD147", 1, "status")]


def test_what_is_wrong_with_the_package_itself_comes_first(make_package) -> None:
    package = make_package({"outlets": [outlet(1, status="opne")]})
    descriptor = package / "datapackage.json"
    descriptor.write_text(descriptor.read_text(encoding="utf-8").replace('"1.0"', '"9.9"'), encoding="utf-8")
    found = [item.rule for item in validate(package).findings if item.level == "error"]
    assert found == ["CD120", "CD206"]
