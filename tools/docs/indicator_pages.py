"""Pages of the indicators: the list by group, and one page an indicator with its definition, SQL and vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from md import code, escape, fence, link, page, table
from words import word

from circledata.standard.generate import read_yaml
from circledata.standard.model import Indicator, Language, Standard

WIDE = "---\nhide: [navigation]\n---"
WORDS: dict[str, tuple[str, str]] = {
    "indicators": ("指标", "Indicators"),
    "about": (
        "标准定义的数：怎样算、没有填的怎样处理、依据是什么，每个都有手工算出的例题。怎么用见[指标](../../indicators.md)，"
        "怎样读指标文件见[标准](../standard.md)第 11.1 节。",
        "The figures that the standard defines: how each is worked out, how empty cells are treated, what it stands "
        "on, with vectors worked out by hand. How to use them: [Indicators](../../indicators.md). How to read an "
        "indicator's file: [the standard](../standard.md), chapter 11.1.",
    ),
    "indicator": ("指标", "Indicator"),
    "title": ("名称", "Title"),
    "unit": ("单位", "Unit"),
    "own": ("本标准自己的定义", "The standard's own definition"),
    "definition": ("定义", "Definition"),
    "numerator": ("分子", "Numerator"),
    "denominator": ("分母", "Denominator"),
    "no-denominator": ("没有；值就是分子", "none; the value is the numerator"),
    "rounding": ("四舍五入", "Rounding"),
    "decimals": ("{n} 位小数，正好一半的进位", "{n} decimals, halves away from zero"),
    "decimals-share": (
        "{n} 位小数，正好一半的进位；给人看时写成百分数",
        "{n} decimals, halves away from zero; shown to people as a percentage",
    ),
    "decimals-0": ("整数，正好一半的进位", "whole number, halves away from zero"),
    "missing": ("没有填的怎么办", "What nobody filled in"),
    "source": ("依据", "What it stands on"),
    "by": ("分项", "Broken down by"),
    "scopes": ("按什么算", "Computed by"),
    "scope-package": ("整个数据包", "the package"),
    "scope-division": ("区县", "division"),
    "scope-township": ("街道（乡镇）", "township"),
    "scope-circle": ("生活圈", "circle"),
    "needs": ("缺了就不计算", "Not computed without"),
    "needs-nothing": ("没有", "nothing"),
    "vectors": ("例题", "Vectors"),
    "vectors-about": (
        "没有列出的必填单元格按标准填好，与答案无关。",
        "Required cells that are not shown are filled in as the standard asks; they do not bear on the answer.",
    ),
    "answer": ("答案：", "Answer:"),
    "place": ("地方", "Place"),
    "item": ("分项", "Item"),
    "value": ("值", "Value"),
    "known": ("已知", "Known"),
    "records": ("记录", "Records"),
    "reason": ("未计算的原因", "Why not computed"),
    "whole": ("整个数据包", "the package"),
    "nowhere": ("不属于任何一处", "no place"),
    "package-says": ("数据包：", "The package says: "),
    "by-scope": ("（{scope}）", " ({scope})"),
    "sql": ("SQL", "SQL"),
    "join": ("、", ", "),
}
COLUMNS = ("place", "item", "value", "numerator", "denominator", "known", "records", "reason")


def say(key: str, language: Language, **values: object) -> str:
    """Return one of these pages' words."""
    text = WORDS[key][0 if language == "zh" else 1]
    return text.format(**values) if values else text


def index(standard: Standard, language: Language) -> str:
    """Return the list of all indicators, group by group."""
    parts = [f"# {say('indicators', language)}", say("about", language)]
    groups = standard.codelists["indicator-groups"].codes
    head = [say(key, language) for key in ("title", "indicator", "unit", "definition")]
    for group, indicators in groupby(standard.indicators.values(), key=lambda item: item.group):
        parts += [
            f"## {groups[group].title.in_language(language)}",
            escape(groups[group].definition.in_language(language)),
        ]
        parts.append(table(head, [_line(item, standard, language) for item in indicators]))
    return page(WIDE, *parts)


def _line(indicator: Indicator, standard: Standard, language: Language) -> Sequence[str]:
    return (
        link(escape(indicator.title.in_language(language)), f"{indicator.name}.md"),
        code(indicator.name),
        _unit(indicator, standard, language),
        escape(indicator.definition.in_language(language)),
    )


