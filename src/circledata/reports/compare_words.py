"""The words of a comparison in both languages, and the sentences on what may set two figures apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from circledata.indicators.compare import EXPECTED, LISTING
from circledata.indicators.compare_bounds import LARGEST
from circledata.indicators.compare_model import Caution, Comparison, Verdict
from circledata.standard.model import Language, Text

Name = Callable[[int], str]
"""What a side is called in a sentence."""

VERDICTS: dict[Verdict, Text] = {
    "stands": Text("有差别", "differs"),
    "may-be-data": Text("可能来自数据", "may be data"),
    "about-data": Text("数据状况不同", "data differs"),
    "same": Text("相同", "same"),
    "not-comparable": Text("不能比较", "incomparable"),
}
MEANINGS: dict[Verdict, Text] = {
    "stands": Text("空着的格子怎么填，差别都在。", "The difference stays whatever the empty cells would say."),
    "may-be-data": Text(
        "差别可能来自数据缺失、登记不全或抽样，不一定是地方不同。",
        "The difference may come from missing data, incomplete listing or sampling rather than from the place.",
    ),
    "about-data": Text(
        "指标说的是数据本身，不说明地方的好坏。",
        "The indicator is about the data itself and says nothing about the place.",
    ),
    "same": Text("四舍五入以后相等。", "Equal as rounded."),
    "not-comparable": Text("至少有一边没有算出来。", "At least one side was not computed."),
}

WORDS: dict[str, Text] = {
    "title": Text("指标比较", "Comparison of indicators"),
    "comma": Text("、", ", "),
    "and": Text("和", " and "),
    "semicolon": Text("；", "; "),
    "stop": Text("。", "."),
    "colon": Text("：", ": "),
    "range-known": Text("填了的记录", "records filled in"),
    "range-bounds": Text("补齐后可能的范围", "possible range"),
    "not-computed": Text("未计算", "not computed"),
    "verdict": Text("判断", "verdict"),
    "difference": Text("差", "difference"),
    "indicator": Text("指标", "indicator"),
    "unit": Text("单位", "unit"),
    "group": Text("分组", "group"),
    "item": Text("分项", "item"),
    "causes": Text("说明", "why"),
    "sheet-pairs": Text("两两比较", "Pairs"),
    "counts": Text("两两相比 {total} 处：{counts}。", "{total} pairs of figures: {counts}."),
    "cautions": Text("先要留意", "Bear in mind"),
    "method": Text("怎么判断的", "How this is judged"),
    "method-text": Text(
        "这是本标准自己的方法，没有官方文本。没填的记录：比例按全是或全不是两头算，个数按全算或全不算，"
        "金额和人数按零到已填平均数的 {largest} 倍算；这样得出的范围有重叠，就说差别可能来自数据。"
        "调查按 95% 的抽样误差算，实际抽样不随机，误差只会更大。"
        "每个生活圈登记的网点数相差 {listing} 倍以上，凡用到网点的指标都说可能来自数据；"
        "某种业态不到按对方比例应有的十分之一，而应有的至少 {expected} 个，也是这样。没有登记进来的，谁也算不出来。",
        "The method is this standard's own; there is no official text. Records without an entry: shares are worked out "
        "with all of them yes and all of them no, counts with all and with none of them, amounts and people with "
        "nothing up to {largest} times the mean of those filled in; where the ranges overlap, the difference may come "
        "from the data. Surveys are given the error of a random sample at 95 %, and theirs can only be larger. Where "
        "one side lists at least {listing} times as many outlets a circle, every indicator that reads outlets may be "
        "the data; so may a category of which one side has less than a tenth of what the share of the other would "
        "give, where that is {expected} or more. What was never listed nobody can tell.",
    ),
    "legend-as-of": Text("截至 {value}", "as of {value}"),
    "legend-no-date": Text("截止日期不明", "reference date unknown"),
    "legend-division": Text("区划 {value}", "division {value}"),
    "legend-valid": Text("没有错误", "no errors"),
    "legend-errors": Text("{n} 处错误", "{n} errors"),
    "legend-errors-1": Text("1 处错误", "1 error"),
    "legend-synthetic": Text("虚构数据", "invented data"),
    "legend-standard": Text("标准 {value}", "standard {value}"),
    "all": Text("全部", "all of them"),
    "pair": Text("{first}和{second}", "{first} and {second}"),
    "pairs": Text("{n} 对", "{n} pairs"),
    "rest-zero": Text("其余是 0", "0 for the others"),
    "all-zero": Text("全部是 0", "0 for all"),
    "gap": Text("（差 {value}）", " ({value})"),
    "vs-first": Text(
        "超过 {n} 个，各自只和第一个比较。", "With more than {n} sides, each is compared with the first alone."
    ),
}

CAUSES: dict[str, Text] = {
    "unknown-values": Text(
        "{side}的记录填了 {share}（{records} 条里 {known} 条），补齐后可能是 {range}",
        "{side} has it for {share} of its records ({known} of {records}), and once filled in it may be {range}",
    ),
    "sample": Text(
        "{side}有 {n} 人回答，光凭抽样误差就可能是 {range}",
        "{n} people answered in {side}, and by sampling alone it may be {range}",
    ),
    "listing": Text(
        "每个生活圈登记的网点，{side}平均 {first} 个，{other}平均 {second} 个，相差太大，多半有一边没有登记全",
        "{side} lists {first} outlets a circle and {other} {second}: most likely one of them does not list all",
    ),
    "category": Text(
        "按{other}的比例，{side}应当有 {expected} 个左右，登记的只有 {value} 个，多半是没有登记，或者归到了别的业态",
        "at the share of {other} there would be about {expected} in {side}, which lists {value}: most likely they are "
        "not on record or stand under another category",
    ),
    "definition": Text(
        "{side}按标准 {first}，{other}按标准 {second}，两版的算法不同",
        "{side} follows the standard {first} and {other} {second}, which define it differently",
    ),
    "not-computed": Text("{side}未计算，原因是{reason}", "not computed in {side}: {reason}"),
    "not-in-standard": Text(
        "{side}所用版本的标准没有这个指标", "not in the version of the standard that {side} follows"
    ),
}

CAUTIONS: dict[str, Text] = {
    "synthetic": Text(
        "{sides}是虚构数据，比较的结果不说明任何真实的地方。",
        "Invented data: {sides}. Nothing follows from it for any real place.",
    ),
    "errors": Text(
        "{sides}检查出 {errors} 处错误，写错的格子按没有填算；先改好，再比较。",
        "The check found errors ({errors}) in {sides}; cells that are wrong count as empty. Mend them first.",
    ),
    "as-of-unknown": Text(
        "{sides}没有写明截止日期，用到日期的指标没有算。",
        "No reference date is known of {sides}, so figures that depend on it were not computed.",
    ),
    "as-of-differs": Text(
        "截止日期不同，从 {first} 到 {last}，隔了 {days} 天：差别也可能是时间带来的。",
        "The reference dates differ, from {first} to {last} ({days} days): a difference may also be one of time.",
    ),
    "standard-differs": Text(
        "依据的标准版本不同：{versions}。定义变了的指标，在下面说明。",
        "They follow different versions of the standard: {versions}. Indicators whose definition changed say so below.",
    ),
    "same-area": Text(
        "{sides}是同一个地区（{code}）：差别是前后的变化，或者两份数据的出入，不是地方之间的不同。",
        "One area ({code}): {sides}. A difference is one of time or between two sets of data, not between places.",
    ),
}


CSV_COLUMNS: dict[str, Text] = {
    "group": Text("分组", "group"),
    "indicator": Text("指标英文名", "name"),
    "title": Text("指标", "indicator"),
    "item": Text("分项代码", "item code"),
    "item-title": Text("分项", "item"),
    "unit": Text("单位", "unit"),
    "first": Text("甲", "A"),
    "first-value": Text("甲的值", "value of A"),
    "first-known": Text("甲填了的记录", "records filled in, A"),
    "first-records": Text("甲的记录", "records, A"),
    "first-low": Text("甲补齐后最小", "least possible, A"),
    "first-high": Text("甲补齐后最大", "most possible, A"),
    "second": Text("乙", "B"),
    "second-value": Text("乙的值", "value of B"),
    "second-known": Text("乙填了的记录", "records filled in, B"),
    "second-records": Text("乙的记录", "records, B"),
    "second-low": Text("乙补齐后最小", "least possible, B"),
    "second-high": Text("乙补齐后最大", "most possible, B"),
    "difference": Text("差（乙减甲）", "difference (B less A)"),
    "verdict": Text("判断", "verdict"),
    "causes": Text("原因", "causes"),
}


def say(language: Language, key: str, **values: object) -> str:
    """Return a text with its placeholders filled."""
    return WORDS[key].in_language(language).format(**values)


def join(language: Language, names: Sequence[str]) -> str:
    """Name several things."""
    if len(names) < 2:
        return "".join(names)
    comma, last = say(language, "comma"), say(language, "and")
    return comma.join(names[:-1]) + last + names[-1]


def method(language: Language) -> str:
    """Say how differences are judged."""
    return say(language, "method-text", largest=LARGEST, listing=LISTING, expected=EXPECTED)


def counts(comparison: Comparison, language: Language) -> str:
    """Say how many pairs got each verdict."""
    found = {verdict: n for verdict, n in comparison.counts().items() if n}
    parts = [f"{VERDICTS[verdict].in_language(language)} {n}" for verdict, n in found.items()]
    return say(language, "counts", total=sum(found.values()), counts=say(language, "comma").join(parts))


def caution_text(caution: Caution, language: Language, name: Name, total: int) -> str:
    """Word a caution; `total` is the number of all sides."""
    everyone = len(caution.sides) == total > 2
    sides = say(language, "all") if everyone else join(language, [name(number) for number in caution.sides])
    return CAUTIONS[caution.code].in_language(language).format(sides=sides, **caution.params)
