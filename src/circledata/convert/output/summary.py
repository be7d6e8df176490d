"""Sums a conversion up, for machines as a dictionary and for people as plain sentences in Chinese or English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from circledata.convert.model import Conversion
from circledata.convert.output.words import all_words
from circledata.convert.plural import singular
from circledata.standard import Standard, load_standard
from circledata.standard.model import Language, Text


def summary(conversion: Conversion, standard: Standard) -> dict[str, Any]:
    """Return the summary as JSON holds it: counts that add up, what was not mapped, what a person must decide."""
    reasons = Counter(row.reason for row in conversion.left_out)
    sources = _sources(conversion)
    return {
        "mapping": "; ".join(conversion.mappings),
        "spec": standard.version,
        "source": sources[0],
        "sources": sources,
        "division_code": conversion.division_code,
        "as_of": conversion.as_of.isoformat(),
        "coordinate_system": conversion.coordinate_system,
        "rows_in": conversion.rows_in,
        "rows_used": conversion.rows_used,
        "left_out": len(conversion.left_out),
        "records": dict(conversion.records),
        "changes": len(conversion.changes),
        "left_out_by_reason": [
            {
                "reason": reason,
                "zh": reason_text(reason).zh,
                "en": reason_text(reason).en,
                "count": count,
                "tags": _counted(tags_of(conversion, reason), "tag"),
            }
            for reason, count in _ranked(reasons)
        ],
        "records_by_category": _by_category(conversion, standard),
        "unread": [
            {"field": field, "text": text, "count": count} for (field, text), count in _ranked(conversion.unread)
        ],
        "unmapped": _counted(conversion.unmapped, "column"),
        "notes": [{"file": file, "zh": text.zh, "en": text.en} for file, text in conversion.notes],
        "decisions": [
            {"code": code, "count": count, "zh": said(code, conversion, "zh"), "en": said(code, conversion, "en")}
            for code, count in _in_order(conversion.decisions)
        ],
    }


def _sources(conversion: Conversion) -> list[dict[str, Any]]:
    return [
        {
            "file": file.name,
            "format": file.format,
            "encoding": file.encoding,
            "bytes": file.bytes,
            "sha256": file.sha256,
        }
        for file in conversion.sources
    ]


def _by_category(conversion: Conversion, standard: Standard) -> list[dict[str, Any]]:
    categories = standard.codelists["categories"].codes
    return [
        {"category": code, "zh": title.zh, "en": title.en, "count": count}
        for code, count in _ranked(conversion.by_category)
        if (title := categories[code].title if code in categories else Text(code, code))
    ]


def reason_text(reason: str) -> Text:
    """Say why a row was left out; a reason that only a mapping knows is said as it stands there."""
    return all_words("REASONS").get(reason, Text(reason, reason))


def tags_of(conversion: Conversion, reason: str) -> Counter[str]:
    """Count the tags that rows were left out by, for one reason; rows without a telling tag are not counted."""
    return Counter(row.tag for row in conversion.left_out if row.reason == reason and row.tag)


def said(code: str, conversion: Conversion, language: Language) -> str:
    """Say one decision in `language`. A code may carry what it is about, as `default:outlets.status` does."""
    kind, _, about = code.partition(":")
    text = all_words("DECISIONS").get(kind, Text(f"{kind}：{{count}}", f"{kind}: {{count}}"))
    sentence = text.in_language(language).format(
        count=f"{conversion.decisions[code]:,}",
        as_of=conversion.as_of.isoformat(),
        system=conversion.coordinate_system,
        about=_about(about, language),
    )
    return singular(sentence) if language == "en" else sentence


def _about(about: str, language: Language) -> str:
    """Return the title of a field that is given as `table.field`; any other text as it is."""
    table, _, field = about.partition(".")
    tables = load_standard().tables
    if table in tables and field in tables[table].by_name:
        return tables[table].by_name[field].title.in_language(language)
    return about


def _ranked(counts: Counter[Any]) -> list[tuple[Any, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _counted(counts: Counter[str], name: str) -> list[dict[str, Any]]:
    return [{name: key, "count": count} for key, count in _ranked(counts)]


def _in_order(decisions: Counter[str]) -> Iterable[tuple[str, int]]:
    order = {code: place for place, code in enumerate(all_words("DECISIONS"))}
    known = sorted(decisions, key=lambda code: (order.get(code.partition(":")[0], len(order)), code))
    return ((code, decisions[code]) for code in known if decisions[code])


def summary_lines(conversion: Conversion, standard: Standard, language: Language, most: int = 12) -> list[str]:
    """Return the summary as lines for a terminal; of every list at most `most` entries, the rest as a number."""
    zh = language == "zh"
    changed, to, papers = f"{len(conversion.changes):,}", near_path(conversion.to), near_path(conversion.papers)
    return [
        *_result_lines(conversion, standard, language),
        *_left_out_lines(conversion, most, language),
        *_rest_lines(conversion, most, language),
        *_decision_lines(conversion, most, language),
        "",
        f"工作底稿在 {papers}（不属于数据包）：conversion.csv 记着改动的 {changed} 处，left_out.csv 是未转的行。"
        if zh
        else f"Papers in {papers} (not in the package): {singular(f'{changed} changes')} in conversion.csv, "
        "the rest in left_out.csv.",
        f"下一步：circledata validate {to}" if zh else f"Next: circledata validate {to}",
    ]


def near_path(path: Path) -> str:
    """Return a path as seen from the working directory, when it lies below it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _result_lines(conversion: Conversion, standard: Standard, language: Language) -> list[str]:
    zh = language == "zh"
    used, total, left = (
        f"{number:,}" for number in (conversion.rows_used, conversion.rows_in, len(conversion.left_out))
    )
    names = [f"{file.name}{'，' if zh else ', '}{file.encoding.upper()}".rstrip("，, ") for file in conversion.sources]
    shown = ("；" if zh else "; ").join(names)
    head = (
        f"读入 {total} 行（{shown}）＝ 转出 {used} ＋ 未转 {left}"
        if zh
        else singular(f"{total} rows read ({shown}) = {used} converted + {left} left out")
    )
    counts = [
        f"{count:,} 个{title.zh}" if zh else singular(f"{count:,} {title.en}")
        for table, count in conversion.records.items()
        for title in (standard.tables[table].title,)
    ]
    to, listed = near_path(conversion.to), ("、" if zh else ", ").join(counts)
    lines = [head, "", f"转出 {listed}，写到 {to}" if zh else f"{listed} written to {to}"]
    categories = standard.codelists["categories"].codes
    for code, count in _ranked(conversion.by_category):
        title = categories[code].title.in_language(language) if code in categories else ""
        lines.append(f"  {count:>7,}  {title} {code}")
    return lines


def _left_out_lines(conversion: Conversion, most: int, language: Language) -> list[str]:
    left = f"{len(conversion.left_out):,}"
    lines = ["", f"未转 {left} 行" if language == "zh" else singular(f"{left} rows left out")]
    for reason, count in _ranked(Counter(row.reason for row in conversion.left_out)):
        lines.append(f"  {count:>7,}  {reason_text(reason).in_language(language)}")
        lines += _listed(tags_of(conversion, reason), most, language)
    return lines


def _rest_lines(conversion: Conversion, most: int, language: Language) -> list[str]:
    lines: list[str] = []
    if conversion.unmapped:
        heading = Text("没有用到的列（有内容的格数）", "Columns that were not used (filled cells)")
        lines += ["", heading.in_language(language), *_listed(conversion.unmapped, most, language)]
    if conversion.notes:
        lines += ["", "读取时的说明" if language == "zh" else "Notes on reading"]
        lines += [
            f"  {file}：{text.zh}" if language == "zh" else f"  {file}: {text.en}" for file, text in conversion.notes
        ]
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
