"""`rules`, `fields`, `codes`, `version`: the standard at the fingertips."""

import json

import pytest
from command_line import Run

from circledata.standard import load_standard, spec_root

pytestmark = pytest.mark.skipif(
    not (spec_root() / "1.0" / "standard.json").is_file(), reason="the bundle of the standard is not generated"
)


class TestRules:
    def test_list_and_filters(self, run: Run) -> None:
        every = json.loads(run("rules", "--format", "json").stdout)
        assert {rule["code"] for rule in every} >= set(load_standard().rules)
        some = json.loads(run("rules", "--format", "json", "--table", "补助", "--level", "error").stdout)
        assert some
        assert {(rule["table"], rule["level"]) for rule in some} == {("subsidies", "error")}
        family = json.loads(run("rules", "--format", "json", "--family", "consistency").stdout)
        assert {rule["family"] for rule in family} == {"consistency"}
        assert run("rules").stdout.splitlines()[-1].startswith(f"共 {len(every)} 条。")

    @pytest.mark.parametrize("name", ["CD412", "cd412", "subsidy-over-cap"])
    def test_one_rule_with_its_sql_and_cases(self, run: Run, name: str) -> None:
        shown = run("rules", name).stdout
        assert shown.startswith("CD412 subsidy-over-cap\n")
        for heading in ("查出时说", "为什么", "怎么改", "怎么查（SQL）", "对的例子", "错的例子"):
            assert heading in shown
        content = json.loads(run("rules", name, "--format", "json").stdout)
        assert content["sql"].startswith("join programmes")
        assert content["cases"]["fail"]

    def test_every_rule_can_be_shown(self, run: Run) -> None:
        for code in load_standard().rules:
            for language in ("zh", "en"):
                result = run("rules", code, "--lang", language)
                assert result.exit_code == 0, result.stderr

    def test_unknown(self, run: Run) -> None:
        assert run("rules", "CD999").exit_code == 2
        assert run("rules", "--family", "x").exit_code == 2
        assert run("rules", "--table", "x").exit_code == 2


class TestFields:
    def test_tables(self, run: Run) -> None:
        assert "outlets" in run("fields").stdout
        content = json.loads(run("fields", "--format", "json").stdout)
        assert {table["name"] for table in content} >= set(load_standard().tables)

    @pytest.mark.parametrize("name", ["outlets", "Outlets"])
    def test_one_table(self, run: Run, name: str) -> None:
        shown = run("fields", name).stdout
        assert "opening_hours" in shown
        assert "circle_id → circles.circle_id" in shown
        assert len(json.loads(run("fields", name, "--format", "json").stdout)["fields"]) > 20

    def test_one_field_by_either_name(self, run: Run) -> None:
        shown = run("fields", "outlets.opening_hours").stdout
        assert "Mo-Su" in shown
        assert (
            shown
            == run("fields", f"outlets.{load_standard().tables['outlets'].by_name['opening_hours'].title.zh}").stdout
        )
        assert json.loads(run("fields", "outlets.opening_hours", "--format", "json").stdout)["type"] == "string"

    def test_every_field_can_be_shown(self, run: Run) -> None:
        for table in load_standard().tables.values():
            for field in table.fields:
                assert run("fields", f"{table.name}.{field.name}", "--lang", "en").exit_code == 0

    def test_unknown(self, run: Run) -> None:
        assert "没有表 x" in run("fields", "x").stderr
        assert "没有字段 x" in run("fields", "outlets.x").stderr


class TestCodes:
    def test_lists(self, run: Run) -> None:
        assert "categories" in run("codes").stdout
        assert json.loads(run("codes", "--format", "json").stdout)

    def test_one_list(self, run: Run) -> None:
        shown = run("codes", "grades").stdout
        assert "improved" in shown
        assert "提升型" in shown

    def test_find(self, run: Run) -> None:
        found = json.loads(run("codes", "divisions", "--find", "凉州", "--format", "json").stdout)
        assert [item["code"] for item in found] == ["620602"]
        assert "620602" in run("codes", "--find", "凉州").stdout
        assert "没有找到" in run("codes", "--find", "没有这样的东西").stdout

    def test_long_lists_are_cut_and_say_so(self, run: Run) -> None:
        short, long = run("codes", "divisions").stdout, run("codes", "divisions", "--all").stdout
        assert "条没有列出" in short
        assert len(long.splitlines()) > 10 * 200 > len(short.splitlines()) / 5

    def test_unknown(self, run: Run) -> None:
        assert "没有代码表 x" in run("codes", "x").stderr


def test_version(run: Run) -> None:
    assert "标准 1.0" in run("version").stdout
