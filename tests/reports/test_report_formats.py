"""The formats for programs: valid, deterministic, escaped, streamed."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from jsonschema import Draft202012Validator
from report_sample import CLEAN, FINDINGS, NASTY, NOTES, POLICY, Stream, in_sheet, outlet, sample_report

from circledata.findings.model import Finding, Note
from circledata.findings.report import PolicyEntry, Report, TableCount
from circledata.reports import BINARY, FORMATS, NAMES, Style
from circledata.reports.csv import safe
from circledata.reports.github import escape, escape_property
from circledata.standard import spec_root
from circledata.standard.model import LANGUAGES, Language

FULL = sample_report(notes=NOTES, policy=POLICY)


def written(format: str, report: Report = FULL, language: Language = "zh", style: Style | None = None) -> str:
    stream = io.StringIO(newline="")
    FORMATS[format](report, language, stream, style or Style())
    return stream.getvalue()


def check(report: object) -> None:
    schema = json.loads((spec_root() / "1.0" / "report.schema.json").read_text(encoding="utf-8"))
    errors = list(Draft202012Validator(schema).iter_errors(report))
    assert not errors, errors


def test_names_are_known_without_loading_the_writers() -> None:
    assert sorted((*FORMATS, *BINARY)) == sorted(NAMES)


@pytest.mark.parametrize("format", ["sarif", "junit", "github"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_golden(format: str, language: Language, golden: Callable[[str, str], None]) -> None:
    golden(f"report.{language}.{format}", written(format, language=language))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("findings", [FINDINGS, CLEAN, FINDINGS[:1]])
def test_same_input_same_bytes_and_never_a_failure(format: str, findings: tuple[Finding, ...]) -> None:
    report = sample_report(findings, notes=NOTES, policy=POLICY)
    assert written(format, report) == written(format, report)


@pytest.mark.parametrize("format", FORMATS)
def test_findings_are_read_as_a_stream(format: str) -> None:
    class Counting(Stream):
        alive = 0
        most = 0

        def __iter__(self):  # type: ignore[no-untyped-def]
            for row in range(2, 3_000):
                yield outlet("CD203", row, "longitude", f"x{row}")

    report = replace(
        sample_report([outlet("CD203", 2, "longitude", "x")], table_counts=[TableCount("outlets", "CD203", 2_998)]),
        findings=Counting(()),
    )
    chunks: list[int] = []

    class Sink(io.StringIO):
        def write(self, text: str) -> int:
            chunks.append(len(text))
            return len(text)

    FORMATS[format](report, "zh", Sink(newline=""), Style(places=None))
    # Nothing that is written at once grows with the number of findings.
    assert max(chunks) < 20_000


class TestJson:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("report", [FULL, sample_report(CLEAN), sample_report(CLEAN, complete=False)])
    def test_follows_the_schema(self, language: Language, report: Report) -> None:
        check(json.loads(written("json", report, language)))

    def test_keys_are_those_of_the_standard(self) -> None:
        content = json.loads(written("json"))
        assert list(content)[:7] == ["spec", "circledata", "label", "digest", "valid", "complete", "as_of"]
        assert content["counts"] == {"error": 9, "warning": 1, "advice": 2}
        assert content["findings"][6] == {
            "code": "CD203",
            "name": "not-a-number",
            "level": "error",
            "table": "outlets",
            "file": "outlets.csv",
            "sheet": None,
            "row": 5,
            "column": "longitude",
            "value": "东经102.6",
            "params": {},
            "message": "经度 longitude 应当是数，现在是“东经102.6”。",
            "fix": "改成正确的内容。",
        }
        assert "东经102.6" in written("json")
        assert content["findings"][7]["value"] == NASTY

    def test_numbers_that_json_lacks_become_null(self) -> None:
        finding = outlet("CD203", 2, "longitude", "x", limit=float("nan"), other=float("inf"))
        content = json.loads(written("json", sample_report([finding])), parse_constant=pytest.fail)
        assert content["findings"][0]["params"] == {"limit": None, "other": None}
        check(content)

    def test_half_a_character_survives_as_an_escape(self) -> None:
        text = written("json", sample_report([outlet("CD203", 2, "longitude", "a\ud800")]))
        content = json.loads(text.encode("utf-8", "backslashreplace"))
        assert content["findings"][0]["value"] == "a\ud800"

    def test_rule_switched_off(self) -> None:
        off = PolicyEntry("CD201", None, "试点", date(2026, 12, 31))
        content = json.loads(written("json", sample_report(policy=[off])))
        assert content["policy"] == [{"rule": "CD201", "level": "off", "reason": "试点", "until": "2026-12-31"}]
        check(content)

    def test_json_lines(self) -> None:
        head, *rest = (json.loads(line) for line in written("jsonl").splitlines())
        assert head.pop("type") == "report"
        assert all(item.pop("type") == "finding" for item in rest)
        check({**head, "findings": rest})
        assert json.loads(written("json")) == {**head, "findings": rest}


class TestCsv:
    def test_opens_in_excel(self) -> None:
        text = written("csv")
        assert text.startswith("\ufeff级别,规则代码,")
        assert text.replace("\r\n", "").count("\n") == 0
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
        assert {len(row) for row in rows} == {13}
        assert len(rows) == len(FINDINGS) + len(POLICY) + 1
        assert rows[-1][:3] == ["策略", "CD220", "前后有空格"]

    def test_no_cell_is_a_formula(self) -> None:
        text = written("csv").removeprefix("\ufeff")
        for row in csv.reader(io.StringIO(text, newline="")):
            for cell in row:
                assert not cell.lstrip().startswith(("=", "+", "-", "@"))
                assert not set(cell) & set("\r\n\t\x00")

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("=1+1", "'=1+1"),
            ("+86 935", "'+86 935"),
            ("@x", "'@x"),
            (" =1", "' =1"),
            ("＝1", "'＝1"),
            ("-5", "-5"),
            ("+1.5", "+1.5"),
            ("-", "'-"),
            ("a=b", "a=b"),
        ],
    )
    def test_safe(self, text: str, shown: str) -> None:
        assert safe(text) == shown


class TestSarif:
    def test_shape(self) -> None:
        run = json.loads(written("sarif"))["runs"][0]
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        assert rules == sorted(rules)
        for result in run["results"]:
            assert rules[result["ruleIndex"]] == result["ruleId"]
        prints = [result["partialFingerprints"]["circledata/v1"] for result in run["results"]]
        assert len(set(prints)) == len(prints)
        assert {result["level"] for result in run["results"]} == {"error", "warning", "note"}
        assert "{" not in run["tool"]["driver"]["rules"][4]["help"]["text"]

    def test_fingerprints_stay_when_lines_shift(self) -> None:
        def prints(report: Report) -> list[str]:
            results = json.loads(written("sarif", report))["runs"][0]["results"]
            return [result["partialFingerprints"]["circledata/v1"] for result in results]

        shifted = [replace(item, row=item.row + 7) if item.row else item for item in FINDINGS]
        assert prints(sample_report(shifted)) == prints(FULL)

    def test_places(self) -> None:
        style = Style(base="data/凉州")
        results = json.loads(written("sarif", style=style))["runs"][0]["results"]
        place = results[3]["locations"][0]["physicalLocation"]
        assert place == {
            "artifactLocation": {"uri": "data/%E5%87%89%E5%B7%9E/outlets.csv"},
            "region": {"startLine": 5},
        }
        sheet = json.loads(written("sarif", sample_report([in_sheet(FINDINGS[3])])))["runs"][0]["results"][0]
        place = sheet["locations"][0]
        assert place["logicalLocations"][0]["name"] == "网点!B5"
        assert "region" not in place["physicalLocation"]
        archive = json.loads(written("sarif", style=Style(container="a.zip")))["runs"][0]["results"][3]
        place = archive["locations"][0]
        assert place["physicalLocation"] == {"artifactLocation": {"uri": "a.zip"}}
        assert place["logicalLocations"][0]["fullyQualifiedName"] == "outlets.csv: 第 5 行 第 2 列（B）"

    def test_a_descriptors_column_is_a_column_of_characters(self) -> None:
        finding = Finding("CD104", "error", None, "datapackage.json", row=3, column_number=9)
        result = json.loads(written("sarif", sample_report([finding])))["runs"][0]["results"][0]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region == {"startLine": 3, "startColumn": 9}

    def test_a_whole_file_is_shown_at_its_first_line(self) -> None:
        result = json.loads(written("sarif"))["runs"][0]["results"][0]
        assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}

    def test_absolute_paths_become_addresses(self) -> None:
        results = json.loads(written("sarif", style=Style(base="/data/x y")))["runs"][0]["results"]
        uri = results[3]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri == "file:///data/x%20y/outlets.csv"


class TestJUnit:
    def test_numbers_fit(self) -> None:
        root = ET.fromstring(written("junit"))
        for suite in root.iter("testsuite"):
            cases = list(suite.iter("testcase"))
            assert len(cases) == int(suite.attrib["tests"])
            assert len(list(suite.iter("failure"))) == int(suite.attrib["failures"])
            assert len(list(suite.iter("skipped"))) == int(suite.attrib["skipped"])
            assert len({case.attrib["name"] for case in cases}) == len(cases)
        assert int(root.attrib["failures"]) == len(list(root.iter("failure"))) == 4

    def test_fail_on_decides_what_fails(self) -> None:
        root = ET.fromstring(written("junit", style=Style(fail_on="advice")))
        assert len(list(root.iter("failure"))) == 6

    def test_control_characters_are_gone(self) -> None:
        nasty = [replace(item, file="a\x00\x0b\ud800.csv") for item in FINDINGS]
        ET.fromstring(written("junit", sample_report(nasty)).encode())

    def test_what_was_not_checked_is_skipped(self) -> None:
        off = PolicyEntry("CD220", None, "试点", date(2026, 12, 31))
        notes = [Note("not-checked", {"rule": "CD206", "setting": "division_code"})]
        root = ET.fromstring(written("junit", sample_report(CLEAN, notes=notes, policy=[off])))
        reasons = [item.attrib["message"] for item in root.iter("skipped")]
        assert reasons[0] == "没有检查 CD206 代码不在代码表里，因为没有说明“区划代码”。"
        assert reasons[1] == "策略文件关闭了这条规则：试点（到 2026-12-31）"


class TestGithub:
    def test_escapes(self) -> None:
        assert escape("100%\r\n::x") == "100%25%0D%0A::x"
        assert escape_property("a:b,c%\n") == "a%3Ab%2Cc%25%0A"

    def test_one_line_a_finding_gravest_first(self) -> None:
        first, *lines = written("github").splitlines()
        assert first.startswith("不通过")
        kinds = [line.split(" ")[0] for line in lines]
        assert kinds == ["::error"] * 9 + ["::warning"] + ["::notice"] * 6

    def test_paths_from_the_repository(self) -> None:
        assert "::error file=data/x/outlets.csv,line=5," in written("github", style=Style(base="data/x"))
        inside = written("github", style=Style(container="a.zip")).splitlines()
        assert inside[2].startswith("::error file=a.zip,title=CD201 必填项为空::outlets.csv 第 5 行")


@pytest.mark.parametrize("format", FORMATS)
def test_the_policy_is_shown(format: str) -> None:
    text = written(format)
    assert "旧系统九月停用" in text
    assert "2026-12-31" in text


@pytest.mark.parametrize("format", FORMATS)
def test_redacted_values_stay_hidden(format: str) -> None:
    """Writers show what findings hold; `redact` has run before."""
    from circledata.findings import redact

    resident = "110101199003070054"
    hidden = redact(f"张三 {resident} 13800138000")
    assert "***" in hidden
    text = written(format, sample_report([outlet("CD220", 2, "name", hidden, "warning")]))
    assert resident not in text
    assert "13800138000" not in text
