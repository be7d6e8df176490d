"""The text report: for a clerk, complete, in line, and bounded."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from report_sample import CLEAN, FINDINGS, NOTES, POLICY, in_sheet, outlet, sample_report

from circledata.api import validate
from circledata.findings.model import Finding, Note
from circledata.findings.report import Report, TableCount
from circledata.reports import FORMATS, Style
from circledata.reports.layout import display_width
from circledata.standard.model import LANGUAGES, Language


def text(report: Report, language: Language = "zh", style: Style | None = None) -> str:
    stream = io.StringIO(newline="")
    FORMATS["text"](report, language, stream, style or Style())
    return stream.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_golden(language: Language, golden: Callable[[str, str], None]) -> None:
    golden(f"report.{language}.txt", text(sample_report(notes=NOTES, policy=POLICY), language))
    golden(f"clean.{language}.txt", text(sample_report(CLEAN), language))


def test_first_line_is_the_verdict() -> None:
    assert text(sample_report()).startswith("不通过：凉州区 不符合标准 1.0，有 9 处错误、1 处警告、2 条建议。\n")
    assert text(sample_report(CLEAN)).startswith("通过：凉州区 符合标准 1.0，没有发现问题。\n")
    assert text(sample_report(FINDINGS[-1:])).startswith("通过：凉州区 符合标准 1.0，没有错误；另有 1 处警告。\n")
    incomplete = text(sample_report(CLEAN, complete=False), "en")
    assert incomplete.startswith("Failed: not all of 凉州区 could be read; the check is incomplete.\n")


def test_fail_on_is_said_in_the_verdict() -> None:
    shown = text(sample_report(FINDINGS[-1:]), "en", Style(fail_on="warning"))
    assert shown.startswith(
        "Failed: 凉州区 conforms to the standard 1.0, but has 1 warning (which --fail-on\nwarning does"
    )


def test_errors_come_before_warnings_and_advice() -> None:
    shown = text(sample_report())
    places = [shown.index(f"\n{title}") for title in ("错误（", "警告（", "建议（", "汇总", "接下来")]
    assert places == sorted(places)


def test_places_with_the_same_message_are_folded() -> None:
    shown = text(sample_report())
    assert "第 5、9、12 行 第 2 列（B）\n" in shown
    assert shown.count("必须填写，这一格是空的") == 1


def test_a_workbook_shows_cells() -> None:
    shown = text(sample_report([in_sheet(outlet("CD203", 12, "longitude", "x"))]))
    assert "网点.xlsx · 工作表“网点” · 商业网点 outlets" in shown
    assert "网点!C12" in shown


def test_value_is_shown_where_the_message_does_not_tell_it() -> None:
    shown = text(sample_report())
    assert "第 6 行 第 2 列（B） “ 张记面馆\\u3000”" in shown
    assert shown.count("东经102.6") == 1


def test_long_and_invisible_values_are_tamed() -> None:
    shown = text(sample_report([outlet("CD203", 2, "longitude", "长" * 100_000 + "\x1b[2J")]))
    assert "长" * 25 in shown.replace("\n", "").replace(" ", "")
    assert len(shown) < 2_000
    assert "\x1b" not in shown


def test_suggestions_stand_at_their_places_and_the_fix_once() -> None:
    shown = text(sample_report())
    assert "代码表里没有“opened”。建议填写：open。" in shown
    assert "代码表里没有“关门”。建议填写：closed。" in shown
    assert shown.count("从代码表 outlet-statuses 里选一个") == 1


def test_the_reason_is_given_once_a_rule() -> None:
    findings = [
        outlet("CD201", 2, "name", None),
        replace(outlet("CD201", 2, "name", None), table="circles", file="c.csv"),
    ]
    assert text(sample_report(findings)).count("为什么：") == 1


def test_lines_fit_the_width_and_columns_line_up() -> None:
    for language in LANGUAGES:
        for width in (40, 80, 120):
            shown = text(sample_report(notes=NOTES, policy=POLICY), language, Style(width=width))
            body = shown.split("\n汇总\n" if language == "zh" else "\nSummary\n")[0]
            assert max(display_width(line) for line in body.splitlines()) <= width
    summary = text(sample_report()).split("\n汇总\n")[1].split("\n\n")[0].splitlines()
    assert len({display_width(line) for line in summary}) == 1


def many(count: int) -> Iterator[Finding]:
    for row in range(2, count + 2):
        yield outlet("CD203", row, "longitude", f"x{row}")


class Endless:
    """100,000 findings that exist one at a time."""

    def __iter__(self) -> Iterator[Finding]:
        return many(100_000)


def test_bounded_and_exact_with_100_000_findings() -> None:
    counts = [TableCount("outlets", "CD203", 100_000)]
    report = replace(sample_report([outlet("CD203", 2, "longitude", "x")], table_counts=counts), findings=Endless())
    shown = text(report)
    assert len(shown.splitlines()) < 80
    assert "共 100,000 处" in shown
    assert "还有 99,980 处没有列出。" in shown
    assert "--format csv --max-examples all --output 问题清单.csv" in shown
    # Every place is shown where all are asked for.
    assert text(report, style=Style(places=None)).count(" 行 第 3 列") == 100_000


def test_counts_when_nobody_split_them_by_table() -> None:
    shown = text(replace(sample_report(), table_counts=()))
    assert re.search(r"商业网点 outlets +outlets.csv +1,234 +8 +1 +0", shown)


def test_counts_of_a_rule_in_one_table_are_exact_all_the_same() -> None:
    report = sample_report([outlet("CD203", 2, "longitude", "x")], table_counts=[TableCount("outlets", "CD203", 70)])
    assert "共 70 处" in text(replace(report, table_counts=()))


def test_color_only_when_asked() -> None:
    assert "\x1b[" not in text(sample_report())
    assert "\x1b[31;1m" in text(sample_report(), style=Style(color=True))


def test_every_character_can_be_replaced_for_a_gbk_console() -> None:
    shown = text(sample_report(notes=NOTES, policy=POLICY))
    assert shown.encode("gbk", "replace").decode("gbk").count("?") == shown.count("?")


def test_unknown_notes_are_shown_all_the_same() -> None:
    shown = text(sample_report(notes=[Note("something-new", {"a": 1}), Note("table-guessed", {})]))
    assert "something-new：a=1" in shown
    assert "table-guessed：" in shown


def test_repair_is_named_where_it_would_help_and_only_there(tmp_path: Path) -> None:
    head = "circle_id,name,division_code,status,completed_on\n"
    file = tmp_path / "生活圈 1.csv"
    file.write_text(head + "620602-C001,东大街,620602001,built,2024年3月1日\n", encoding="utf-8")
    wanted = f'circledata repair "{file}" --table circles --out "{file.with_stem("生活圈 1-改好")}"\n'
    assert wanted in text(validate(file, table="circles"), "zh", Style(places=None))
    assert "生活圈 1-mended.csv" in text(validate(file, table="circles"), "en")
    # What only a person can mend: a date with two readings.
    file.write_text(head + "620602-C001,东大街,620602001,built,3/1/2024\n", encoding="utf-8")
    report = validate(file, table="circles")
    assert report.counts["error"]
    assert "circledata repair" not in text(report)


def test_repair_of_a_folder_goes_to_a_folder_beside_it() -> None:
    broken = Path(__file__).parents[2] / "examples" / "broken-district"
    assert f"circledata repair {broken} --out {broken}-改好\n" in text(validate(broken))
