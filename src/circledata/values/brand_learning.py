"""Learns brands from the names of the data: what names at different places have in common; own choice."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Iterator
from dataclasses import dataclass, field

from circledata.values.brand_names import Kinds
from circledata.values.category_matches import Confidence
from circledata.values.category_names import no_outlet, only_near
from circledata.values.geodesy import distinct_places
from circledata.values.outlet_names import is_branch, split_name

Learned = dict[str, tuple[str, str, Confidence]]
_SHORTEST = 2
_SHORTEST_BRANCH = 2


@dataclass(slots=True)
class _Seen:
    """What speaks for one stem: how it is spelt, all its places, and those where a branch or a mall marks it."""

    spellings: dict[str, int] = field(default_factory=dict)
    places: set[Hashable] = field(default_factory=set)
    marked: set[Hashable] = field(default_factory=set)
    own: int = 0


class _Valid:
    """The stems that may be a brand by themselves; looked at one by one, since few of them are ever asked for."""

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds
        self._known: dict[str, bool] = {}

    def __contains__(self, stem: str) -> bool:
        """Tell whether nothing speaks against a stem as a brand."""
        known = self._known.get(stem)
        if known is None:
            known = self._known[stem] = not self._kinds.never(stem)
        return known


def learned(items: Iterable[tuple[str, Hashable]], kinds: Kinds, minimum: int, many: int) -> Learned:
    """Return spelling → (brand, rule, confidence) for the names `items`, each with its place or None.

    A stem counts with every name that is the stem alone, the stem with a branch, or the stem after a mall. `BrandList`
    says when it is learned and how sure that is.
    """
    seen = _stems(items, kinds)
    valid = _Valid(kinds)
    loose = _credit(seen, valid, kinds)
    found: Learned = {}
    for stem in sorted(stem for stem, facts in seen.items() if len(facts.places) >= minimum):
        facts = seen[stem]
        places = distinct_places(facts.places, many)
        if places >= minimum and stem in valid:
            sure = places >= many or (len(facts.marked) >= 2 and distinct_places(facts.marked, 2) >= 2)
            found[stem] = (_spelling(facts), "brand-learned", "likely" if sure else "possible")
    for prefix in _prefixes(loose, seen, kinds, minimum):
        found.setdefault(prefix, (prefix, "brand-prefix", "possible"))
    return _join(found, seen, kinds)


def _stems(items: Iterable[tuple[str, Hashable]], kinds: Kinds) -> dict[str, _Seen]:
    seen: dict[str, _Seen] = {}
    for name, place in items:
        parts = split_name(name)
        if no_outlet(name) or only_near(parts.stem):
            continue
        stem = parts.stem.casefold()
        spelling, marked = parts.stem, is_branch(parts.branch)
        cut = _cut_at_place(stem, kinds) if not marked and is_branch(stem) else ""
        if cut:
            stem, spelling, marked = cut, parts.stem[: len(cut)], True
        facts = seen.get(stem)
        if facts is None:
            facts = seen[stem] = _Seen()
        where = parts.full.casefold() if place is None else place
        facts.spellings[spelling] = facts.spellings.get(spelling, 0) + 1
        facts.own += 1
        facts.places.add(where)
        if marked:
            facts.marked.add(where)
    return seen


def _cut_at_place(stem: str, kinds: Kinds) -> str:
    """中国邮政凉州区东大街支局, where 凉州区 is a known place: what stands before it."""
    if not kinds.places or kinds.ends_with_kind(stem):
        return ""
    return next((stem[:at] for at in range(_SHORTEST, len(stem) - 2) if kinds.starts_with_place(stem[at:])), "")


def _credit(seen: dict[str, _Seen], valid: _Valid, kinds: Kinds) -> list[str]:
    """Add the places of 肯德基凉州万达店 and 万达广场肯德基 to the stem 肯德基; return the stems that gave nothing."""
    loose = []
    gains: list[tuple[str, str]] = []
    for stem in seen:
        owner = next(_owners(stem, seen, valid, kinds), "")
        if owner:
            gains.append((owner, stem))
        else:
            loose.append(stem)
    for owner, stem in gains:
        places = set(seen[stem].places)
        seen[owner].places |= places
        seen[owner].marked |= places
    return loose


def _owners(stem: str, seen: Container[str], valid: _Valid, kinds: Kinds) -> Iterator[str]:
    for length in range(len(stem) - 1, _SHORTEST - 1, -1):
        if stem[:length] in seen and stem[:length] in valid:
            rest = stem[length:]
            if is_branch(rest) and kinds.is_rest(rest) and kinds.without_kind(rest) != "":
                yield stem[:length]
    for end in dict.fromkeys((stem, kinds.without_kind(stem))):
        for start in range(1, len(end) - _SHORTEST + 1):
            if end[start:] in seen and end[start:] in valid and kinds.is_mall(end[:start]):
                yield end[start:]


def _prefixes(loose: Iterable[str], seen: dict[str, _Seen], kinds: Kinds, minimum: int) -> list[str]:
    """Return the longest beginnings of 罗森国定路店, 罗森吴江路店 … that go on in `minimum` ways at as many places."""
    nexts: dict[str, set[str]] = {}
    places: dict[str, set[Hashable]] = {}
    names = [stem for stem in loose if is_branch(stem) and not kinds.ends_with_kind(stem) and kinds.without_kind(stem)]
    for stem in names:
        for length in range(_SHORTEST, len(stem) - _SHORTEST_BRANCH):
            nexts.setdefault(stem[:length], set()).add(stem[length])
            places.setdefault(stem[:length], set()).update(seen[stem].places)
    good = {
        prefix
        for prefix, following in nexts.items()
        if len(following) >= minimum
        and distinct_places(places[prefix], minimum) >= minimum
        and not kinds.never(prefix)
        and not kinds.ends_with_kind(prefix)
    }
    longest = (
        next((stem[:length] for length in range(len(stem) - 3, 1, -1) if stem[:length] in good), "") for stem in names
    )
    return sorted({prefix for prefix in longest if prefix})


def _join(found: Learned, seen: dict[str, _Seen], kinds: Kinds) -> Learned:
    """Make 永辉 and 永辉超市 one brand in the spelling that more names use, where 永辉 goes with one kind only."""
    by_short: dict[str, list[str]] = {}
    for stem in found:
        short = kinds.without_kind(stem)
        if short != stem and short in found:
            by_short.setdefault(short, []).append(stem)
    for short, stems in sorted(by_short.items()):
        if len(stems) == 1 and short in seen and stems[0] in seen:
            pair = (short, stems[0])
            chosen = max(pair, key=lambda stem: (seen[stem].own, -len(stem)))
            sure: Confidence = "likely" if any(found[stem][2] == "likely" for stem in pair) else "possible"
            for stem in pair:
                found[stem] = (found[chosen][0], "brand-learned", sure)
    return found


def _spelling(facts: _Seen) -> str:
    return min(facts.spellings, key=lambda spelling: (-facts.spellings[spelling], spelling))
