"""The scoreboard: who must act on what, how good each district's data is, and what the figures come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from circledata.feeds.aggregate.conflicts import KINDS, Conflict
from circledata.feeds.aggregate.judge import order
from circledata.feeds.aggregate.model import Member, Reason, Record
from circledata.feeds.areas import COLLECTIVE
from circledata.findings.model import LEVELS
from circledata.findings.privacy import redact
from circledata.standard.model import Standard, Text
from circledata.version import __version__

URGENCY = (
    *("unreadable", "no-table", "incomplete", "errors", "division-unknown", "exchange", "division-twice"),
    *("id-claimed", "category-differs", "community-claimed", "same-name-same-place", "same-uscc-same-place"),
    *("synthetic", "superseded", "member-twice", "as-of-old", "beyond-core", "warnings"),
)
"""What somebody must act on, first what comes first (own choice): districts that are missing from the sum, then what
counts twice, then what may mislead."""
FIGURES = (
    *("circles", "outlets", "residents-covered", "chain-rate", "satisfaction"),
    *("completeness", "freshness", "coordinates-filled", "opening-hours-filled"),
)
"""Indicators that stand beside each district; indicators.json has them all."""
RULES = 5
"""Rules that a district's entry names, those broken most often."""


def scoreboard(
    members: Sequence[Member],
    conflicts: Mapping[int, Counter[str]],
    said: Mapping[str, Any],
    records: Mapping[str, int],
    values: Mapping[str, Mapping[str, Any]],
    standard: Standard,
    digest: str,
) -> dict[str, Any]:
    """Return scoreboard.json. `conflicts`: by place how many of each kind; `values`: figures by division."""
    taken = [member for member in members if member.taken]
    rows = sorted(members, key=order)
    totals = {level: sum(m.record.counts.get(level, 0) for m in taken if m.record) for level in LEVELS}
    shown = [name for name in FIGURES if name in standard.indicators]
    return {
        "circledata": standard.version,
        "type": "scoreboard",
        "generator": {"name": "circledata", "version": __version__},
        "standard_digest": standard.digest,
        "inputs_digest": digest,
        "title": said["title"],
        "area": _area(said["circledata"].get("division_code"), standard),
        "as_of": said["circledata"].get("as_of"),
        "coordinate_system": said["circledata"].get("coordinate_system"),
        "synthetic": said["circledata"]["synthetic"],
        "totals": {
            "members": len(members),
            "taken": len(taken),
            "left_out": len(members) - len(taken),
            "records": dict(records),
            "findings": totals,
            "conflicts": {kind: sum(c[kind] for c in conflicts.values()) // 2 for kind in KINDS},
        },
        "indicators": [_indicator(standard, name) for name in shown],
        "figures": {name: values.get("", {}).get(name) for name in shown},
        "actions": list(_actions(rows, conflicts, standard)),
        "members": [_member(m, conflicts.get(m.ord), values, shown, standard) for m in rows],
    }


def _indicator(standard: Standard, name: str) -> dict[str, Any]:
    found = standard.indicators[name]
    return {
        "name": name,
        "title": {"zh": found.title.zh, "en": found.title.en},
        "unit": found.unit,
        "decimals": found.decimals,
    }


def _area(code: str | None, standard: Standard) -> dict[str, Any]:
    return {"division_code": code, "name": place_name(code, standard)}


def place_name(code: str | None, standard: Standard) -> dict[str, str] | None:
    """Return the name of a division with that of the city above it; of a township its county's."""
    names = standard.codelists["divisions"].codes
    found = names.get((code or "")[:6])
    if found is None:
        return None
    city, province = names.get(found.code[:4] + "00"), names.get(found.code[:2] + "0000")
    # The districts of a municipality stand under a collective code that is no city.
    above = province if city is None or city.title.zh in COLLECTIVE else city
    zh = found.title.zh if above is None or found.code.endswith("00") else f"{above.title.zh}{found.title.zh}"
    return {"zh": zh, "en": found.title.en or zh}


def _actions(
    rows: Sequence[Member], conflicts: Mapping[int, Counter[str]], standard: Standard
) -> Iterator[dict[str, Any]]:
    """Yield who must act on what, the most urgent first."""
    found: list[tuple[int, int, tuple[str, str, str], Member, Reason]] = []
    for member in rows:
        own = [reason for reason in member.reasons if reason.out or member.taken]
        own += _conflict_reasons(conflicts.get(member.ord))
        found += [(URGENCY.index(reason.code), -(reason.count or 0), order(member), member, reason) for reason in own]
    for *_, member, reason in sorted(found, key=lambda item: item[:3]):
        yield {
            "division_code": member.division_code,
            "name": place_name(member.division_code, standard),
            "publisher": member.record.publisher if member.record else None,
            "source": redact(member.source.name),
            "code": reason.code,
            "left_out": reason.out,
            "count": reason.count,
            "text": {"zh": reason.text.zh, "en": reason.text.en},
        }


def _conflict_reasons(found: Counter[str] | None) -> Iterator[Reason]:
    for kind, count in (found or {}).items():
        text = KINDS[kind]
        yield Reason(kind, Text(f"{count:,} 处：{text.zh}", f"{count:,} cases: {text.en}"), count=count)


def _member(
    member: Member,
    conflicts: Counter[str] | None,
    values: Mapping[str, Mapping[str, Any]],
    shown: Sequence[str],
    standard: Standard,
) -> dict[str, Any]:
    record = member.record or Record("", 0)
    own = values.get((member.division_code or "-")[:6], {}) if member.taken else {}
    return {
        "division_code": member.division_code,
        "name": place_name(member.division_code, standard),
        "title": record.title,
        "publisher": record.publisher,
        "source": redact(member.source.name),
        "taken": member.taken,
        "as_of": record.as_of,
        "standard": record.version,
        "coordinate_system": record.coordinate_system,
        "profile": record.profile,
        "synthetic": record.synthetic,
        "content": record.content or None,
        "reasons": [
            {"code": reason.code, "left_out": reason.out, "text": {"zh": reason.text.zh, "en": reason.text.en}}
            for reason in member.reasons
        ],
        "findings": {level: record.counts.get(level, 0) for level in LEVELS},
        "rules": [_rule(code, level, count, standard) for code, level, count in _top(record)],
        "records": dict(record.tables),
        "conflicts": sum((conflicts or Counter()).values()),
        "figures": {name: own.get(name) for name in shown},
    }


def _top(record: Record) -> list[tuple[str, str, int]]:
    """Return the rules that were broken most often, errors first."""
    return sorted(record.rules, key=lambda rule: (LEVELS.index(rule[1]), -rule[2], rule[0]))[:RULES]


def _rule(code: str, level: str, count: int, standard: Standard) -> dict[str, Any]:
    rule = standard.rules.get(code)
    title = {"zh": rule.title.zh, "en": rule.title.en} if rule else None
    return {"code": code, "level": level, "count": count, "title": title}


def tally(conflicts: Sequence[Conflict]) -> dict[int, Counter[str]]:
    """Count the conflicts of each kind that each place has a part in."""
    found: dict[int, Counter[str]] = {}
    for item in conflicts:
        for place in (item.ord, item.other_ord):
            found.setdefault(place, Counter())[item.kind] += 1
    return found
