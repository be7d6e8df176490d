"""The standard by itself: what is generated is in step, every MUST is answered for, both languages are whole."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from circledata.standard import extension_versions, generate, load_standard, spec_root
from circledata.standard.generate import FAMILIES, read_yaml, rule_files

SPEC = spec_root()
STANDARD = load_standard("1.0", {name: versions[-1] for name, versions in extension_versions().items()})
MUST = re.compile(r'<a id="(MUST-[0-9]+)"></a>\*\*\1\*\* .*?check: (rules|none)')
SERIES = {family: f"{place}" for place, family in enumerate(FAMILIES, start=1)}
CORE = [
    "circles",
    "communities",
    "outlets",
    "categories",
    "surveys",
    "survey_questions",
    "survey_results",
    "survey_responses",
    "needs",
    "projects",
    "programmes",
    "subsidies",
    "translations",
]


def musts(readme: str) -> dict[str, str]:
    return dict(MUST.findall((SPEC / readme).read_text(encoding="utf-8")))


def test_all_that_is_generated_is_in_step(capsys: pytest.CaptureFixture[str]) -> None:
    assert generate.main(["--check"]) == 0, capsys.readouterr().out


def test_the_thirteen_tables_are_there() -> None:
    assert list(load_standard().tables) == CORE


def test_every_must_is_numbered_alike_in_both_languages_and_in_the_list() -> None:
    requirements = read_yaml(SPEC / "1.0" / "requirements.yaml")
    assert musts("README.md") == musts("README.en.md")
    assert set(musts("README.md")) == set(requirements)
    for number, kind in musts("README.md").items():
        assert requirements[number]["machine"] == (kind == "rules"), number


def test_every_must_has_a_rule_or_a_reason_why_no_machine_can_tell() -> None:
    requirements = read_yaml(SPEC / "1.0" / "requirements.yaml")
    covered = {number for rule in STANDARD.rules.values() for number in rule.covers}
    assert covered <= set(requirements)
    for number, requirement in requirements.items():
        if requirement["machine"]:
            assert number in covered, f"{number} has no rule"
        else:
            assert requirement["reason"]["zh"] and requirement["reason"]["en"], number


@pytest.mark.parametrize("table", STANDARD.tables.values(), ids=lambda table: table.name)
def test_a_table_speaks_both_languages(table) -> None:
    for item in table.fields:
        for text in (item.title, item.description):
            assert text.zh.strip() and text.en.strip(), item.name
        assert item.example, item.name
        assert item.since
        if item.pattern:
            assert re.fullmatch(item.pattern, item.example), item.name
            assert not re.search(r"\\[dwsDWS]|\(\?[^:]", item.pattern), f"{item.name}: ASCII classes only"
        if item.codelist and not item.list and not item.codelist_extended_by:
            assert item.example in STANDARD.codelists[item.codelist].codes, item.name


@pytest.mark.parametrize("codelist", STANDARD.codelists.values(), ids=lambda codelist: codelist.name)
def test_a_code_list_is_whole(codelist) -> None:
    names: dict[str, str] = {}
    large = codelist.name in {"divisions", "townships"}
    for code in codelist.codes.values():
        assert code.title.zh
        if large:
            continue
        assert code.title.en and code.definition.zh and code.definition.en, code.code
        for name in {code.code, code.title.zh, code.title.en, *code.aliases}:
            other = names.setdefault(name.lower(), code.code)
            assert other == code.code, f"{name} stands for {other} and for {code.code}"


def test_codes_and_names_of_rules_are_given_once_and_in_their_series() -> None:
    seen: dict[str, str] = {}
    for root in (SPEC / "1.0", *(path.parent for path in SPEC.glob("extensions/*/*/extension.yaml"))):
        for family, path in rule_files(root):
            raw = read_yaml(path)
            assert path.stem == raw["name"]
            for key in (raw["code"], raw["name"], *raw.get("aliases", ())):
                assert seen.setdefault(key, str(path)) == str(path), key
            assert re.fullmatch(rf"CD[A-Z]?{SERIES[family]}[0-9]{{2}}", raw["code"]), raw["code"]


def test_every_file_of_codes_is_in_the_index_and_the_other_way_round() -> None:
    folder = SPEC / "1.0" / "codelists"
    assert {path.stem for path in folder.glob("*.csv")} == set(read_yaml(folder / "index.yaml"))


def test_an_extension_may_not_change_the_core(monkeypatch: pytest.MonkeyPatch) -> None:
    from circledata.standard import load

    bundle = {"tables": {"outlets": {}}, "codelists": {}, "rules": [], "fields": {}, "foreignKeys": {}, "digest": ""}
    monkeypatch.setattr(load, "_bundle", lambda folder: bundle)
    with pytest.raises(ValueError, match="outlets exists already"):
        load._extend(STANDARD, "bad", "1.0", Path())


def test_sizes_and_types_of_json_are_plain() -> None:
    for path in SPEC.rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))


def test_an_unknown_version_is_named() -> None:
    with pytest.raises(KeyError, match=r"standard 9\.9"):
        load_standard("9.9")
    with pytest.raises(KeyError, match=r"extension no-such 1\.0"):
        load_standard("1.0", {"no-such": "1.0"})
