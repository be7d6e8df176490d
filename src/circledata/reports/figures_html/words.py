"""The words of pages of figures in both languages; titles and definitions stand in `spec/`."""

from __future__ import annotations

from circledata.standard.model import Text

FRAME: dict[str, Text] = {
    "switch": Text("English", "中文"),
    "switch-label": Text("Switch to English", "切换到中文"),
    "sections": Text("本页内容", "On this page"),
    "skip": Text("跳到正文", "Skip to the figures"),
    "definition": Text("怎么算的", "How it is worked out"),
    "numerator": Text("分子", "Numerator"),
    "counted": Text("数的是", "What is counted"),
    "denominator": Text("分母", "Denominator"),
    "missing": Text("没填的", "What is missing"),
    "source": Text("依据", "Source"),
    "name": Text("名称", "Name"),
    "place": Text("地方", "Place"),
    "chart": Text("图", "Chart"),
    "value": Text("值", "Value"),
    "left": Text(
        "另有 {n} 个没有画出来，全部数字见 CSV 或 JSON。", "{n} more are not drawn; CSV and JSON have them all."
    ),
    "spec": Text("标准 {spec} · circledata {tool}", "standard {spec} · circledata {tool}"),
    "legend": Text("图例", "Legend"),
    "legend-bar": Text(
        "条：值；线：没填的补齐以后可能的范围", "bar: the value; line: what it may be once all is filled in"
    ),
}

FIGURES: dict[str, Text] = {
    **FRAME,
    "report": Text("指标", "Indicators"),
    "as-of": Text("截至 {value}", "as of {value}"),
    "no-date": Text("截止日期不明", "reference date unknown"),
    "division": Text("区划 {value}", "division {value}"),
    "valid": Text("检查没有错误", "checked: no errors"),
    "invalid": Text(
        "检查有 {n} 处错误，写错的格子按没有填算：这些数字请小心使用。",
        "The check found errors ({n}); cells that are wrong count as empty: use these figures with care.",
    ),
    "synthetic": Text("虚构数据，不说明任何真实的地方。", "Invented data: it says nothing of any real place."),
    "lacks": Text("缺什么业态", "Missing categories"),
    "lacks-about": Text(
        "2021 年建设指南列出的 14 种基本保障类和 12 种品质提升类业态里，各生活圈没有营业网点的。"
        "没有登记任何网点的生活圈不列。",
        "Of the 14 basic and 12 quality categories of the guide of 2021: those that a circle has no open outlet of. "
        "Circles without any outlet on record are left out.",
    ),
    "lacks-none": Text("齐全", "none"),
    "circle": Text("生活圈", "Circle"),
    "lacks-basic": Text("缺的基本保障类", "basic ones it lacks"),
    "lacks-quality": Text("缺的品质提升类", "quality ones it lacks"),
    "foot": Text(
        "没有算出来的写明原因，从不当作 0。各指标的定义、分子、分母和依据见各卡片里的“怎么算的”。",
        "What was not computed says why and never counts as 0. Each card tells how its figure is worked out.",
    ),
}
