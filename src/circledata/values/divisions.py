"""The tree of divisions that addresses are read by: names in full and shortened, parents, and what old names became."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

_LEVELS: Final = {"province": 0, "prefecture": 1, "county": 2}
_PEOPLES = (
    "蒙古族|蒙古|回族|回|藏族|藏|维吾尔|苗族|彝族|壮族|壮|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|高山族|拉祜族"
    "|水族|东乡族|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族|达斡尔族|达斡尔|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|锡伯|阿昌族|普米族|塔吉克族|塔吉克|怒族|鄂温克族"
    "|鄂伦春|德昂族|保安族|裕固族|独龙族|各族|联合"
)
_AUTONOMOUS = re.compile(f"^(..+?)(?:{_PEOPLES})+自治[区州县旗]$")
_SUFFIX = re.compile("(?:特别行政区|自治区|自治州|地区|省|市|区|县|盟|旗)$")


# Compared by identity: one object a code, and hashing is what reading addresses spends its time on.
@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """One division of the code list; `level` is `province`, `prefecture` or `county`; `valid_to` is empty: in use."""

    code: str
    name: str
    level: str
    parent: str
    valid_to: str = ""
    successors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def rank(self) -> int:
        """0 for a province, 1 for a prefecture, 2 for a county."""
        return _LEVELS[self.level]


@dataclass(frozen=True, slots=True, eq=False)
class Township:
    """One 街道, 镇 or 乡: nine digits and the six-digit code above it."""

    code: str
    name: str
    parent: str


class DivisionTree:
    """Divisions and townships by code and by name. Built from rows with the columns of the two code lists."""

    def __init__(self, divisions: Iterable[Mapping[str, str]], townships: Iterable[Mapping[str, str]] = ()) -> None:
        """Take rows with code, zh, level, parent, valid_to, successors (aliases), and code, zh, parent, aliases."""
        self.by_code: dict[str, Division] = {}
        for row in divisions:
            self.by_code[row["code"]] = Division(
                row["code"],
                row["zh"],
                row["level"],
                row["parent"],
                row.get("valid_to") or "",
                _split(row.get("successors")),
                _split(row.get("aliases")),
            )
        self._townships = [
            (Township(row["code"], row["zh"], row["parent"]), _split(row.get("aliases"))) for row in townships
        ]
        self._ancestors: dict[str, frozenset[str]] = {}

    @cached_property
    def full(self) -> Mapping[str, Sequence[Division]]:
        """Divisions by their full names, those in use first."""
        names: dict[str, list[Division]] = defaultdict(list)
        for division in sorted(self.by_code.values(), key=lambda one: (one.valid_to != "", one.code)):
            for name in (division.name, *division.aliases):
                if len(name) > 1 and name not in {"市辖区", "直辖县"}:
                    names[name].append(division)
        for division in self.by_code.values():
            # 恩施州, 积石山县: short, but as clear as the full name.
            common = shortened(division.name) + division.name[-1]
            if "自治" in division.name and division.level != "province" and common not in names:
                names[common] = [division]
        return dict(names)

    @cached_property
    def short(self) -> Mapping[str, Sequence[Division]]:
        """Divisions in use by their shortened names: 浙江, 杭州, 凉州, 恩施, 积石山. Never a single character."""
        names: dict[str, list[Division]] = defaultdict(list)
        for division in self.by_code.values():
            short = shortened(division.name)
            if not division.valid_to and short and short not in self.full:
                names[short].append(division)
        return dict(names)

    @cached_property
    def townships(self) -> Mapping[str, Sequence[Township]]:
        """Townships by name, alias, and by 街道办事处 or 街道办 for 街道."""
        names: dict[str, list[Township]] = defaultdict(list)
        for township, aliases in self._townships:
            for name in (township.name, *aliases):
                names[name].append(township)
                if name.endswith("街道"):
                    names[name + "办事处"].append(township)
                    names[name + "办"].append(township)
        return dict(names)

    @cached_property
    def heads(self) -> Mapping[str, Sequence[str]]:
        """Names of divisions, full and short, by their first two characters, longest first."""
        return _heads([*self.full, *self.short])

    @cached_property
    def township_heads(self) -> Mapping[str, Sequence[str]]:
        """Names of townships by their first two characters, longest first."""
        return _heads(self.townships)

    def ancestors(self, code: str) -> frozenset[str]:
        """Return the codes above a division, and its own."""
        known = self._ancestors.get(code)
        if known is None:
            division = self.by_code.get(code)
            above = (
                self.ancestors(division.parent)
                if division and division.parent and division.parent != code
                else frozenset()
            )
            known = self._ancestors[code] = above | {code}
        return known

    def today(self, division: Division) -> tuple[Division, ...]:
        """Return what a division became: itself when it is in use, else the last of its successors; none if unknown."""
        if not division.valid_to:
            return (division,)
        found: dict[str, Division] = {}
        seen: set[str] = set()
        waiting = [division]
        while waiting:
            one = waiting.pop(0)
            if one.code in seen:
                continue
            seen.add(one.code)
            if not one.valid_to:
                found[one.code] = one
            waiting.extend(self.by_code[code] for code in one.successors if code in self.by_code and one.valid_to)
        return tuple(found.values())


def shortened(name: str) -> str:
    """Return a name without its kind: 凉州区 is 凉州, 恩施土家族苗族自治州 is 恩施; empty if one character is left."""
    autonomous = _AUTONOMOUS.match(name)
    short = autonomous[1] if autonomous else _SUFFIX.sub("", name)
    return short if len(short) > 1 and short != name else ""


def _split(text: str | None) -> tuple[str, ...]:
    return tuple(part for part in (text or "").split(";") if part)


def _heads(names: Iterable[str]) -> dict[str, list[str]]:
    heads: dict[str, list[str]] = defaultdict(list)
    for name in names:
        heads[name[:2]].append(name)
    return {head: sorted(group, key=lambda name: (-len(name), name)) for head, group in heads.items()}
