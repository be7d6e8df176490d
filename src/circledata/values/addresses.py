"""Finds the division that an address names: 浙江省杭州市西湖区…, 西湖区… with its city known, former names too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from circledata.values.address_parts import AddressParts, house_number, strip_repeated, without_division
from circledata.values.divisions import Division, DivisionTree, Township
from circledata.values.text import clean, half_width

__all__ = ["AddressParts", "DivisionFinder", "DivisionMatch", "house_number", "split_address", "strip_repeated"]

_HEAD = re.compile(r"^(?:[0-9]{6}(?![0-9号弄-])|中国|中华人民共和国|地址[:：]|[\s,，、\-—·|(（\[【])+")
_BETWEEN = re.compile(
    r"[\s,，、\-—·|/)）\]】>]*(?:(?:省|自治区)?直辖县级行政(?:区划|单位)|省直辖(?:行政单位|县)?|市辖区|(?<=市)县(?=.{2,8}[县区]))?"
    r"[\s,，、\-—·|/(（\[【>]*"
)
# A short name with one of these behind it is no division but a road, a shop or a bank: 上海路, 西湖大道, 南京西路.
_NO_DIVISION = re.compile(
    "[东南西北中环内外上下一二三四五六新老]{0,2}(?:路|街|巷|弄|胡同|大道|大街|道|公路|高速|桥|里|村|屯|庄|苑|园|城|湾|山|湖|河|江|港|岛|门|站|广场"
    "|公园|新村|小区|花园|大厦|银行|人|菜|小面|烤|饭|酒|茶|火锅|商|超|医|学|大学|中学)"
)
# 新市区路 is a road, but 唐山市路南区 and 梨树区街里街道 are not; 朝阳市场 is a market.
_NO_FULL_NAME = re.compile("[路街巷弄](?!.{0,4}(?:区|县|街道|镇|乡))|(?<=市)场")
_MAY_STAND_BETWEEN = frozenset(" ,，、-—·|/)）]】>(（[【<省自直市县")
_AFTER_ROADS = frozenset("路街巷弄场")
_DIGIT = re.compile("[0-9]")
_KINDS = re.compile("[省市区县州盟旗]")
_REMEMBERED = 50_000
"""So many heads of addresses are kept with what they named."""
_REACH = 24
"""So far into an address a division is looked for when it does not stand at its head."""


@dataclass(frozen=True, slots=True)
class DivisionMatch:
    """A division that an address names or may name.

    `code`: six digits, the lowest level that was named, in use today. `text`: the part of the address that was read.
    `certain`: the address (with the place it is read for) leaves no other choice. `township`: nine digits when a
    街道, 镇 or 乡 was named. `former`: the code that the address named, when that is no longer in use.
    """

    code: str
    text: str
    certain: bool
    level: str
    name: str
    township: str = ""
    former: str = ""


@dataclass(frozen=True, slots=True)
class _State:
    """What has been read so far: the divisions still possible, and where reading goes on.

    `sure`: nothing contradicted itself. `hint`: the last name was a shortened one, which a full name may yet confirm.
    """

    possible: tuple[Division, ...] = ()
    end: int = 0
    sure: bool = True
    hint: bool = False
    townships: tuple[Township, ...] = ()


class DivisionFinder:
    """Finds divisions in addresses by the code lists of divisions and, if given, of townships."""

    def __init__(self, divisions: Iterable[Mapping[str, str]], townships: Iterable[Mapping[str, str]] = ()) -> None:
        """Take the rows of the code lists `divisions` and `townships`, as mappings of text by column."""
        self.tree = DivisionTree(divisions, townships)
        self._fits: dict[tuple[str, tuple[Division, ...]], tuple[Division, ...]] = {}
        self._lineages: dict[Division, frozenset[str]] = {}
        self._walked: dict[tuple[str, tuple[str, ...]], _State] = {}
        self._contexts: dict[str | None, tuple[str, ...]] = {}

    def find(self, address: str, within: str | None = None) -> list[DivisionMatch]:
        """Return the divisions that an address names: one when it is clear, several when not, none when none is named.

        `within`: the division (2 to 12 digits) that the data is about. It decides between divisions of one name (鼓楼区
        stands in four cities) and lets a township be read without the county before it; a place that the address names
        in full always wins. A shortened name (凉州 for 凉州区) is certain only when a full name follows it; a name that
        is no longer in use gives its successors, and is certain only when a township settles it.
        Source: the code lists `divisions` and `townships`; the rules are this standard's own. Never raises.
        """
        plain = half_width(clean(address))
        context = self._context(within)
        state, start = self._read(plain, context)
        return self._matches(state, plain[start : state.end], context) if state.possible else []

    def split(self, address: str, within: str | None = None) -> AddressParts:
        """Take an address apart; its `division` is what `find` reads, with anything before it."""
        plain = half_width(clean(address))
        state, _ = self._read(plain, self._context(within))
        end = state.end if state.possible else 0
        return replace(without_division(plain[end:].lstrip(" ,，-—")), division=plain[:end].strip())

    def _context(self, within: str | None) -> tuple[str, ...]:
        """Return the codes of `within` and above, lowest first."""
        known = self._contexts.get(within)
        if known is None:
            code = re.sub("[^0-9]", "", within or "")[:6]
            above: list[str] = []
            division = self.tree.by_code.get(code.ljust(6, "0")) if code else None
            while division is not None and division.code not in above:
                above.append(division.code)
                division = self.tree.by_code.get(division.parent)
            known = self._contexts[within] = tuple(above)
        return known

    def _read(self, plain: str, context: tuple[str, ...]) -> tuple[_State, int]:
        head = _HEAD.match(plain)
        start = head.end() if head else 0
        # No name holds a digit, and neighbours in a road share all that stands before it.
        digit = _DIGIT.search(plain, start)
        key = (plain[: digit.start()] if digit else plain, context)
        state = self._walked.get(key)
        if state is None:
            if len(self._walked) >= _REMEMBERED:
                self._walked.clear()
            state = self._walked[key] = self._walk(key[0], start, context)
        if state.possible or not _KINDS.search(plain, start, start + _REACH + 8):
            return state, start
        for place in range(start + 1, min(len(plain) - 2, _REACH)):
            if self._full_name(plain, place):
                state = self._walk(plain, place, context)
                # What stands before may be a part of it: not certain.
                return replace(state, sure=False), place
        return _State(), start

    def _full_name(self, plain: str, place: int) -> bool:
        return any(
            len(name) > 2
            and plain.startswith(name, place)
            and name in self.tree.full
            and not _no_full_name(plain, place + len(name))
            for name in self.tree.heads.get(plain[place : place + 2], ())
        )

    def _walk(self, plain: str, start: int, context: tuple[str, ...]) -> _State:
        state = _State(end=start)
        place = start
        for _ in range(8):
            # A township may begin with the name of its county: 莎车县莎车县第一林场.
            below_county = bool(state.possible) and state.possible[0].rank == 2
            township = self._township(plain, place, state, context) if below_county else None
            if township is not None:
                return township
            step = self._step(plain, place, state, context)
            if step is None:
                return state if below_county else self._township(plain, place, state, context) or state
            state, place = step, _after(plain, step.end)
            if not state.sure:
                return state
        return state

    def _step(self, plain: str, place: int, state: _State, context: tuple[str, ...]) -> _State | None:
        """Read one more name; None when there is none."""
        for name in self.tree.heads.get(plain[place : place + 2], ()):
            if not plain.startswith(name, place):
                continue
            full = name in self.tree.full
            end = place + len(name)
            if _no_full_name(plain, end) if full else not self._short_is_meant(plain, end, name, state, context):
                continue
            fitting = self._fitting(name, state.possible)
            if fitting:
                return _State(fitting, end, True, not full)
            if full:
                # Named already (浙江省杭州市浙江省杭州市), or another place than before: then nothing is sure.
                known = any(
                    one.code in self._lineage(before) for one in self.tree.full[name] for before in state.possible
                )
                return replace(state, end=end, hint=False) if known else replace(state, sure=False)
        return None

    def _fitting(self, name: str, before: tuple[Division, ...]) -> tuple[Division, ...]:
        """Return the divisions of a name that lie below one of those read before; those in use before all others."""
        known = self._fits.get((name, before))
        if known is not None:
            return known
        found: Sequence[Division] = self.tree.full.get(name) or self.tree.short.get(name, ())
        if before:
            above = {one.code for division in before for one in (division, *self.tree.today(division))}
            same = {one.code for division in before for one in self.tree.full.get(division.name, ())}
            found = [
                one for one in found if not above.isdisjoint(self._lineage(one) - {one.code}) and one.code not in same
            ]
        current = tuple(one for one in found if not one.valid_to)
        known = self._fits[name, before] = current or tuple(found)
        return known

    def _lineage(self, division: Division) -> frozenset[str]:
        """Return the codes of a division, of what it became, and of all above them."""
        known = self._lineages.get(division)
        if known is None:
            known = self.tree.ancestors(division.code)
            if division.valid_to:
                known = known.union(*(self.tree.ancestors(now.code) for now in self.tree.today(division)))
            self._lineages[division] = known
        return known

    def _short_is_meant(self, plain: str, end: int, name: str, state: _State, context: tuple[str, ...]) -> bool:
        candidates = self.tree.short[name]
        # At the head of an address 西湖 may be anything; 杭州 and 浙江 are hardly ever something else.
        if (
            not state.possible
            and candidates[0].rank == 2
            and not any(not self._lineage(one).isdisjoint(context[:2]) for one in candidates)
        ):
            return False
        if not _NO_DIVISION.match(plain, end):
            return True
        return any(
            plain.startswith(next_name, end) and self._fitting(next_name, tuple(candidates))
            for next_name in self.tree.heads.get(plain[end : end + 2], ())
        )

    def _township(self, plain: str, place: int, state: _State, context: tuple[str, ...]) -> _State | None:
        names = [
            name for name in self.tree.township_heads.get(plain[place : place + 2], ()) if plain.startswith(name, place)
        ]
        if not names:
            return None
        inside = {now.code for one in state.possible for now in self.tree.today(one)} or set(context[:2])
        around = {one.parent for one in state.possible if one.rank == 2}
        for name in names:
            end = place + len(name)
            if plain[end : end + 1] in {"路", "街", "道", "巷"}:
                continue
            townships = self.tree.townships[name]
            found = tuple(one for one in townships if not inside.isdisjoint(self.tree.ancestors(one.parent)))
            if found:
                parents = tuple(
                    dict.fromkeys(self.tree.by_code[one.parent] for one in found if one.parent in self.tree.by_code)
                )
                return _State(parents or state.possible, end, state.sure, False, found)
            # The township belongs to a neighbour by now: districts were cut anew, and the address tells the old one.
            moved = [one for one in townships if not around.isdisjoint(self.tree.ancestors(one.parent))]
            if moved and name[-1] in "道镇乡":
                others = tuple(self.tree.by_code[one.parent] for one in moved if one.parent in self.tree.by_code)
                return _State((*state.possible, *others), end, False, False, tuple(moved))
        return None

    def _matches(self, state: _State, text: str, context: tuple[str, ...]) -> list[DivisionMatch]:
        sure = state.sure and not state.hint
        if len(state.possible) == 1 and not state.possible[0].valid_to:
            only = state.possible[0]
            township = state.townships[0].code if len(state.townships) == 1 else ""
            return [DivisionMatch(only.code, text, sure, only.level, only.name, township)]
        found: dict[str, DivisionMatch] = {}
        for division in self._nearest(state.possible, context):
            former = division.code if division.valid_to else ""
            township = next((one.code for one in state.townships if one.parent == division.code), "")
            for now in self.tree.today(division) or (division,):
                if now.code not in found or not former:
                    found[now.code] = DivisionMatch(
                        now.code, text, sure and not former, now.level, now.name, township, former
                    )
        matches = list(found.values())
        return matches if len(matches) == 1 else [replace(match, certain=False) for match in matches]

    def _nearest(self, possible: tuple[Division, ...], context: tuple[str, ...]) -> Sequence[Division]:
        """Of several divisions of one name take those that lie in the context, from near to far."""
        if len(possible) == 1:
            return possible
        for code in context:
            inside = [one for one in possible if code in self._lineage(one)]
            if inside:
                possible = tuple(inside)
                break
        # 嘉峪关市 is a city and the only county-level code in it: the lower one holds the townships.
        lowest = possible[-1]
        above = self._lineage(lowest)
        return (lowest,) if all(one.code in above and one.name == lowest.name for one in possible) else possible


def split_address(address: str, finder: DivisionFinder | None = None, within: str | None = None) -> AddressParts:
    """Take an address apart into division, road, house number and rest, as written; the division needs a `finder`."""
    if finder is not None:
        return finder.split(address, within)
    return without_division(half_width(clean(address)))


def _no_full_name(plain: str, end: int) -> bool:
    return plain[end : end + 1] in _AFTER_ROADS and _NO_FULL_NAME.match(plain, end) is not None


def _after(plain: str, place: int) -> int:
    if plain[place : place + 1] not in _MAY_STAND_BETWEEN:
        return place
    between = _BETWEEN.match(plain, place)
    return between.end() if between else place
