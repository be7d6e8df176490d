"""Sums a conversion up, for machines as a dictionary and for people as plain sentences in Chinese or English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from circledata.convert.model import Conversion
from circledata.standard import Standard
from circledata.standard.model import Language, Text

REASONS: dict[str, Text] = {
    "not-an-outlet": Text("不是商业网点", "No outlet"),
    "no-category": Text("标准里没有对应的业态", "No category in the standard"),
    "no-name": Text("没有名称，也没有品牌", "Neither a name nor a brand"),
    "closed": Text("已停业，没有写明关闭日期", "Closed, without the day of closing"),
    "gone": Text("已拆除", "No longer there"),
    "duplicate": Text("和前面一行完全相同", "Exactly the same as an earlier row"),
    "same-id": Text("编号和前面一行相同，内容不同", "The id of an earlier row with other content"),
    "row-broken": Text("这一行的列数和表头对不上", "More or fewer cells than the header"),
}
"""Why a row became no record."""

DECISIONS: dict[str, Text] = {
    "address-missing": Text(
        "{count} 个网点没有地址（原数据没有写）。地址留空，没有编造；请补上街道和门牌号。",
        "{count} outlets have no address in the source. It was left empty; please add street and number.",
    ),
    "chain-from-brand": Text(
        "{count} 个网点因为有品牌记为连锁（chain）。直营还是加盟（franchise）原数据分不出，请核对。",
        "{count} outlets are marked chain because they have a brand. Chain or franchise is not in the source; check.",
    ),
    "no-category": Text(
        "{count} 个要素在标准里没有对应的业态，没有转出。上面逐个标签列了数量；要收进来，请先定业态。",
        "{count} features have no category in the standard and were left out; the tags are listed above.",
    ),
    "no-name": Text(
        "{count} 个网点没有名称，没有转出。名单在 left_out.csv，查到名称后可以补录。",
        "{count} outlets have no name and were left out; left_out.csv lists them.",
    ),
    "name-from-brand": Text(
        "{count} 个网点没有名称，用品牌作名称，请核对招牌。",
        "{count} outlets without a name got their brand as name; check the signs.",
    ),
    "several-categories": Text(
        "{count} 个网点符合几个业态，第一个记为主要业态，其余记为兼营，请核对。",
        "{count} outlets fit several categories: the first is the main one, the rest are others; check.",
    ),
    "unreadable": Text(
        "{count} 个值看不懂，字段留空，原文放在 x_ 开头的列里（见下）。",
        "{count} values could not be read; the field is empty and the text stands in an x_ column (below).",
    ),
    "incomplete": Text(
        "{count} 个网点只有零散的地址（只有门牌号，或只有城市），不够写地址，原文放在 x_address_text。",
        "{count} outlets have only scraps of an address (a house number or a city); they stand in x_address_text.",
    ),
    "not-yet": Text(
        "{count} 个网点写了将来的关闭日期，现在仍算营业，日期放在 x_closed_on_text。",
        "{count} outlets have a closing day that lies ahead; they count as open, the day stands in x_closed_on_text.",
    ),
    "maybe-personal": Text(
        "{count} 个经营者名称可能是个人姓名，没有写入。",
        "{count} operator names may be those of private persons and were not written.",
    ),
    "coordinates-missing": Text("{count} 个网点没有能用的坐标。", "{count} outlets have no usable coordinates."),
    "closed": Text(
        "{count} 个要素已停业而没有写关闭日期，没有转出。",
        "{count} features are closed without a day and were left out.",
    ),
    "same-id": Text(
        "{count} 行的编号和前面的行相同而内容不同，只取了第一行，请核对。",
        "{count} rows have the id of an earlier row with other content; only the first was taken.",
    ),
    "row-broken": Text(
        "{count} 行的列数和表头对不上，没有转出，请在原文件里修好。",
        "{count} rows have more or fewer cells than the header and were left out; mend the source.",
    ),
    "as-of-from-data": Text(
        "没有给出 --as-of，数据日期取了数据里最晚的一天 {as_of}。知道导出日期的话，请用 --as-of 写明。",
        "Without --as-of the latest day in the data, {as_of}, was taken. If you know the day of export, give --as-of.",
    ),
    "no-publisher": Text(
        "没有给出 --publisher，发布单位暂写为数据的作者。由本单位发布的话，请用 --publisher 写明。",
        "Without --publisher the authors of the data stand as publisher. If you publish the package, give --publisher.",
    ),
}
"""What the tool did not decide, in the order in which it is said."""


def summary(conversion: Conversion, standard: Standard) -> dict[str, Any]:
    """Return the summary as JSON holds it: counts that add up, what was not mapped, what a person must decide."""
    reasons = Counter(row.reason for row in conversion.left_out)
    categories = standard.codelists["categories"].codes
    return {
        "mapping": conversion.mapping,
        "spec": standard.version,
        "source": {
            "file": conversion.source.name,
            "format": conversion.source.format,
            "encoding": conversion.source.encoding,
            "bytes": conversion.source.bytes,
            "sha256": conversion.source.sha256,
        },
        "division_code": conversion.division_code,
        "as_of": conversion.as_of.isoformat(),
        "coordinate_system": conversion.coordinate_system,
        "rows_in": conversion.rows_in,
        "records_out": conversion.records_out,
        "left_out": len(conversion.left_out),
        "left_out_by_reason": [
            {"reason": reason, "zh": REASONS[reason].zh, "en": REASONS[reason].en, "count": count}
            | {"tags": _counted(tags_of(conversion, reason), "tag")}
            for reason, count in _ranked(reasons)
        ],
        "records_by_category": [
            {"category": code, "zh": categories[code].title.zh, "count": count}
            for code, count in _ranked(conversion.by_category)
        ],
        "changes_by_rule": _counted(Counter(change.rule for change in conversion.changes), "rule"),
        "unread": [
            {"field": field, "text": text, "count": count} for (field, text), count in _ranked(conversion.unread)
        ],
        "decisions": [
            {"code": code, "count": count, "zh": said(code, conversion, "zh"), "en": said(code, conversion, "en")}
            for code, count in _in_order(conversion.decisions)
        ],
    }


def tags_of(conversion: Conversion, reason: str) -> Counter[str]:
    """Count the tags that rows were left out by, for one reason; rows without a telling tag are not counted."""
    return Counter(row.tag for row in conversion.left_out if row.reason == reason and row.tag)


def said(code: str, conversion: Conversion, language: Language) -> str:
    """Say one decision in `language`."""
    count = f"{conversion.decisions[code]:,}"
    return DECISIONS[code].in_language(language).format(count=count, as_of=conversion.as_of.isoformat())


def _ranked(counts: Counter[Any]) -> list[tuple[Any, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _counted(counts: Counter[str], name: str) -> list[dict[str, Any]]:
    return [{name: key, "count": count} for key, count in _ranked(counts)]


def _in_order(decisions: Counter[str]) -> Iterable[tuple[str, int]]:
    return ((code, decisions[code]) for code in DECISIONS if decisions[code])


def summary_lines(conversion: Conversion, standard: Standard, language: Language, most: int = 12) -> list[str]:
    """Return the summary as lines for a terminal; of every list at most `most` entries, the rest as a number."""
    zh = language == "zh"
    changed, to, papers = f"{len(conversion.changes):,}", _near(conversion.to), _near(conversion.papers)
    return [
        *_result_lines(conversion, standard, language),
        *_left_out_lines(conversion, most, language),
        *_decision_lines(conversion, most, language),
        "",
        f"工作底稿在 {papers}（不属于数据包）：conversion.csv 记着改动的 {changed} 处，left_out.csv 是未转的行。"
        if zh
        else f"Papers in {papers} (not in the package): {changed} changes in conversion.csv, the rest in left_out.csv.",
        f"下一步：circledata validate {to}" if zh else f"Next: circledata validate {to}",
    ]


def _near(path: Path) -> str:
    """Return a path as seen from the working directory, when it lies below it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _result_lines(conversion: Conversion, standard: Standard, language: Language) -> list[str]:
    out, total, left = f"{conversion.records_out:,}", f"{conversion.rows_in:,}", f"{len(conversion.left_out):,}"
    name, to, encoding = conversion.source.name, _near(conversion.to), conversion.source.encoding.upper()
    if language == "zh":
        head = f"读入 {total} 行（{name}，{encoding}）＝ 转出 {out} ＋ 未转 {left}"
        heading = f"转出 {out} 个网点，写到 {to}"
    else:
        head = f"{total} rows read ({name}, {encoding}) = {out} converted + {left} left out"
        heading = f"{out} outlets written to {to}"
    categories = standard.codelists["categories"].codes
    return [
        head,
        "",
        heading,
        *(
            f"  {count:>7,}  {categories[code].title.in_language(language)} {code}"
            for code, count in _ranked(conversion.by_category)
        ),
    ]


