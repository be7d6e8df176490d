"""The reports' own words in both languages; what a rule says stands in its file in `spec/`."""

from __future__ import annotations

from circledata.findings.model import LEVELS, Level
from circledata.findings.report import Report
from circledata.findings.wording import table_name
from circledata.standard.model import Language, Text

LEVEL_MARKS: dict[Level, Text] = {
    "error": Text("错误", "error"),
    "warning": Text("警告", "warning"),
    "advice": Text("建议", "advice"),
}

WORDS: dict[str, Text] = {
    "count-error": Text("{n} 处错误", "{n} errors"),
    "count-error-1": Text("1 处错误", "1 error"),
    "count-warning": Text("{n} 处警告", "{n} warnings"),
    "count-warning-1": Text("1 处警告", "1 warning"),
    "count-advice": Text("{n} 条建议", "{n} pieces of advice"),
    "count-advice-1": Text("1 条建议", "1 piece of advice"),
    "list-comma": Text("、", ", "),
    "verdict-clean": Text(
        "通过：{label} 符合标准 {spec}，没有发现问题。",
        "Passed: {label} conforms to the standard {spec}; nothing was found.",
    ),
    "verdict-valid": Text(
        "通过：{label} 符合标准 {spec}，没有错误；另有{counts}。",
        "Passed: {label} conforms to the standard {spec}, without errors, but with {counts}.",
    ),
    "verdict-limit": Text(
        "不通过：{label} 符合标准 {spec}，但有{counts}（--fail-on {limit} 把它们也算作不通过）。",
        "Failed: {label} conforms to the standard {spec}, but has {counts} (which --fail-on {limit} does not "
        "let pass).",
    ),
    "verdict-invalid": Text(
        "不通过：{label} 不符合标准 {spec}，有{counts}。",
        "Failed: {label} does not conform to the standard {spec}: {counts}.",
    ),
    "verdict-incomplete": Text(
        "不通过：{label} 没有全部读完，检查不完整。",
        "Failed: not all of {label} could be read; the check is incomplete.",
    ),
    "verdict-incomplete-counts": Text(
        "不通过：{label} 没有全部读完，检查不完整；已发现{counts}。",
        "Failed: not all of {label} could be read; the check is incomplete, and found {counts} so far.",
    ),
    "basis": Text("circledata {tool} · 标准 {spec}", "circledata {tool} · standard {spec}"),
    "basis-division": Text("区划 {value}", "division {value}"),
    "basis-as-of": Text("数据截止 {value}", "as of {value}"),
    "basis-crs": Text("坐标系 {value}", "coordinates in {value}"),
    "basis-synthetic": Text("虚构数据", "invented data"),
    "section-error": Text("错误（必须改正）", "Errors (must be mended)"),
    "section-warning": Text("警告（很可能有问题，请核对）", "Warnings (probably wrong; please check)"),
    "section-advice": Text("建议（可以做得更好）", "Advice (could be better)"),
    "package-itself": Text("数据包本身", "The package itself"),
    "sheet": Text("工作表“{sheet}”", "sheet “{sheet}”"),
    "places": Text("共 {n} 处", "{n} places"),
    "places-1": Text("共 1 处", "1 place"),
    "why": Text("为什么：", "Why: "),
    "fix": Text("怎么改：", "To mend: "),
    "suggestion": Text("建议填写：{value}", "Suggested: {value}"),
    "quoted": Text("“{value}”", "“{value}”"),
    "more": Text("还有 {n} 处没有列出。", "{n} more places are not listed."),
    "more-1": Text("还有 1 处没有列出。", "1 more place is not listed."),
    "place-comma": Text("、", "; "),
    "summary": Text("汇总", "Summary"),
    "column-table": Text("表", "table"),
    "column-file": Text("文件", "file"),
    "column-rows": Text("记录", "records"),
    "total": Text("合计", "total"),
    "notes": Text("说明", "Notes"),
    "policy": Text("按策略文件改动的规则", "Rules changed by the policy file"),
    "policy-off": Text("不检查", "switched off"),
    "policy-entry": Text(
        "{rule} {title}：{level}，到 {until} 为止。理由：{reason}",
        "{rule} {title}: {level}, until {until}. Reason: {reason}",
    ),
    "next": Text("接下来", "What to do next"),
    "next-errors": Text(
        "先改{counts}，改完保存，再运行一次同样的命令；有的错误改好之后，才能查出后面的问题。",
        "Mend the {counts} first, save, and run the same command again: some faults can only be seen once "
        "others are mended.",
    ),
    "next-warnings": Text(
        "没有错误。请逐条核对{counts}：确实无误的可以不改。",
        "There are no errors. Look at the {counts} one by one; what is right may stay as it is.",
    ),
    "next-incomplete": Text(
        "先解决读不出来的内容，否则后面的检查做不了。",
        "Mend first what could not be read: the other checks depend on it.",
    ),
    "next-repair": Text(
        "只是写法不同、意思不变的，可以自动改好，改了哪些会列成清单：\n{command}",
        "What is only written differently can be mended by the tool, which lists each change:\n{command}",
    ),
    "next-full": Text(
        "全部清单（可用 WPS 或 Excel 打开）：\n{command}", "The whole list, to open in WPS or Excel:\n{command}"
    ),
    "next-rule": Text("某条规则的详细说明：circledata rules {code}", "More about one rule: circledata rules {code}"),
    "next-nothing": Text("可以提交了。", "Ready to be handed in."),
    "csv-level": Text("级别", "level"),
    "csv-policy": Text("策略", "policy"),
    "csv-code": Text("规则代码", "code"),
    "csv-name": Text("规则英文名", "name"),
    "csv-title": Text("规则", "rule"),
    "csv-table": Text("表", "table"),
    "csv-file": Text("文件", "file"),
    "csv-sheet": Text("工作表", "sheet"),
    "csv-row": Text("行", "row"),
    "csv-column": Text("列", "column"),
    "csv-location": Text("位置", "place"),
    "csv-value": Text("现在的值", "value"),
    "csv-message": Text("问题", "what is wrong"),
    "csv-fix": Text("怎么改", "how to mend it"),
    "sarif-policy": Text(
        "按策略文件改动：{reason}（到 {until}）", "Changed by the policy file: {reason} (until {until})"
    ),
    "junit-off": Text(
        "策略文件关闭了这条规则：{reason}（到 {until}）", "Switched off by the policy file: {reason} (until {until})"
    ),
    "junit-skipped": Text("没有检查", "not checked"),
    "note-table-guessed": Text(
        "{file} 看起来是“{table}”表，按这张表检查。不对的话请用 --table 指明。",
        "{file} looks like the table “{table}” and was checked as that. If it is not, name it with --table.",
    ),
    "note-setting-unknown": Text(
        "没有说明“{setting}”，需要它的检查没有做。可以用 {option} 指明。",
        "“{setting}” is not stated, so checks that need it were not run. State it with {option}.",
    ),
    "note-setting-overridden": Text(
        "“{setting}”按命令行给的 {value}，不用数据包里写的。",
        "“{setting}” is {value} as given on the command line, not what the package says.",
    ),
    "note-not-checked": Text("没有检查 {rule} {title}{reason}。", "{rule} {title} was not checked{reason}."),
    "note-not-checked-many": Text(
        "没有说明“{setting}”，这些规则没有检查：{rules}。",
        "“{setting}” is not stated, so these rules were not checked: {rules}.",
    ),
    "note-header-row": Text(
        "{file} 的表头在第 {row} 行，上面的行没有当作数据。",
        "The header of {file} stands in row {row}; what is above it was not taken as data.",
    ),
    "note-header-row-sheet": Text(
        "{file} 工作表“{sheet}”的表头在第 {row} 行，上面的行没有当作数据。",
        "The header of sheet “{sheet}” of {file} stands in row {row}; what is above it was not taken as data.",
    ),
    "note-sheet-hidden": Text(
        "{file} 工作表“{sheet}”是隐藏的，照样检查了。",
        "Sheet “{sheet}” of {file} is hidden; it was checked like the others.",
    ),
    "note-rows-hidden": Text(
        "{file} 工作表“{sheet}”里有 {count} 行数据是隐藏的，照样检查了。",
        "Sheet “{sheet}” of {file} has hidden rows that hold records ({count}); they were checked like the others.",
    ),
    "note-columns-hidden": Text(
        "{file} 工作表“{sheet}”的 {columns} 列是隐藏的，照样检查了。",
        "Sheet “{sheet}” of {file} has hidden columns ({columns}); they were checked like the others.",
    ),
    "note-policy-expired": Text(
        "策略文件里对 {rule} {title} 的改动已在 {until} 到期，没有采用。",
        "The change that the policy file makes to {rule} {title} ended on {until} and was not applied.",
    ),
    "note-feeds-elsewhere": Text(
        "{file} 列出的文件有 {count} 个不在这个文件夹里，没有检查（不联网）。",
        "{count} of the files that {file} lists are not in this folder and were not checked (nothing is fetched).",
    ),
    "note-features-numbered": Text(
        "{file} 的要素没有各占一行，下面的行号是第几个要素。",
        "The features of {file} do not stand on lines of their own; a line below means the number of the feature.",
    ),
    "note-other": Text("{code}：{params}", "{code}: {params}"),
    "reason-setting": Text("，因为没有说明“{setting}”", ", because “{setting}” is not stated"),
    "reason-table": Text("，因为数据包里没有表 {table}", ", because the package has no table {table}"),
    "reason-plain": Text("：{reason}", ": {reason}"),
}

