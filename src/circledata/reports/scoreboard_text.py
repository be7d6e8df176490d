"""The scoreboard on the terminal: what came out, and who must act on what, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from circledata.standard.model import Language

MOST = 20
"""Actions that the terminal shows; the page and scoreboard.json have all."""
WORDS: dict[str, tuple[str, str]] = {
    "members": (
        "数据包 {members:,} 个：汇总 {taken:,} 个，没有汇总 {left_out:,} 个。",
        "{members:,} packages: {taken:,} in the sum, {left_out:,} left out.",
    ),
    "records": ("记录：{text}", "Records: {text}"),
    "figures": ("指标：{text}", "Figures: {text}"),
    "quality": (
        "汇总进来的数据：错误 {error:,} 处，警告 {warning:,} 处，建议 {advice:,} 处。",
        "The data in the sum: {error:,} errors, {warning:,} warnings, {advice:,} pieces of advice.",
    ),
    "conflicts": (
        "两个区争的：{count:,} 处，见 conflicts.csv。",
        "Claimed by two districts: {count:,}, see conflicts.csv.",
    ),
    "actions": ("谁要做什么（先急后缓）", "Who must act on what (the most urgent first)"),
    "more": (
        "  另有 {count:,} 件，见 scoreboard.html 和 scoreboard.csv。",
        "  {count:,} more, see scoreboard.html and scoreboard.csv.",
    ),
    "none": ("没有要处理的。", "Nothing needs action."),
    "comma": ("，", ", "),
    "colon": ("：", ": "),
}


def write_text(board: Mapping[str, Any], language: Language, stream: TextIO) -> None:
    """Write the scoreboard for people."""
    stream.writelines(line + "\n" for line in _lines(board, language))


def _lines(board: Mapping[str, Any], language: Language) -> Iterator[str]:
    def say(key: str, **values: object) -> str:
        return WORDS[key][0 if language == "zh" else 1].format(**values)

    totals = board["totals"]
    yield say("members", **{key: totals[key] for key in ("members", "taken", "left_out")})
    if totals["records"]:
        yield say("records", text=say("comma").join(_records(board, language)))
    figures = [_figure(item, board["figures"].get(item["name"]), language) for item in board["indicators"]]
    if any(figures):
        yield say("figures", text=say("comma").join(text for text in figures if text))
    yield say("quality", **totals["findings"])
    claimed = sum(totals["conflicts"].values())
    if claimed:
        yield say("conflicts", count=claimed)
    yield ""
    if not board["actions"]:
        yield say("none")
        return
    yield say("actions")
    for action in board["actions"][:MOST]:
        name = (action["name"] or {}).get(language) or action["source"]
        code = f" {action['division_code']}" if action["division_code"] else ""
        yield f"  {name}{code}{say('colon')}{action['text'][language]}"
    if len(board["actions"]) > MOST:
        yield say("more", count=len(board["actions"]) - MOST)


def _records(board: Mapping[str, Any], language: Language) -> Iterator[str]:
    from circledata.standard import load_standard

    tables = load_standard().tables
    for name, count in board["totals"]["records"].items():
        if name in {"circles", "communities", "outlets", "surveys", "projects", "subsidies"}:
            yield f"{tables[name].title.in_language(language)} {count:,}"


def _figure(item: Mapping[str, Any], value: Any, language: Language) -> str | None:
    return None if value is None else f"{item['title'][language]} {shown(item, value)}"


def shown(item: Mapping[str, Any], value: Any) -> str:
    """Return a figure for people: shares in per cent, numbers with separators."""
    if value is None:
        return "—"
    if item["unit"] == "share":
        return f"{100 * float(value):.1f}%"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.{item['decimals']}f}"
