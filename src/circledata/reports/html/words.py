"""The words of the HTML report in both languages; what rules, tables and fields say stands in `spec/`."""

from __future__ import annotations

from circledata.reports.words import LEVEL_MARKS
from circledata.reports.words import WORDS as SHARED
from circledata.standard.model import Text

WORDS: dict[str, Text] = {
    "report": Text("检查报告", "Check report"),
    "skip": Text("跳到问题清单", "Skip to the findings"),
    "switch": Text("English", "中文"),
    "switch-label": Text("Switch to English", "切换到中文"),
    "sections": Text("本页内容", "On this page"),
    "todo": Text("先做什么", "What to do first"),
    "todo-about": Text(
        "按级别和处数排列：先改上面的，一条规则改一类，改得最快。",
        "In order of level and number: begin at the top, and mend one kind at a time.",
    ),
    "todo-rest": Text("其余 {n} 类问题", "The other {n} kinds"),
    "todo-rest-1": Text("其余 1 类问题", "One more kind"),
    "todo-share": Text(
        "前 {n} 类占全部 {total} 处的 {share}%。", "The first {n} kinds make up {share}% of all {total} findings."
    ),
    "for-example": Text("以第一处为例：", "For the first place: "),
    "fix-first": Text("怎么改（以第一处为例）：", "To mend (here for the first place): "),
    "nothing": Text("没有要改的，可以提交了。", "There is nothing to mend; it is ready to be handed in."),
    "tile-error": Text("错误", "errors"),
    "tile-warning": Text("警告", "warnings"),
    "tile-advice": Text("建议", "pieces of advice"),
    "where": Text("各表的问题", "Findings by table"),
    "where-about": Text(
        "每张表有多少处问题；横条按处数画。", "How many findings each table has; the bars show the numbers."
    ),
    "bar": Text("比例", "proportion"),
    "coverage": Text("各生活圈的业态", "Categories of each circle"),
    "coverage-about": Text(
        "2021 年建设指南列出的 14 种基本保障类和 12 种品质提升类业态，各圈有几家在营业；空格是没有。"
        "下级业态归到上级，兼营的也算，本地业态按 categories 表归并。",
        "The 14 basic and 12 quality categories of the guide of 2021: how many open outlets each circle has; an empty "
        "square means none. Children count as their parent, other_categories count too, local categories as the table "
        "categories says.",
    ),
    "coverage-few": Text(
        "共 {total} 个生活圈，这里列出缺得最多的 {n} 个。",
        "Of {total} circles, the {n} that lack the most are shown.",
    ),
    "coverage-alt": Text(
        "各生活圈业态矩阵，同样的内容见下面的表", "Matrix of categories by circle; the table below says the same"
    ),
    "coverage-table": Text("用文字看：每个圈缺什么", "In words: what each circle lacks"),
    "coverage-group-basic": Text("基本保障类", "basic"),
    "coverage-group-quality": Text("品质提升类", "quality"),
    "coverage-missing": Text("没有的业态", "categories it lacks"),
    "coverage-complete": Text("齐全", "none"),
    "coverage-scale": Text("家数：", "outlets: "),
    "circle": Text("生活圈", "circle"),
    "map": Text("地图", "Map"),
    "map-system": Text(
        "数据包声明的坐标系是 {system}，已换算成 WGS-84 显示；形状和比例尺是真实的。没有底图。",
        "The package declares {system}; shown in WGS-84, true to scale. There is no base map.",
    ),
    "map-system-same": Text(
        "数据包声明的坐标系是 {system}，与 WGS-84 在图上没有可见的差别，按原值显示。没有底图。",
        "The package declares {system}, which does not visibly differ from WGS-84. There is no base map.",
    ),
    "map-system-unknown": Text(
        "没有说明坐标系，按写的数值显示，实际位置可能差几百米。没有底图。",
        "The coordinate system is not stated: positions are shown as written and may be some hundred metres off. "
        "There is no base map.",
    ),
    "map-all": Text(
        "图上是全部 {total} 个有坐标的网点，其中 {faulty} 个有问题。",
        "All {total} outlets with coordinates are shown; {faulty} of them have findings.",
    ),
    "map-all-fine": Text(
        "图上是全部 {total} 个有坐标的网点，都没有发现问题。",
        "All {total} outlets with coordinates are shown; nothing was found on any of them.",
    ),
    "map-sample": Text(
        "有坐标的网点共 {total} 个，图上只画 {n} 个：先画有问题的（共 {faulty} 个），其余抽样。",
        "Of {total} outlets with coordinates {n} are drawn: those with findings first ({faulty} in all), then a sample "
        "of the rest.",
    ),
    "map-faulty-sample": Text(
        "有坐标的网点共 {total} 个，其中 {faulty} 个有问题；图上只画了问题较重的 {n} 个。",
        "Of {total} outlets with coordinates {faulty} have findings; {n} of those with the gravest are drawn.",
    ),
    "map-circles-sample": Text("生活圈共 {total} 个，图上画 {n} 个。", "Of {total} circles {n} are drawn."),
    "map-away": Text(
        "有 {n} 个点离其他点太远，没有放进开始时的画面，可以缩小地图查看。",
        "{n} points lie too far away for the first view; zoom out to see them.",
    ),
    "map-without": Text("另有 {n} 个网点没有可用的坐标。", "{n} more outlets have no usable coordinates."),
    "map-alt": Text(
        "生活圈和网点的位置图；同样的内容见问题清单和“各圈网点”",
        "Positions of circles and outlets; the findings and the table of circles say the same",
    ),
    "map-table": Text("用文字看：各圈网点", "In words: outlets of each circle"),
    "map-outlets": Text("网点", "outlets"),
    "map-faulty": Text("有问题的网点", "with findings"),
    "map-own": Text("圈本身的问题", "findings on the circle"),
    "legend": Text("图例", "Legend"),
    "legend-fine": Text("没有发现问题", "nothing found"),
    "legend-error": Text("有错误", "error"),
    "legend-warning": Text("有警告", "warning"),
    "legend-advice": Text("有建议", "advice"),
    "legend-circle": Text("生活圈的边界或中心", "boundary or centre of a circle"),
    "map-more": Text("另有 {n} 处没有列出", "{n} more not listed"),
    "map-show": Text("看地图", "on the map"),
    "map-in": Text("放大", "Zoom in"),
    "map-out": Text("缩小", "Zoom out"),
    "map-whole": Text("看全部", "Show everything"),
    "row": Text("第 {n} 行", "row {n}"),
    "findings": Text("问题清单", "Findings"),
    "findings-about": Text(
        "同一条规则的问题放在一起。总数是准确的；每条规则先显示几处，其余按需显示。",
        "Grouped by rule. The totals are exact; a few places of each rule are shown at first, the others on demand.",
    ),
    "filter": Text("筛选", "Filter"),
    "filter-level": Text("级别", "Level"),
    "filter-table": Text("表", "Table"),
    "filter-rule": Text("规则", "Rule"),
    "filter-search": Text("搜索", "Search"),
    "filter-hint": Text("编号、名称、值、行号……", "id, name, value, line …"),
    "filter-all": Text("全部", "all"),
    "filter-reset": Text("清除筛选", "Clear"),
    "status-all": Text("共 {total} 处，本报告列出 {listed} 处。", "{total} findings, {listed} listed in this report."),
    "status-some": Text("符合条件的有 {n} 处（在列出的 {listed} 处里）。", "{n} match (of the {listed} listed)."),
    "status-none": Text("没有符合条件的。", "Nothing matches."),
    "shown-all": Text("共 {total} 处，全部列在下面。", "{total} in all, shown below."),
    "shown-all-1": Text("共 1 处。", "1 place."),
    "shown-some": Text("共 {total} 处，这里显示 {n} 处。", "{total} in all, {n} shown here."),
    "shown-capped": Text(
        "共 {total} 处，本报告收入 {listed} 处，这里显示 {n} 处。",
        "{total} in all, {listed} of them in this report, {n} shown here.",
    ),
    "shown-none": Text("共 {total} 处，本报告没有收入例子。", "{total} in all; this report holds no examples."),
    "shown-match": Text("符合条件的 {match} 处，这里显示 {n} 处。", "{match} match, {n} shown here."),
    "more": Text("再显示 {n} 处", "Show {n} more"),
    "more-hint": Text(
        "要看全部，请加上 --max-examples all 再生成一次报告。",
        "To list every one, make the report again with --max-examples all.",
    ),
    "column-place": Text("位置", "place"),
    "column-value": Text("现在的值", "value"),
    "column-wrong": Text("问题", "what is wrong"),
    "column-type": Text("怎么填", "what to type"),
    "column-level": Text("级别", "level"),
    "hidden": Text("（个人信息，不显示）", "(personal data, not shown)"),
    "empty": Text("（空）", "(empty)"),
    "as-above": Text("见“怎么改”", "as said above"),
    "link": Text("这一处的链接", "link to this finding"),
    "facts": Text("数据包", "The package"),
    "fact-name": Text("名称", "name"),
    "fact-title": Text("标题", "title"),
    "fact-synthetic": Text("虚构数据", "invented data"),
    "fact-label": Text("检查的是", "what was checked"),
    "fact-unsaid": Text("没有说明", "not stated"),
    "yes": Text("是", "yes"),
    "no": Text("否", "no"),
    "tables": Text("读到的表", "Tables read"),
    "column-encoding": Text("编码", "encoding"),
    "column-size": Text("字节", "bytes"),
    "column-sha256": Text("SHA-256", "SHA-256"),
    "sheet-in": Text("{file} 工作表“{sheet}”", "{file}, sheet “{sheet}”"),
    "versions": Text("依据", "Made with"),
    "version-spec": Text("标准版本", "version of the standard"),
    "version-digest": Text("规则库校验值", "digest of the rule book"),
    "version-tool": Text("检查工具", "tool"),
    "version-map": Text("地图", "map"),
    "invented": Text("虚构数据，不是真实情况。", "Invented data: nothing here is real."),
    "no-script": Text(
        "浏览器没有运行脚本：筛选、搜索、切换语言和可缩放的地图用不了，其余内容都在。",
        "Scripts do not run in this browser: filter, search, the other language and the zoomable map are missing; "
        "everything else is here.",
    ),
}

