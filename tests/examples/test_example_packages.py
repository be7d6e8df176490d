"""The examples say what they are, follow from their scripts, and are judged as their read-mes promise."""

from __future__ import annotations

import csv
import json
import sys
import warnings
from pathlib import Path

import pytest

from circledata import validate
from circledata.standard import extension_versions, load_standard

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
sys.path.insert(0, str(EXAMPLES))

import broken_district  # noqa: E402
import build  # noqa: E402
import package_writer  # noqa: E402

GOOD = ("liangzhou", "lhasa", "demo-district", "demo-exchange")
INVENTED = ("demo-district", "demo-exchange", "broken-district")


def rows(example: str, table: str) -> list[dict[str, str]]:
    with (EXAMPLES / example / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def descriptor(example: str) -> dict:
    return json.loads((EXAMPLES / example / "datapackage.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", [*build.EXAMPLES, build.SOURCES])
def test_what_is_committed_is_what_the_script_writes(name: str) -> None:
    assert build.stale(name) == [], "run: python examples/build.py"


@pytest.mark.parametrize("name", build.EXAMPLES)
def test_every_example_says_in_both_languages_what_is_real(name: str) -> None:
    chinese = (EXAMPLES / name / "README.md").read_text(encoding="utf-8")
    english = (EXAMPLES / name / "README.en.md").read_text(encoding="utf-8")
    if name in INVENTED:
        assert "全部编造" in chinese and "All invented" in english
    else:
        assert "真实内容" in chinese and "Real content" in english
    assert descriptor(name)["circledata"]["synthetic"] is (name in INVENTED)
    for index in ("README.md", "README.en.md"):
        assert f"[{name}]({name}/{index})" in (EXAMPLES / index).read_text(encoding="utf-8")


def test_the_input_files_say_that_they_are_invented_and_list_every_file() -> None:
    folder = EXAMPLES / build.SOURCES
    for ending, words in ((".md", "全部编造"), (".en.md", "All invented")):
        text = (folder / f"README{ending}").read_text(encoding="utf-8")
        assert words in text
        listed = {path.name for path in folder.iterdir() if f"`{path.name}`" in text}
        assert {path.name for path in folder.iterdir()} - listed == {"README.md", "README.en.md"}
        assert f"[{build.SOURCES}]({build.SOURCES}/README{ending})" in (EXAMPLES / f"README{ending}").read_text("utf-8")


@pytest.mark.parametrize("name", GOOD)
def test_a_good_example_has_no_error_and_only_warnings_that_its_readme_names(name: str) -> None:
    report = validate(EXAMPLES / name)
    known = [("circle-completion-date-missing", 3)] if name == "lhasa" else []
    assert [(item.name, item.count) for item in report.rules if item.level != "advice"] == known
    assert report.valid and report.complete


@pytest.mark.parametrize("name", GOOD)
def test_a_good_example_passes_frictionless(name: str) -> None:
    from frictionless import Package

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report = Package(str(EXAMPLES / name / "datapackage.json")).validate()
    assert report.flatten(["title", "message"]) == []


def test_the_broken_example_has_exactly_the_faults_that_it_lists() -> None:
    report = validate(EXAMPLES / "broken-district")
    found = {(item.rule, item.table, item.row, item.column) for item in report.findings if item.level != "advice"}
    code = {fault: report.standard.rule(fault.rule).code for fault in broken_district.FAULTS}
    assert found == {(code[f], f.table, f.record + 1, f.column) for f in broken_district.FAULTS}
    assert sum(item.count for item in report.rules if item.level != "advice") == len(broken_district.FAULTS)


def test_the_invented_district_shows_every_table() -> None:
    extensions = {name: versions[-1] for name, versions in extension_versions().items()}
    standard = load_standard("1.0", extensions)
    shown = {
        resource["name"]
        for name in ("demo-district", "demo-exchange")
        for resource in descriptor(name)["resources"]
        if resource.get("type") == "table" and rows(name, resource["name"])
    }
    assert shown == set(standard.tables)
    assert descriptor("demo-district")["circledata"]["extensions"] == extensions


def test_the_chain_from_need_to_outlet_is_whole() -> None:
    met = {row["project_id"] for row in rows("demo-district", "needs") if row["status"] == "met"}
    paid = {row["project_id"] for row in rows("demo-district", "subsidies") if row["status"] == "paid"}
    opened = {row["project_id"] for row in rows("demo-district", "outlets")}
    assert met & paid & opened, "some need was met by a project that was paid for and became an outlet"


def test_invented_ids_never_meet_real_ones() -> None:
    real = {row["circle_id"] for row in rows("liangzhou", "circles")}
    for name in INVENTED:
        assert real.isdisjoint(row["circle_id"] for row in rows(name, "circles"))


def test_liangzhou_holds_the_eight_circles_of_the_plan_and_nothing_that_it_does_not_say() -> None:
    circles = rows("liangzhou", "circles")
    assert [row["name"] for row in circles] == [
        "东大街", "西大街", "西关街", "宣武市医院", "宣武皇台", "火车站街", "东关街", "荣华街",
    ]  # fmt: skip
    filled = {name for row in circles for name, value in row.items() if value}
    assert filled == {"circle_id", "name", "division_code", "status", "target_grade", "planned_completion"}
    assert sum(row["planned_completion"] == "2024-12-31" for row in circles) == 5


def test_a_cell_is_written_as_the_standard_wants_it() -> None:
    written = {None: "", True: "true", 0.5: "0.5", 12000.0: "12000", ("a", "b"): "a;b", "x": "x"}
    assert {value: package_writer.cell(value) for value in written} == written


def test_a_row_with_a_misspelt_column_is_refused() -> None:
    with pytest.raises(ValueError, match="nmae"):
        package_writer.csv_text(["name"], [{"nmae": "x"}])