SETTINGS: dict[str, tuple[Text, str]] = {
    "division_code": (Text("区划代码", "division code"), "--division"),
    "coordinate_system": (Text("坐标系", "coordinate system"), "--crs"),
    "as_of": (Text("数据截止日期", "as-of date"), "--as-of"),
    "profile": (Text("发布档", "profile"), "datapackage.json"),
    "version": (Text("标准版本", "version of the standard"), "datapackage.json"),
    "encoding": (Text("编码", "encoding"), "--encoding"),
}
"""What a package says of itself: how people call it, and the option that says it instead."""


def say(language: Language, key: str, **values: object) -> str:
    """Return one of the reports' texts with its placeholders filled."""
    return WORDS[key].in_language(language).format(**values)


def table_title(name: str, report: Report, language: Language) -> str:
    """Name a table as people see it: title and machine name, or once where they are the same word."""
    return table_name(name, report.standard, language)


def number(value: int) -> str:
    """Write a whole number with thousands separated."""
    return f"{value:,}"


def counted(language: Language, key: str, n: int) -> str:
    """Return a text that holds a number, in its singular where `n` is 1."""
    return say(language, f"{key}-1" if n == 1 else key, n=number(n))


def counts(report: Report, language: Language, levels: tuple[Level, ...] = LEVELS) -> str:
    """Say how many findings of `levels` there are; levels without any are left out."""
    parts = [counted(language, f"count-{level}", report.counts[level]) for level in levels if report.counts[level]]
    joined = say(language, "list-comma").join(parts)
    return f" {joined}" if language == "zh" and joined else joined


def spec(report: Report) -> str:
    """Name the version of the standard, with its extensions."""
    parts = [report.standard.version]
    parts += [f"{name} {version}" for name, version in sorted(report.standard.extensions.items())]
    return " + ".join(parts)


def verdict(report: Report, language: Language, fail_on: Level = "error") -> str:
    """Say in one sentence whether the data conforms."""
    found = counts(report, language)
    if not report.complete:
        key = "verdict-incomplete-counts" if found else "verdict-incomplete"
    elif not report.valid:
        key = "verdict-invalid"
    elif report.fails(fail_on):
        key = "verdict-limit"
    else:
        key = "verdict-valid" if found else "verdict-clean"
    return say(language, key, label=report.label, spec=spec(report), counts=found, limit=fail_on)