SCRIPT = (
    *("report", "switch", "switch-label", "filter-all", "filter-hint", "status-all", "status-some", "status-none"),
    *("shown-all", "shown-all-1", "shown-some", "shown-capped", "shown-none", "shown-match", "more", "hidden"),
    *("empty", "as-above", "map-more", "map-show", "map-in", "map-out", "map-whole", "row", "map-alt", "suggestion"),
    *("level-error", "level-warning", "level-advice", "link", "sections", "coverage-alt", "column-type"),
    *("column-place", "column-value", "column-wrong"),
)
"""The words that the script needs: what changes after the page was written."""


def word(key: str, **values: object) -> Text:
    """Return a text of this report, or one that all reports share, with its placeholders filled."""
    text = WORDS.get(key) or SHARED[key]
    return Text(text.zh.format(**values), text.en.format(**values)) if values else text


def counted(key: str, n: int, **values: object) -> Text:
    """Return a text that holds a number, in its singular where `n` is 1."""
    single = f"{key}-1"
    return word(single if n == 1 and (single in WORDS or single in SHARED) else key, n=f"{n:,}", **values)


def raw(key: str) -> Text:
    """Return a text with its placeholders still in it."""
    if key.startswith("level-"):
        return LEVEL_MARKS[key.removeprefix("level-")]  # type: ignore[index]
    return WORDS.get(key) or SHARED[key]
