"""A list of circles, their boundaries and their outlets, from three files into one package."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from circledata import validate
from circledata.convert import convert_files

RING = [[102.6, 37.9], [102.61, 37.9], [102.61, 37.91], [102.6, 37.91], [102.6, 37.9]]
SHAPE = {"type": "Feature", "properties": {"名称": "东关生活圈"}}
SHAPE |= {"geometry": {"type": "Polygon", "coordinates": [RING]}}
SHAPES = json.dumps({"type": "FeatureCollection", "features": [SHAPE]}, ensure_ascii=False)
FILES = {
    "outlets.csv": "网点名称,业态,地址,所属生活圈,经度,纬度,营业状态\n甲店,药店,东街1号,东关生活圈,102.6,37.9,营业\n",
    "circles.csv": "生活圈名称,建设状态,区划代码,常住人口\n东关生活圈,建成,620602001,12000\n",
    "circles.geojson": SHAPES,
}


@pytest.mark.parametrize("order", [list(FILES), list(reversed(FILES))])
def test_one_package_of_three_files(convert_tables: Any, order: list[str]) -> None:
    files = {name: FILES[name] for name in order}
    result = convert_tables(files, source=None, coordinate_system="CGCS2000", publisher="示例区商务局")
    (circle,) = result.rows("circles.csv")
    assert (circle["name"], circle["status"], circle["population"]) == ("东关生活圈", "built", "12000")
    assert circle["longitude"] and circle["area_m2"]
    assert result.outlet["circle_id"] == circle["circle_id"]
    shapes = json.loads((result.folder / "circles.geojson").read_text(encoding="utf-8"))
    assert shapes["features"][0]["properties"]["circle_id"] == circle["circle_id"]
    assert [resource["name"] for resource in result.descriptor["resources"]] == [
        "circles", "outlets", "circles-geojson"
    ]  # fmt: skip
    report = validate(str(result.folder))
    assert report.valid, [finding.rule for finding in report.findings]


def test_sheets_of_one_workbook_are_tables_of_their_own(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "网点"
    for row in (
        ["2024年网点一览表"],
        ["序号", "网点名称", "业态", "地址", "所属生活圈"],
        [1, "甲店", "药店", "东街1号", "东关生活圈"],
        [2, "乙店", "便利店", "东街2号", "东关生活圈"],
        ["合计", "2家"],
    ):
        sheet.append(row)
    circles = book.create_sheet("生活圈")
    circles.append(["名称", "建设状态", "常住人口"])
    circles.append(["东关生活圈", "建成", 12000])
    book.save(tmp_path / "all.xlsx")
    conversion = convert_files(
        [tmp_path / "all.xlsx"],
        source="table",
        division_code="620602",
        to=tmp_path / "package",
        as_of=date(2024, 12, 31),
    )
    assert conversion.records == {"circles": 1, "outlets": 2}
    assert conversion.rows_in == 4 == conversion.rows_used + 1
    text = (tmp_path / "package" / "outlets.csv").read_text(encoding="utf-8-sig")
    assert text.count("620602-C001") == 2
    assert {(row.sheet, row.row, row.reason) for row in conversion.left_out} == {("网点", 5, "total")}
