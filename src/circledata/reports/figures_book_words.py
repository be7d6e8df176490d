"""The words of the yearly workbook in both languages; titles and definitions of indicators stand in `spec/`."""

from __future__ import annotations

from circledata.standard.model import Language, Text

WORDS: dict[str, Text] = {
    "title": Text("一刻钟便民生活圈年度汇总表", "Yearly summary of living circles"),
    "sheet-about": Text("说明", "About"),
    "sheet-grades": Text("生活圈按类型", "Circles by grade"),
    "sheet-outlets": Text("网点按业态", "Outlets by category"),
    "sheet-coverage": Text("业态覆盖", "Coverage"),
    "sheet-surveys": Text("调查", "Surveys"),
    "sheet-money": Text("资金", "Money"),
    "sheet-all": Text("全部指标", "All indicators"),
    "about-sheet-grades": Text(
        "生活圈按类型、目标类型和状态的个数，逐圈一行。", "Circles by grade, target grade and status; a line a circle."
    ),
    "about-sheet-outlets": Text("各业态营业网点的个数和比例。", "Open outlets of each category, and their share."),
    "about-sheet-coverage": Text(
        "每个生活圈有没有 2021 年建设指南的 14 种基本保障类、12 种品质提升类业态，缺哪些。",
        "Which of the 14 basic and 12 quality categories of the guide of 2021 each circle has, and which it lacks.",
    ),
    "about-sheet-surveys": Text("满意度、回答人数和有效答卷。", "Satisfaction, people who answered, questionnaires."),
    "about-sheet-money": Text(
        "投资、补助、带动的社会投资和就业，逐圈一行。", "Investment, grants, leverage and jobs; a line a circle."
    ),
    "about-sheet-all": Text("全部数字，一行一个，可以筛选。", "All figures, one a line, ready to be filtered."),
    "intro": Text(
        "按《circledata 数据标准》{spec} 从数据包计算，不能代替正式报表的口径。"
        "没有算出来的写“未计算”和原因，从不当作 0；空着的记录有多少，看“填了的记录”。",
        "Computed from the data by the standard circledata {spec}; it does not replace the definitions of official "
        "forms. What could not be computed says so and why, and never counts as 0; “records filled in” tells how much "
        "was empty.",
    ),
    "part-package": Text("数据", "The data"),
    "part-sheets": Text("各张表", "The sheets"),
    "part-definitions": Text("指标怎么算", "How the indicators are worked out"),
    "fact-title": Text("名称", "Title"),
    "fact-division": Text("区划代码", "Division code"),
    "fact-as-of": Text("数据截止日期", "Reference date"),
    "fact-crs": Text("坐标系", "Coordinate system"),
    "fact-spec": Text("标准版本", "Version of the standard"),
    "fact-tool": Text("计算程序", "Computed by"),
    "fact-quality": Text("检查结果", "Result of the check"),
    "unknown": Text("没有写明", "not stated"),
    "quality": Text(
        "{verdict}：错误 {error}，警告 {warning}，建议 {advice}",
        "{verdict}: errors {error}, warnings {warning}, advice {advice}",
    ),
    "valid": Text("通过", "passed"),
    "invalid": Text("不通过", "failed"),
    "errors-warning": Text(
        "有 {n} 处错误，写错的格子按没有填算。先改好错误，再用这些数字。",
        "There are errors ({n}); cells that are wrong count as empty. Mend them before you use these figures.",
    ),
    "synthetic-warning": Text("虚构数据：不说明任何真实的地方。", "Invented data: it says nothing of any real place."),
    "indicator": Text("指标", "Indicator"),
    "definition": Text("定义", "Definition"),
    "numerator": Text("分子（数的是）", "Numerator (what is counted)"),
    "denominator": Text("分母", "Denominator"),
    "missing": Text("没填的怎么办", "What is missing"),
    "source": Text("依据", "Source"),
    "grade": Text("类型", "Grade"),
    "now": Text("现有类型", "Grade now"),
    "target": Text("目标类型", "Target grade"),
    "ungraded": Text("没有定型或没有填", "none, or not filled in"),
    "status": Text("状态", "Status"),
    "total": Text("合计", "Total"),
    "circle": Text("生活圈", "Circle"),
    "circle-id": Text("编号", "Id"),
    "count": Text("个数", "Number"),
    "category": Text("业态", "Category"),
    "class": Text("类别", "Class"),
    "outlets": Text("营业网点", "Open outlets"),
    "share": Text("占比", "Share"),
    "guide": Text("2021 年指南", "Guide of 2021"),
    "guide-yes": Text("列入", "listed"),
    "not-known": Text("没有填业态或业态不合标准", "without a category of the standard"),
    "basic-count": Text("基本保障类", "Basic"),
    "quality-count": Text("品质提升类", "Quality"),
    "lacking": Text("缺的业态", "Categories it lacks"),
    "lacks": Text("缺", "–"),
    "has": Text("●", "●"),
    "coverage-about": Text(
        "●有营业的网点，缺是没有。下级业态算上级的，兼营的也算，本地业态按 categories 表归并。"
        "没有登记网点的生活圈不列。",
        "● has an open outlet, – has none. Children count as their parent, sidelines count, local categories as the "
        "table categories says. Circles without outlets on record are left out.",
    ),
    "coverage-none": Text(
        "没有可以列的生活圈：数据里没有登记了网点的生活圈。", "No circle to list: none has outlets on record."
    ),
    "coverage-coverage": Text("有这一业态的生活圈", "Circles that have it"),
    "place": Text("地方", "Place"),
    "whole": Text("全部", "The whole"),
    "nowhere": Text("不属于任何生活圈", "in no circle"),
    "satisfied": Text("满意人数", "People satisfied"),
    "answered": Text("回答人数", "People who answered"),
    "filled": Text("填了的记录", "Records filled in"),
    "records": Text("记录", "Records"),
    "reason": Text("没有值的原因", "Why there is no value"),
    "group": Text("分组", "Group"),
    "item": Text("分项", "Item"),
    "place-code": Text("地方代码", "Code of the place"),
    "value": Text("值", "Value"),
    "unit": Text("单位", "Unit"),
    "name": Text("指标英文名", "Name"),
    "package": Text("数据包", "Package"),
    "cut": Text("放不下了，其余见 CSV 或 JSON。", "The sheet is full; CSV and JSON have the rest."),
    "not-computed": Text("未计算", "not computed"),
}


def say(language: Language, key: str, **values: object) -> str:
    """Return a text with its placeholders filled."""
    return WORDS[key].in_language(language).format(**values)
