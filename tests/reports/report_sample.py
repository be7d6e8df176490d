"""A small standard and reports made by hand, so that writers are tested without the engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from circledata.findings.model import LEVELS, Finding, Level, Note
from circledata.findings.report import PolicyEntry, Report, RuleCount, TableCount, TableInfo
from circledata.standard.model import Field, Rule, Standard, Table, Text


def _field(name: str, zh: str, en: str) -> Field:
    return Field(name, "string", Text(zh, en), Text(f"{zh}。", f"{en}."), "", "1.0")


def _table(name: str, zh: str, en: str, *fields: Field) -> Table:
    return Table(name, Text(zh, en), Text("", ""), "1.0", fields, (fields[0].name,), ())


def _rule(code: str, name: str, level: Level, table: str, title: Text, message: Text, **more: object) -> Rule:
    fix = more.pop("fix", Text("改成正确的内容。", "Write what is right."))
    return Rule(
        code=code,
        name=name,
        family="values",
        table=table,
        level=level,
        since="1.0",
        title=title,
        message=message,
        why=Text("不改的话，别的系统读不懂这份数据。", "Other systems cannot read the data otherwise."),
        fix=fix,  # type: ignore[arg-type]
        check=name,
        **more,  # type: ignore[arg-type]
    )


def sample_standard() -> Standard:
    rules = [
        _rule(
            "CD104",
            "resource-missing",
            "error",
            "package",
            Text("列出的文件不存在", "Listed file is missing"),
            Text(
                "datapackage.json 列出了 {path}，但是没有这个文件。",
                "datapackage.json lists {path}, which does not exist.",
            ),
        ),
        _rule(
            "CD122",
            "file-not-listed",
            "advice",
            "package",
            Text("文件没有列出", "File is not listed"),
            Text("datapackage.json 没有列出这个文件。", "datapackage.json does not list this file."),
        ),
        _rule(
            "CD201",
            "required-empty",
            "error",
            "*",
            Text("必填项为空", "Required cell is empty"),
            Text("{column} 必须填写，这一格是空的。", "{column} is required, and this cell is empty."),
        ),
        _rule(
            "CD203",
            "not-a-number",
            "error",
            "*",
            Text("不是数", "Not a number"),
            Text("{column} 应当是数，现在是“{value}”。", "{column} must be a number, not “{value}”."),
        ),
        _rule(
            "CD206",
            "code-unknown",
            "error",
            "*",
            Text("代码不在代码表里", "Code is not in the list"),
            Text("代码表里没有“{value}”。", "The list has no “{value}”."),
            fix=Text("从代码表 {codelist} 里选一个。", "Choose one of the list {codelist}."),
        ),
        _rule(
            "CD220",
            "spaces-around",
            "warning",
            "*",
            Text("前后有空格", "Spaces around the text"),
            Text("{column} 前后有多余的空格。", "{column} has spaces around its text."),
        ),
    ]
    tables = [
        _table("circles", "生活圈", "Circles", _field("circle_id", "生活圈编号", "Circle id")),
        _table(
            "outlets",
            "商业网点",
            "Outlets",
            _field("outlet_id", "网点编号", "Outlet id"),
            _field("name", "名称", "Name"),
            _field("longitude", "经度", "Longitude"),
            _field("status", "状态", "Status"),
        ),
    ]
    return Standard(
        version="1.0",
        root=Path("nowhere"),
        digest="5" * 64,
        tables={table.name: table for table in tables},
        codelists={},
        rules={rule.code: rule for rule in rules},
        functions=(),
    )


STANDARD = sample_standard()


class Stream:
    """Findings that can be iterated again and again, and are never all in memory; counts how often that was done."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.source = findings
        self.passes = 0

    def __iter__(self) -> Iterator[Finding]:
        self.passes += 1
        return iter(self.source)


def outlet(rule: str, row: int, column: str, value: str | None, level: Level = "error", **params: object) -> Finding:
    number = [field.name for field in STANDARD.tables["outlets"].fields].index(column) + 1
    return Finding(rule, level, "outlets", "outlets.csv", None, row, column, number, value, params)  # type: ignore[arg-type]


def in_sheet(finding: Finding) -> Finding:
    return replace(finding, file="网点.xlsx", sheet="网点")


NASTY = '=cmd|"/c calc"!A1,\r\n::error::100%\x00\x1b[31m\u202e<&>\u200b'

FINDINGS = (
    Finding(
        "CD104", "error", None, "datapackage.json", value="b.csv", params={"path": "b.csv", "pointer": "/resources/1"}
    ),
    Finding("CD122", "advice", None, "备注.txt", value="备注.txt"),
    Finding("CD122", "advice", None, "readme.old", value="readme.old"),
    outlet("CD201", 5, "name", None),
    outlet("CD201", 9, "name", None),
    outlet("CD201", 12, "name", None),
    outlet("CD203", 5, "longitude", "东经102.6"),
    outlet("CD203", 7, "longitude", NASTY),
    outlet("CD206", 3, "status", "opened", codelist="outlet-statuses", suggestion="open"),
    outlet("CD206", 8, "status", "关门", codelist="outlet-statuses", suggestion="closed"),
    outlet("CD206", 9, "status", "?", codelist="outlet-statuses"),
    outlet("CD220", 6, "name", " 张记面馆　", "warning"),
)


def sample_report(
    findings: Iterable[Finding] = FINDINGS,
    *,
    table_counts: Sequence[TableCount] | None = None,
    notes: Sequence[Note] = (),
    policy: Sequence[PolicyEntry] = (),
    complete: bool = True,
    label: str = "凉州区",
) -> Report:
    counted = Counter((finding.table, finding.rule, finding.level) for finding in findings)
    if table_counts is None:
        table_counts = [TableCount(table, code, n) for (table, code, _), n in counted.items()]
    levels = {code: level for _, code, level in counted}
    totals: Counter[str] = Counter()
    for entry in table_counts:
        totals[entry.code] += entry.count
    rules = [RuleCount(code, STANDARD.rules[code].name, levels[code], totals[code]) for code in sorted(totals)]
    return Report(
        label=label,
        circledata="0.1.0",
        standard=STANDARD,
        as_of=date(2024, 12, 31),
        complete=complete,
        counts={level: sum(rule.count for rule in rules if rule.level == level) for level in LEVELS},
        rules=rules,
        tables=[
            TableInfo("circles", "circles.csv", None, 8, "utf-8", 900, "a" * 64),
            TableInfo("outlets", "outlets.csv", None, 1234, "utf-8", 90_000, "b" * 64),
        ],
        findings=Stream(findings),
        notes=notes,
        policy=policy,
        package={"name": "liangzhou", "division_code": "620602", "coordinate_system": "CGCS2000", "synthetic": True},
        table_counts=table_counts,
    )


NOTES = (
    Note("table-guessed", {"file": "outlets.csv", "table": "outlets"}),
    Note("not-checked", {"rule": "CD206", "setting": "division_code"}),
    Note("header-row", {"file": "outlets.csv", "row": 3}),
)
POLICY = (PolicyEntry("CD220", "advice", "旧系统九月停用", date(2026, 12, 31)),)
CLEAN: tuple[Finding, ...] = ()
