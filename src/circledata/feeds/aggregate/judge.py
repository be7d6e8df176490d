"""Decides which members are in the sum, and says of every other one why not: nobody is left out in silence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from circledata.feeds.aggregate.model import Member, Reason, Settings
from circledata.standard.model import Standard, Text

FAR_APART_DAYS = 366
"""Days by which a member's day lies before the latest one before it is said: figures are reported once a year (own
choice)."""
NAMED = 3
"""Rules that a reason names; the check names them all."""


def judge(members: Sequence[Member], standard: Standard, settings: Settings) -> None:
    """Give every member its reasons, and those that are in the sum their places, by division and then content.

    The order in which members were given or checked changes nothing.
    """
    for member in members:
        _own(member, standard, settings)
    _same_content(members)
    _same_division([member for member in members if member.taken])
    _synthetic([member for member in members if member.taken])
    taken = sorted((member for member in members if member.taken), key=order)
    for place, member in enumerate(taken):
        member.ord = place
    _days(taken)


def order(member: Member) -> tuple[str, str, str]:
    """Return what members are sorted by."""
    record = member.record
    return (member.division_code or "~", record.content if record else "", member.source.name)


def _own(member: Member, standard: Standard, settings: Settings) -> None:
    """Say what is wrong with one member by itself."""
    record = member.record
    if record is None or record.problem is not None:
        problem = Text(*record.problem) if record and record.problem else member.source.problem
        member.reasons.append(Reason("unreadable", problem or _machine(), out=True))
        return
    if not record.tables:
        member.reasons.append(
            Reason("no-table", Text("里面没有能读的表。", "It holds no table that can be read."), out=True)
        )
        return
    if record.division_code is None and record.counts.get("error"):
        # A package that does not say what it is has errors for that; one reason is enough.
        member.reasons.append(replace(_errors(member, standard, settings), out=True))
        return
    if record.division_code is None:
        said = Text("数据包没有写明区划代码。", "The package does not say its division code.")
        member.reasons.append(Reason("division-unknown", said, out=True))
    if record.profile != "open" and not (settings.exchange and record.profile == "exchange"):
        member.reasons.append(Reason("exchange", _exchange(record.profile), out=True))
    if record.aside:
        names = ", ".join(record.aside[:NAMED])
        count = len(record.aside)
        text = Text(
            f"有 {count} 列（表）不属于核心标准，没有汇总：{names}。",
            f"{count} columns or tables beyond the core are not summed: {names}.",
        )
        member.reasons.append(Reason("beyond-core", text, count=count))
    if not record.valid:
        member.reasons.append(_errors(member, standard, settings))
    elif record.counts.get("warning"):
        count = record.counts["warning"]
        text = Text(
            f"有 {count:,} 处警告：{_rules(member, standard, 'warning', 'zh')}。",
            f"{count:,} warnings: {_rules(member, standard, 'warning', 'en')}.",
        )
        member.reasons.append(Reason("warnings", text, count=count))


def _machine() -> Text:
    return Text(
        "检查它的进程中断了，可能是内存不够。", "The process that checked it ended early; perhaps memory ran out."
    )


def _exchange(profile: str | None) -> Text:
    if profile == "exchange":
        return Text(
            "这是交换档（exchange）的数据包，只在机关之间使用。确实要汇总成交换档的，加 --exchange。",
            "This package has the profile exchange, which stays between authorities. To make a sum of that profile, "
            "add --exchange.",
        )
    return Text(
        "数据包没有写明发布档（profile），不知道能不能公开。",
        "The package does not say its profile, so nobody knows whether it may be public.",
    )


def _errors(member: Member, standard: Standard, settings: Settings) -> Reason:
    record = member.record
    assert record is not None
    count = record.counts.get("error", 0)
    left = (
        Text("，没有汇总", ", so it is left out")
        if not settings.include_errors
        else Text("，仍按要求汇总", ", summed as wanted")
    )
    if not count:
        text = Text(f"有一部分读不出来{left.zh}。", f"A part of it cannot be read{left.en}.")
        return Reason("incomplete", text, out=not settings.include_errors)
    text = Text(
        f"有 {count:,} 处错误{left.zh}：{_rules(member, standard, 'error', 'zh')}。",
        f"{count:,} error{'s' if count > 1 else ''}{left.en}: {_rules(member, standard, 'error', 'en')}.",
    )
    return Reason("errors", text, out=not settings.include_errors, count=count)


def _rules(member: Member, standard: Standard, level: str, language: str) -> str:
    """Name the rules of a level that were broken most often."""
    record = member.record
    assert record is not None
    own = sorted(((count, code) for code, found, count in record.rules if found == level), key=lambda x: (-x[0], x[1]))
    names = []
    for count, code in own[:NAMED]:
        rule = standard.rules.get(code)
        title = rule.title.in_language("zh" if language == "zh" else "en") if rule else ""
        names.append(f"{code} {title} {count:,} 处" if language == "zh" else f"{code} {title} ({count:,})")
    more = len(own) - NAMED
    if more > 0:
        names.append(f"另有 {more} 条规则" if language == "zh" else f"{more} more rules")
    return ("、" if language == "zh" else ", ").join(names)


def _same_content(members: Sequence[Member]) -> None:
    """Of a member that was given twice, the same to the byte, one is taken."""
    groups: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        if member.record and member.taken:
            groups[member.record.content].append(member)
    for same in groups.values():
        first, *others = sorted(same, key=order)
        for member in others:
            text = Text(
                f"与 {first.source.name} 完全相同，只算一次。", f"The same as {first.source.name}; it counts once."
            )
            member.reasons.append(Reason("member-twice", text, out=True))


def _same_division(members: Sequence[Member]) -> None:
    """Of two packages of one division the later counts; when both are of one day, nobody can say which."""
    groups: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        groups[member.division_code or ""].append(member)
    for code, same in groups.items():
        if len(same) < 2:
            continue
        days = Counter(_day(member) for member in same)
        last = max(days)
        for member in same:
            if _day(member) < last:
                text = Text(
                    f"{code} 还有一个更新的数据包（{last}），用那一个。",
                    f"There is a later package of {code} ({last}); that one counts.",
                )
                member.reasons.append(Reason("superseded", text, out=True))
            elif days[last] > 1:
                names = sorted(other.source.name for other in same if other is not member and _day(other) == last)
                text = Text(
                    f"{code} 在同一天（{last}）有不同的数据包：{'、'.join(names)}。"
                    "不知道该用哪个，都没有汇总，请只给一个。",
                    f"There are different packages of {code} for one day ({last}): {', '.join(names)}. Nobody can tell "
                    "which counts, so none does; give only one.",
                )
                member.reasons.append(Reason("division-twice", text, out=True))


def _day(member: Member) -> str:
    return (member.record.as_of if member.record else None) or ""


def _synthetic(members: Sequence[Member]) -> None:
    """Invented data is never added to real data."""
    invented = [member for member in members if member.record and member.record.synthetic]
    if not invented or len(invented) == len(members):
        return
    for member in invented:
        text = Text(
            "这是虚构数据（synthetic），不能和真实数据加在一起。",
            "This is invented data (synthetic); it is not added to real data.",
        )
        member.reasons.append(Reason("synthetic", text, out=True))


def _days(taken: Sequence[Member]) -> None:
    """Say which members are of a day long before that of the others."""
    known = [date.fromisoformat(_day(member)) for member in taken if _day(member)]
    if not known:
        return
    last = max(known)
    for member in taken:
        if not _day(member):
            continue
        apart = (last - date.fromisoformat(_day(member))).days
        if apart > FAR_APART_DAYS:
            text = Text(
                f"数据截至 {_day(member)}，比最新的（{last}）早 {apart} 天。",
                f"Its data is of {_day(member)}, {apart} days before the latest ({last}).",
            )
            member.reasons.append(Reason("as-of-old", text, count=apart))