def _unit(indicator: Indicator, standard: Standard, language: Language) -> str:
    return escape(standard.codelists["units"].codes[indicator.unit].title.in_language(language))


def indicator_page(indicator: Indicator, standard: Standard, language: Language) -> str:
    """Return the page of one indicator."""
    raw = read_yaml(standard.root / "indicators" / f"{indicator.name}.yaml")
    group = standard.codelists["indicator-groups"].codes[indicator.group]
    facts = [
        code(indicator.name),
        link(escape(group.title.in_language(language)), "index.md"),
        f"{word('since', language)} {indicator.since}",
        *([say("own", language)] if indicator.own else []),
    ]
    return page(
        WIDE,
        f"# {escape(indicator.title.in_language(language))}",
        " · ".join(facts),
        f"> {escape(indicator.definition.in_language(language))}",
        _facts(indicator, standard, language),
        f"## {say('missing', language)}",
        escape(indicator.missing.in_language(language)),
        f"## {say('source', language)}",
        escape(indicator.source.in_language(language)),
        f"## {say('vectors', language)}",
        say("vectors-about", language),
        *[_vector(case, indicator, standard, language) for case in raw["cases"]],
        f"## {say('sql', language)}",
        fence(indicator.sql, "sql"),
    )


def _facts(indicator: Indicator, standard: Standard, language: Language) -> str:
    comma = say("join", language)
    denominator = indicator.denominator
    rounding = "decimals-0" if not indicator.decimals else "decimals-share" if indicator.unit == "share" else "decimals"
    rows = [
        ("numerator", escape(indicator.numerator.in_language(language))),
        (
            "denominator",
            escape(denominator.in_language(language)) if denominator else say("no-denominator", language),
        ),
        ("unit", _unit(indicator, standard, language)),
        ("rounding", say(rounding, language, n=indicator.decimals)),
    ]
    if indicator.by:
        title = standard.codelists[indicator.by].title.in_language(language)
        rows.append(("by", link(escape(title), f"../codelists/{indicator.by}.md")))
    rows.append(("scopes", comma.join(say(f"scope-{scope}", language) for scope in indicator.scopes)))
    rows.append(("needs", comma.join(map(_need, indicator.needs)) or say("needs-nothing", language)))
    return table(["", ""], [(say(key, language), text) for key, text in rows])


def _need(need: str) -> str:
    name, _, column = need.partition(".")
    return link(code(need), f"../tables/{name}.md" + (f"#{name}.{column}" if column else ""))


def _vector(case: Mapping[str, Any], indicator: Indicator, standard: Standard, language: Language) -> str:
    """Return one vector: its name, the records that matter, and the answer."""
    scope = case.get("scope", "package")
    where = "" if scope == "package" else say("by-scope", language, scope=say(f"scope-{scope}", language))
    parts = [f"**{escape(case['name'][language])}**{where}"]
    if case.get("package"):
        pairs = (f"{code(key)} = {code(_text(value)) or '–'}" for key, value in case["package"].items())
        parts.append(say("package-says", language) + say("join", language).join(pairs))
    for name, rows in case["tables"].items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        cells = [[code(_text(row.get(column))) for column in columns] for row in rows]
        parts.append(page(code(name), table([code(column) for column in columns], cells)))
    parts += [say("answer", language), _answer(case["expect"], indicator, standard, language)]
    return page(*parts)


def _answer(expected: Sequence[Mapping[str, Any]], indicator: Indicator, standard: Standard, language: Language) -> str:
    """Return the expected figures; columns that no figure names are left out."""
    columns = [name for name in COLUMNS if any(figure.get(name) is not None for figure in expected) or name == "place"]
    rows = [[_cell(figure, name, indicator, standard, language) for name in columns] for figure in expected]
    return table([say(name, language) for name in columns], rows)


def _cell(figure: Mapping[str, Any], name: str, indicator: Indicator, standard: Standard, language: Language) -> str:
    value = figure.get(name)
    if name == "place":
        return say("whole" if value is None else "nowhere", language) if not value else code(str(value))
    if name == "item" and value and indicator.by:
        return escape(standard.codelists[indicator.by].codes[value].title.in_language(language))
    if name == "reason" and value:
        return escape(standard.codelists["not-computed"].codes[value].title.in_language(language))
    return _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