def _left_out_lines(conversion: Conversion, most: int, language: Language) -> list[str]:
    left = f"{len(conversion.left_out):,}"
    lines = ["", f"未转 {left} 行" if language == "zh" else f"{left} rows left out"]
    for reason, count in _ranked(Counter(row.reason for row in conversion.left_out)):
        lines.append(f"  {count:>7,}  {REASONS[reason].in_language(language)}")
        lines += _listed(tags_of(conversion, reason), most, language)
    return lines


def _decision_lines(conversion: Conversion, most: int, language: Language) -> list[str]:
    lines: list[str] = []
    decisions = [said(code, conversion, language) for code, _ in _in_order(conversion.decisions)]
    if decisions:
        lines += ["", "需要人来决定" if language == "zh" else "For a person to decide"]
        lines += [f"  {number}. {text}" for number, text in enumerate(decisions, start=1)]
    if conversion.unread:
        heading = Text("看不懂或不够用的值", "Values that could not be read or do not suffice")
        lines += ["", heading.in_language(language)]
        unread = Counter({f"{field}: {text}": count for (field, text), count in conversion.unread.items()})
        lines += _listed(unread, most, language)
    return lines


def _listed(counts: Counter[str], most: int, language: Language) -> list[str]:
    ranked = _ranked(counts)
    lines = [f"           {count:>6,}  {key}" for key, count in ranked[:most]]
    rest = ranked[most:]
    if rest:
        kinds, number = len(rest), sum(count for _, count in rest)
        more = f"其余 {kinds} 种" if language == "zh" else f"{kinds} more"
        lines.append(f"           {number:>6,}  {more}")
    return lines
