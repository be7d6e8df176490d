"""What a file is, when nobody says it: never a provider that it may not come from, and never a guess."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from source_samples import DIVISION, csv_text
from test_boundaries import shp, square

from circledata.convert import Conversion, ConversionError, convert_files


@pytest.fixture
def convert(tmp_path: Path) -> Any:
    def run(content: str | bytes, name: str = "清单.csv", **options: Any) -> Conversion:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        more = {"as_of": date(2024, 12, 31), "coordinate_system": "GCJ-02", **options}
        return convert_files([path], division_code=DIVISION, to=tmp_path / "package", **more)

    return run


OWN = {
    "业态": "便利店",
    "统一社会信用代码": "91110000600037341L",
    "经营场所": "武威市凉州区东大街1号",
    "成立日期": "2020-01-02",
}
REGISTER = {**OWN, "登记状态": "存续", "登记机关": "某局"}


def without(row: dict[str, str], column: str) -> dict[str, str]:
    return {name: text for name, text in row.items() if name != column}


@pytest.mark.parametrize(
    ("row", "mapping"),
    [
        ({"名称": "示例便利店", **OWN}, "table"),
        ({"网点名称": "示例便利店", **without(OWN, "业态")}, "table"),
        ({"名称": "示例便利店", **REGISTER}, "table"),
        ({"名称": "示例便利店", **without(REGISTER, "业态")}, "registry"),
        ({"名称": "示例便利店", "统一社会信用代码": "91110000600037341L", "住所": "东大街1号"}, "table"),
        ({"名称": "示例便利店", "地址": "东大街1号", "经度": "102.64", "纬度": "37.92", "类别": "便利店"}, "table"),
        ({"名称": "示例便利店", "地址": "东大街1号", "经度": "102.64", "纬度": "37.92", "标签": "便利店"}, "table"),
        ({"名称": "示例便利店", "类型": "便利店", "经度": "102.64", "纬度": "37.92", "评分": "4.5"}, "table"),
        (
            {"name": "示例便利店", "address": "1号", "lat": "37.92", "lng": "102.64", "tag": "购物;便利店"},
            "baidu",
        ),
        (
            {
                "名称": "示例便利店",
                "类型": "购物服务;便民商店",
                "类型编码": "060200",
                "经度": "102.64",
                "纬度": "37.92",
            },
            "amap",
        ),
        (
            {
                "名称": "甲",
                "类型": "购物服务;便民商店",
                "评分": "4.5",
                "人均消费": "3",
                "经度": "102.64",
                "纬度": "37.92",
            },
            "amap",
        ),
    ],
)
def test_what_a_list_is(convert: Any, row: dict[str, str], mapping: str) -> None:
    assert convert(csv_text([list(row), list(row.values())])).mappings == [f"{mapping} 1.0"]


def test_one_that_may_be_something_is_not_guessed(convert: Any, tmp_path: Path) -> None:
    rows = [["店", "类型", "经度", "纬度", "评分"], ["示例", "便利店", "102.64", "37.92", "4.5"]]
    with pytest.raises(ConversionError) as caught:
        convert(csv_text(rows))
    assert "可能是 amap" in caught.value.text.zh
    assert "--from amap" in caught.value.text.en
    assert not (tmp_path / "package").exists()


def garbled(text: str) -> str:
    """Return UTF-8 as somebody reads it who takes it for Windows-1252, or for ISO-8859-1 where that has no letter."""
    return text.encode().decode("latin-1")


@pytest.mark.parametrize("source", ["table", None])
def test_a_garbled_header_is_named_as_such(convert: Any, tmp_path: Path, source: str | None) -> None:
    rows = [["网点名称", "业态", "地址"], ["示例便利店", "便利店", "东大街1号"], ["示例药房", "药店", "东大街2号"]]
    text = garbled(csv_text(rows))
    with pytest.raises(ConversionError) as caught:
        convert(text, source=source)
    assert "表头是乱码" in caught.value.text.zh
    assert "网点名称" in caught.value.text.zh
    for said in (caught.value.text.zh, caught.value.text.en):
        assert "--repair-mojibake" in said
    assert not (tmp_path / "package").exists()
    done = convert(text, source=source, repair_mojibake=True)
    assert (done.mappings, done.records["outlets"]) == (["table 1.0"], 2)


def test_a_zip_of_a_shapefile_is_known_by_its_shapes(tmp_path: Path) -> None:
    made = shp(tmp_path, [([square(102.6, 37.9)], ("示例圈", "已建成"))])
    path = tmp_path / "circles-shp.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part in sorted(made.parent.glob(f"{made.stem}.*")):
            if part.suffix != ".zip":
                archive.write(part, part.name)
    done = convert_files([path], division_code=DIVISION, to=tmp_path / "p", as_of=date(2024, 12, 31))
    assert done.records["circles"] == 1
    assert [text.zh for _, text in done.notes if "认出" in text.zh] == ["按图形认出是 shapefile。"]
