"""The words of the figures as text and CSV, in both languages."""

from __future__ import annotations

from circledata.standard.model import Language, Text

WORDS: dict[str, Text] = {
    "head": Text("{label}：指标", "{label}: indicators"),
    "standard": Text("按标准 {version} 计算", "by the standard {version}"),
    "as-of": Text("截至 {day}", "as of {day}"),
    "as-of-unknown": Text("截止日期不明", "reference date unknown"),
    "by-package": Text("整个数据包", "the whole package"),
    "by-division": Text("按区县", "by division"),
    "by-township": Text("按街道（乡镇）", "by township"),
    "by-circle": Text("按生活圈", "by circle"),
    "synthetic": Text(
        "注意：这是虚构数据，不能当作真实的统计。", "Note: invented data, not to be taken for real numbers."
    ),
    "errors": Text(
        "注意：这份数据有 {n} 处错误没有改正，指标可能不准。先看：circledata validate",
        "Note: the data has {n} errors that are not mended; the figures may be wrong. See: circledata validate",
    ),
    "errors-1": Text(
        "注意：这份数据有 1 处错误没有改正，指标可能不准。先看：circledata validate",
        "Note: the data has 1 error that is not mended; the figures may be wrong. See: circledata validate",
    ),
    "incomplete": Text(
        "注意：有内容没能读出来，指标可能不准。先看：circledata validate",
        "Note: something could not be read; the figures may be wrong. See: circledata validate",
    ),
    "not-computed": Text("未计算：{reason}", "not computed: {reason}"),
    "not-computed-all": Text("各处都未计算：{reason}", "not computed anywhere: {reason}"),
    "quotient": Text("{numerator} ÷ {denominator}", "{numerator} ÷ {denominator}"),
    "known": Text("已知 {known}/{records}（{share}）", "known {known}/{records} ({share})"),
    "note-join": Text("；", "; "),
    "item-join": Text("、", ", "),
    "place-none": Text("不属于任何生活圈", "in no circle"),
    "place-unknown": Text("看不出在哪里", "place not known"),
    "total-items": Text("共 {n}", "{n} in all"),
    "missing-head": Text(
        "各生活圈缺的业态（2021 年指南所列，没有营业网点的）",
        "Categories that each circle lacks (of those in the guide of 2021; no open outlet)",
    ),
    "missing-none": Text("都有", "none"),
    "foot-known": Text(
        "“已知 a/b”：b 条记录里有 a 条填了计算要用的内容，其余不知道。",
        "“known a/b”: of b records, a hold what the figure needs; the others are not known.",
    ),
    "foot-more": Text("每个指标的定义：{where}", "How each indicator is defined: {where}"),
    "where": Text("文档“指标”一页，或 spec/1.0/indicators/", "the page “Indicators”, or spec/1.0/indicators/"),
    # the columns of the CSV
    "csv-package": Text("数据包", "Package"),
    "csv-division_code": Text("数据包区划代码", "Division code of the package"),
    "csv-as_of": Text("截止日期", "Reference date"),
    "csv-scope": Text("范围", "Scope"),
    "csv-place": Text("地方", "Place"),
    "csv-place_name": Text("地方名称", "Name of the place"),
    "csv-indicator": Text("指标", "Indicator"),
    "csv-title": Text("指标名称", "Title"),
    "csv-item": Text("分项", "Item"),
    "csv-item_title": Text("分项名称", "Title of the item"),
    "csv-value": Text("值", "Value"),
    "csv-unit": Text("单位", "Unit"),
    "csv-numerator": Text("分子", "Numerator"),
    "csv-denominator": Text("分母", "Denominator"),
    "csv-known": Text("已知记录", "Known records"),
    "csv-records": Text("记录", "Records"),
    "csv-reason": Text("未计算的原因", "Why not computed"),
    "csv-reason_title": Text("原因说明", "Reason in words"),
    "csv-errors": Text("数据中的错误", "Errors in the data"),
    "csv-synthetic": Text("虚构数据", "Invented data"),
}


def say(language: Language, key: str, **values: object) -> str:
    """Return one of these texts with its placeholders filled."""
    return WORDS[key].in_language(language).format(**values)
