"""The package that comes out: licensed, listed, the same on every run, and never in place of something else."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from circledata.convert import ConversionError, summary_lines
from circledata.convert.mapping.model import load_mapping
from circledata.convert.osm.rules import OsmRules
from circledata.convert.output import write as writer
from circledata.convert.output.words import all_words
from circledata.convert.records.readers import READERS
from circledata.standard import load_standard, spec_root


def test_the_descriptor_fits_the_profile_and_names_licence_and_source(convert: Any, cafe: dict[str, str]) -> None:
    descriptor = convert(cafe, publisher="示例区商务局").descriptor
    profile = json.loads((spec_root() / "1.0" / "package.schema.json").read_text(encoding="utf-8"))
    assert not list(Draft202012Validator(profile).iter_errors(descriptor))
    assert descriptor["licenses"][0]["name"] == "ODbL-1.0"
    assert descriptor["sources"][0]["title"] == "© OpenStreetMap contributors"
    assert descriptor["contributors"][0] == {"title": "示例区商务局", "roles": ["publisher"]}
    assert descriptor["title"] == "凉州区商业网点（由 OpenStreetMap 转换）"


def test_bytes_and_hash_are_those_of_the_files(convert: Any, cafe: dict[str, str]) -> None:
    result = convert({**cafe, "name:en": "Tea"})
    resources = result.descriptor["resources"]
    assert [resource["name"] for resource in resources] == ["outlets", "translations"]
    for resource in resources:
        data = (result.folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"


def test_frictionless_accepts_the_package(convert: Any, cafe: dict[str, str]) -> None:
    from frictionless import validate

    brand = {"brand": "星巴克", "opening_hours": "不定", "name:en": "Tea", "addr:street": "东大街"}
    result = convert(
        {**cafe, **brand}, {**cafe, "addr:full": "a,b"}, {"shop": "books", "name": '引"号', "addr:place": "村"}
    )
    report = validate(str(result.folder / "datapackage.json"))
    assert report.valid, report.flatten(["fieldName", "type", "note"])


def test_same_input_same_bytes(convert: Any, cafe: dict[str, str]) -> None:
    features = [cafe, {"amenity": "bench"}, {**cafe, "brand": "甲", "brand:wikidata": "Q1"}]

    def content(folder: Path) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in folder.parent.glob("package*/*")}

    assert content(convert(*features).folder) == content(convert(*features).folder)


def test_an_existing_folder_is_left_alone(convert: Any, cafe: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    assert convert(cafe, overwrite=False).outlet
    with pytest.raises(ConversionError, match="--overwrite"):
        convert({**cafe, "name": "别的"}, overwrite=False)


def test_overwrite_never_removes_files_of_others(convert: Any, cafe: dict[str, str], tmp_path: Path) -> None:
    convert(cafe)
    (tmp_path / "package" / "circles.geojson").write_text("{}")
    with pytest.raises(ConversionError, match=r"circles\.geojson"):
        convert({**cafe, "name": "别的"})
    assert "示例茶馆" in (tmp_path / "package" / "outlets.csv").read_text(encoding="utf-8")


def test_overwrite_never_loses_what_a_person_filled_in(convert: Any, cafe: dict[str, str], tmp_path: Path) -> None:
    convert(cafe)
    table = tmp_path / "package" / "outlets.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("示例茶馆", "改过的名字"), encoding="utf-8")
    with pytest.raises(ConversionError, match=r"edited outlets\.csv"):
        convert(cafe)
    assert "改过的名字" in table.read_text(encoding="utf-8")


def test_overwrite_takes_away_what_is_no_longer_there(convert: Any, cafe: dict[str, str], tmp_path: Path) -> None:
    convert({**cafe, "name:en": "Tea"})
    assert (tmp_path / "package" / "translations.csv").exists()
    convert(cafe)
    assert not (tmp_path / "package" / "translations.csv").exists()


def test_a_file_in_the_way(convert: Any, cafe: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "package").write_text("mine")
    with pytest.raises(ConversionError, match="not a directory"):
        convert(cafe)
    assert (tmp_path / "package").read_text() == "mine"


def test_a_failure_while_writing_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "package"
    writer.write_directories({target: {"a.txt": b"old"}})

    def fails(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fails)
    with pytest.raises(OSError, match="No space"):
        writer.write_directories({target: {"a.txt": b"new"}, tmp_path / "papers": {}}, overwrite=True)
    assert (target / "a.txt").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


def test_a_failure_while_swapping_brings_the_old_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "package"
    writer.write_directories({target: {"a.txt": b"old"}})
    rename = Path.rename

    def fails_for_the_new(self: Path, to: Path) -> Path:
        if to.name == "papers":
            raise PermissionError(13, "denied")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", fails_for_the_new)
    with pytest.raises(PermissionError):
        writer.write_directories({target: {"a.txt": b"new"}, tmp_path / "papers": {}}, overwrite=True)
    assert (target / "a.txt").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


def test_the_summary_speaks_both_languages(convert: Any, cafe: dict[str, str]) -> None:
    result = convert({**cafe, "phone": "问"}, {"amenity": "fuel"}, {"amenity": "cafe"}, {"amenity": "bench"})
    zh, en = ("\n".join(summary_lines(result.conversion, load_standard(), language)) for language in ("zh", "en"))
    assert "读入 4 行（features.csv，UTF-8）＝ 转出 1 ＋ 未转 3" in zh
    assert "标准里没有对应的业态" in zh and "amenity=fuel" in zh and "phone: 问" in zh
    assert "4 rows read (features.csv, UTF-8) = 1 converted + 3 left out" in en
    assert "circledata validate" in en


def test_long_lists_are_cut_in_the_terminal_only(convert: Any, cafe: dict[str, str]) -> None:
    result = convert(cafe, *({"shop": f"kind_{number}"} for number in range(20)))
    lines = summary_lines(result.conversion, load_standard(), "zh", most=5)
    assert any("其余 15 种" in line for line in lines)
    (entry,) = result.summary["left_out_by_reason"]
    assert len(entry["tags"]) == 20


def test_every_reason_and_decision_has_both_languages() -> None:
    for kind in ("REASONS", "DECISIONS", "RULES"):
        for text in all_words(kind).values():
            assert text.zh and text.en and text.zh != text.en


def test_the_mapping_names_only_what_there_is() -> None:
    mapping, standard = load_mapping("osm"), load_standard()
    rules, table = OsmRules(mapping), standard.tables["outlets"]
    statuses = standard.codelists["outlet-statuses"].codes
    assert set(rules.constants) | {rule.field for rule in rules.fields} | set(rules.by_tag) <= set(table.by_name)
    assert {rule.read for rule in rules.fields if rule.read} <= set(READERS)
    assert set(mapping.raw["lifecycle"]) - {"gone"} <= set(statuses)
    assert set(rules.brand["chain"].values()) <= set(standard.codelists["chain-kinds"].codes)
    for field, pairs in rules.by_tag.items():
        codes = standard.codelists[table.by_name[field].codelist or ""].codes
        assert {code for _, code in pairs} <= set(codes)


def test_the_mapping_has_no_key_twice() -> None:
    def check(node: yaml.Node) -> None:
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            assert len(keys) == len(set(keys)), keys
            for _, value in node.value:
                check(value)

    root = yaml.compose((spec_root() / "1.0" / "mappings" / "osm.yaml").read_text(encoding="utf-8"))
    assert root is not None
    check(root)


def test_unknown_mapping() -> None:
    with pytest.raises(KeyError, match="mapping nothing"):
        load_mapping("nothing")
