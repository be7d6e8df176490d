"""Known sources are named, with their mapping cut to the file; what cannot be looked at is refused with a sentence."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
import suggest_samples as samples
import yaml

from circledata.cli.program import Program
from circledata.convert import convert_files
from circledata.convert.model import ConversionError
from circledata.convert.suggest import suggest, suggest_mapping

EIGHT = range(8)


def features(kind: str, *geometries: object) -> str:
    """Return a GeoJSON file of circles."""
    made = [
        {
            "type": "Feature",
            "properties": {"name": f"{samples.STREETS[n]}生活圈", "状态": "已建成"},
            "geometry": {"type": kind, "coordinates": geometry},
        }
        for n, geometry in enumerate(geometries)
    ]
    return json.dumps({"type": "FeatureCollection", "features": made}, ensure_ascii=False)


def square(west: float) -> list[list[list[float]]]:
    east = west + 0.01
    return [[[west, 37.9], [east, 37.9], [east, 37.91], [west, 37.91], [west, 37.9]]]


POIS = [
    {
        "id": f"B0{n}",
        "name": samples.NAMES[n],
        "typecode": "060200",
        "address": samples.address(n),
        "location": f"102.63{n},37.92{n}",
        "adcode": "620602",
        "tel": [],
    }
    for n in EIGHT
]
AMAP = json.dumps({"pois": POIS}, ensure_ascii=False)
OSM = samples.text_of(
    [["osmid", "shop", "name", "lon", "lat"], *([n, "convenience", samples.NAMES[n], "102.6", "37.9"] for n in EIGHT)]
)
BAIDU = samples.text_of(
    [
        ["name", "address", "lat", "lng", "tag"],
        *([samples.NAMES[n], samples.address(n), f"37.9{n}2", f"102.6{n}1", "购物;便利店"] for n in EIGHT),
    ]
)
REGISTRY = samples.text_of(
    [
        ["统一社会信用代码", "名称", "经营场所", "行业代码", "登记机关", "法定代表人"],
        *([samples.USCC[n], samples.NAMES[n], samples.address(n), "5213", "市场监管局", "王小明"] for n in EIGHT),
    ]
)
WJX = samples.text_of(
    [
        ["序号", "提交答卷时间", "所用时间", "来自IP", "1、您对生活圈总体满意吗"],
        *([n, f"2024/3/{n + 1} 10:00:00", "60秒", "10.0.0.1", ["满意", "一般"][n % 2]] for n in range(20)),
    ]
)
AREAS = features("Polygon", square(102.6), square(102.7), square(102.8))


@pytest.mark.parametrize(
    ("name", "content", "source", "table"),
    [
        ("a.json", AMAP, "amap", "outlets"),
        ("o.csv", OSM, "osm", "outlets"),
        ("b.csv", BAIDU, "baidu", "outlets"),
        ("r.csv", REGISTRY, "registry", "outlets"),
        ("w.csv", WJX, "wjx", "surveys"),
        ("g.geojson", AREAS, "geojson", "circles"),
    ],
)
def test_a_known_source_is_named_and_its_own_mapping_gives_the_same(
    tmp_path: Path, name: str, content: str, source: str, table: str
) -> None:
    path, mapping = tmp_path / name, tmp_path / "m.yaml"
    path.write_text(content, encoding="utf-8")
    made, text = suggest(path), suggest_mapping(path)
    assert made.known_source == source
    assert f"--from {source}" in text
    mapping.write_text(text, encoding="utf-8")
    common = {"division_code": "620602", "as_of": date(2024, 12, 31), "coordinate_system": "GCJ-02"}
    ours = convert_files([path], mapping=mapping, to=tmp_path / "ours", **common)  # type: ignore[arg-type]
    theirs = convert_files([path], source=source, to=tmp_path / "theirs", **common)  # type: ignore[arg-type]
    assert ours.records == theirs.records
    assert (tmp_path / "ours" / f"{table}.csv").read_bytes() == (tmp_path / "theirs" / f"{table}.csv").read_bytes()


def test_a_shapefile_is_known_also_inside_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "圈.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("圈.shp", b"")
    assert suggest(path).known_source == "shapefile"
    assert yaml.safe_load(suggest_mapping(path))["boundaries"] == {}


def test_what_a_known_source_lacks_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(AMAP, encoding="utf-8")
    text = suggest_mapping(path)
    assert "文件里没有：" in text
    assert "营业时间" in text.split("文件里没有：")[1].splitlines()[0]
    assert "--crs" in text


@pytest.mark.parametrize(("more", "maybe"), [("类别", ""), ("评分", "amap")])
def test_columns_that_any_list_has_do_not_make_a_provider(tmp_path: Path, more: str, maybe: str) -> None:
    path = tmp_path / "a.csv"
    rows = [
        ["名称", "地址", "纬度", "经度", "类型", more],
        *([samples.NAMES[n], samples.address(n), "37.91", "102.61", "便利店", "4.5"] for n in range(5)),
    ]
    path.write_text(samples.text_of(rows), encoding="utf-8")
    made = suggest(path)
    assert not made.known_source
    assert [source for source in ("amap", "baidu") if any(f"--from {source}" in note.zh for note in made.notes)] == (
        [maybe] if maybe else []
    )
    assert not {"百度地图", "高德地图"} & {word for word in ("百度地图", "高德地图") if word in suggest_mapping(path)}
    done = convert_files(
        [path], division_code="620602", to=tmp_path / "p", as_of=date(2024, 12, 31), coordinate_system="GCJ-02"
    )
    assert done.mappings == ["table 1.0"]
    assert "百度地图" not in (tmp_path / "p" / "outlets.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("a.pdf", b"%PDF-1.7 something"),
        ("a.json", b'{"a": 1}'),
        ("a.json", b'{"a": '),
        ("a.xlsx", b"PK\x03\x04 broken"),
        ("big5.csv", "店名,地址\r\n便利商店,中正路一號\r\n".encode("utf-16-le")[1:]),
        ("image.png", b"\x89PNG\r\n\x1a\n"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ConversionError) as caught:
        suggest_mapping(path)
    assert caught.value.text.zh
    assert caught.value.text.en


def test_a_file_that_is_not_there_and_a_package_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConversionError):
        suggest_mapping(tmp_path / "none.csv")
    with pytest.raises(ConversionError):
        suggest_mapping(tmp_path)
    (tmp_path / "datapackage.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ConversionError, match="package"):
        suggest_mapping(tmp_path)


@pytest.mark.parametrize(
    "content", ["a\n1\n2\n3\n", "1,2\n3,4\n5,6\n", "只有一列\n甲\n乙\n", "a,b\n", "店名,店名\n甲,乙\n", "#,-\n1,2\n"]
)
def test_odd_tables_still_give_a_mapping_that_is_valid(tmp_path: Path, content: str) -> None:
    from circledata.convert.mapping.model import read_mapping
    from circledata.standard import load_standard

    path, mapping = tmp_path / "a.csv", tmp_path / "m.yaml"
    path.write_text(content, encoding="utf-8")
    mapping.write_text(suggest_mapping(path), encoding="utf-8")
    read_mapping(mapping, load_standard())


def test_headers_with_signs_of_yaml_are_quoted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [
        ["店名", "a: b", "[x]", "#1", "yes", '说"好"', "\u0007响", "* 星", "{花}"],
        *([samples.NAMES[n], *"12345678"] for n in range(4)),
    ]
    path.write_text(samples.text_of(rows), encoding="utf-8")
    assert yaml.safe_load(suggest_mapping(path))["tables"]["outlets"]["fields"]["name"] == ["店名"]


def test_the_command_prints_or_writes_the_mapping(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, target = tmp_path / "网点.csv", tmp_path / "m.yaml"
    path.write_text(samples.text_of(samples.OUTLETS), encoding="utf-8")
    assert Program().run(["convert", "--suggest", str(path)]) == 0
    printed = capsys.readouterr().out
    assert yaml.safe_load(printed)["tables"]["outlets"]
    assert Program().run(["--lang", "en", "convert", "--suggest", str(path), "--to", str(target)]) == 0
    assert 'header "店名"' in target.read_text(encoding="utf-8")
    assert Program().run(["convert", "--suggest", str(tmp_path / "none.csv")]) == 2


@pytest.mark.parametrize("content", [REGISTRY, samples.text_of(samples.OUTLETS), AMAP])
def test_comments_are_in_the_language_that_was_asked_for(tmp_path: Path, content: str) -> None:
    path = tmp_path / ("a.json" if content is AMAP else "a.csv")
    path.write_text(content, encoding="utf-8")
    for language, here, other in (("en", "header", "表头"), ("zh", "表头", "header ")):
        first, second, *rest = suggest_mapping(path, language=language).splitlines()  # type: ignore[arg-type]
        assert "映射草稿" in first
        assert "draft of a mapping" in second
        notes = [line.partition("#")[2] for line in rest if "#" in line]
        assert not [note for note in notes if other in note or ("存疑" in note and language == "en")]
        assert content is not samples.text_of(samples.OUTLETS) or any(here in note for note in notes)
