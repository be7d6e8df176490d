"""Finds the brand of an outlet by its name, from a list that a user gives and from the data itself; tells chains.

No official list of brands and no national definition of a chain outlet is public. What counts here is this standard's
own choice: `BrandList` says when a name counts as a brand, `chain_of` when an outlet counts as part of a chain.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from circledata.values.brand_learning import learned
from circledata.values.brand_names import DOUBTFUL, Kinds, generic_words, is_latin_edge, read_brands
from circledata.values.category_matches import Confidence
from circledata.values.category_names import no_outlet, only_near
from circledata.values.geodesy import distinct_places
from circledata.values.outlet_names import split_name
from circledata.values.reasons import said

__all__ = [
    "CHAIN_PLACES",
    "RULES",
    "BrandList",
    "BrandMatch",
    "Chain",
    "chain_of",
    "generic_words",
    "read_brands",
]

MINIMUM = 3
"""Places at which a name must be met before it is learned as a brand; own choice, `BrandList(minimum=…)` changes it."""

CHAIN_PLACES = 10
"""Places from which a learned brand counts as a chain: the line of the rule outlet-chain-brand-independent (CD425)."""

RULES: Mapping[str, tuple[str, str]] = {
    "brand-given": ("品牌名单里有“{text}”", "{text} is on the list of brands"),
    "brand-learned": ("“{text}”在 {places} 个地点出现", "{text} occurs at {places} places"),
    "brand-prefix": ("名称的共同开头“{text}”在 {places} 个地点出现", "names at {places} places begin with {text}"),
}
"""Why a name has a brand: rule → wording in (zh, en)."""

_SEPARATORS = "-·—/|&"
_REMEMBERED = 1 << 17
"""Names of which it is remembered what they speak for: learning and asking go through the same ones."""


@dataclass(frozen=True, slots=True)
class BrandMatch:
    """`brand` in its joined spelling, the spelling `text` that was met, and at how many `places` of the data it is."""

    brand: str
    rule: str
    text: str
    places: int
    confidence: Confidence

    @property
    def reason(self) -> str:
        """The reason in English."""
        return self.say("en")

    def say(self, language: str) -> str:
        """The reason in `language`, `zh` or `en`."""
        return said(RULES[self.rule], language, text=self.text, places=self.places)


class _Known(NamedTuple):
    brand: str
    rule: str
    confidence: Confidence


class _Found(NamedTuple):
    spelling: str
    sure: bool


class BrandList:
    """Brands given by a user and brands learned from names.

    Learned is a stem (the name without branch) that is met at `minimum` distinct places or more, and is neither a kind
    of shop (`generic`: titles and aliases of categories), nor a place (`places`), nor one of a short list of dishes.
    It is `likely` when at two places or more a branch or a mall marks it (肯德基(西湖店), 万达广场肯德基), or when it
    is met at CHAIN_PLACES places; otherwise, and where only the beginnings of names agree, it is `possible`: unrelated
    shops share names such as 好又多. All of this is own choice.
    """

    def __init__(
        self,
        given: Mapping[str, Sequence[str]] | None = None,
        *,
        generic: Iterable[str] = (),
        places: Iterable[str] = (),
        minimum: int = MINIMUM,
    ) -> None:
        if minimum < 2:
            raise ValueError("a brand is not guessed from one place: minimum must be 2 or more")
        self._kinds = Kinds(generic, places)
        self._minimum = minimum
        self._known: dict[str, _Known] = {}
        self._places: dict[str, int] = {}
        self._lengths: list[int] = []
        for brand, spellings in (given or {}).items():
            for spelling in (brand, *spellings):
                self._known[_key(spelling)] = _Known(brand, "brand-given", "certain")
        self._given = dict(self._known)
        self._seen: dict[str, tuple[_Known, str, Confidence] | None] = {}
        self._measure()

    @property
    def brands(self) -> dict[str, int]:
        """Brands that can be found, each with the number of its places in the data that was learned."""
        names = dict.fromkeys(known.brand for known in self._known.values())
        return {brand: self._places.get(brand, 0) for brand in sorted(names)}

    def learn(self, names: Iterable[str | tuple[str, Hashable]]) -> None:
        """Learn from all names of the data at once; what was learned before is forgotten, the given list stays.

        A name may come with its place: (longitude, latitude) in degrees, or an address. Points within 100 m are one
        place. Without places, equal names count as one place: they may be the same outlet twice.
        """
        items = [(name, None) if isinstance(name, str) else (name[0], name[1]) for name in names]
        self._known = dict(self._given)
        self._measure()
        new = [(name, place) for name, place in items if not self._given or self.brand_of(name) is None]
        for spelling, (brand, rule, confidence) in learned(
            new, self._kinds, self._minimum, max(self._minimum, CHAIN_PLACES)
        ).items():
            self._known.setdefault(spelling, _Known(brand, rule, confidence))
        self._measure()
        self._count(items)

    def brand_of(self, name: str) -> BrandMatch | None:
        """Return the brand of an outlet's name, or None; never one that neither a list nor several places speak for.

        The brand may stand alone, before a branch or kind of shop (肯德基凉州万达店, 星巴克(西湖银泰店)), or after a
        mall (万达广场肯德基(凉州店)). Names that only say what is near (肯德基旁边修鞋) or what is no outlet have
        none. Beside words such as 维修, 回收, 公司 a match is only possible.
        """
        if name not in self._seen:
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            self._seen[name] = self._speaks_for(name)
        found = self._seen[name]
        if found is None:
            return None
        known, spelling, confidence = found
        return BrandMatch(known.brand, known.rule, spelling, self._places.get(known.brand, 0), confidence)

    def _speaks_for(self, name: str) -> tuple[_Known, str, Confidence] | None:
        """Return what a name speaks for, the spelling found and how sure that is, whatever the number of places."""
        if no_outlet(name):
            return None
        parts = split_name(name)
        if only_near(parts.stem):
            return None
        found = self._inside(parts.stem.casefold())
        if found is None:
            inside = (self._inside(text.casefold()) for text in parts.branch.split("/") if self._is_spelling(text))
            found = next((_Found(match.spelling, False) for match in inside if match), None)
        if found is None:
            return None
        known = self._known[found.spelling]
        confidence = known.confidence if found.sure else "likely" if known.confidence == "certain" else known.confidence
        if DOUBTFUL.search(parts.stem.casefold().replace(found.spelling, "", 1)):
            confidence = "possible"
        return known, found.spelling, confidence

    def _inside(self, stem: str) -> _Found | None:
        whole = self._front(stem)
        if whole:
            return _Found(whole, True)
        for separator in _SEPARATORS:
            if separator in stem:
                parts = [self._front(part) for part in stem.split(separator)]
                if any(parts):
                    return _Found(next(filter(None, parts)), True)
        for end in dict.fromkeys((stem, self._kinds.without_kind(stem), stem.removesuffix("店"))):
            for length in self._lengths:
                spelling = end[-length:]
                if spelling in self._known and length < len(end) and self._after_mall(end[:-length], spelling):
                    return _Found(spelling, False)
        return None

    def _front(self, stem: str) -> str:
        for length in self._lengths:
            spelling = stem[:length]
            known = self._known.get(spelling)
            if known is None or length > len(stem) or is_latin_edge(spelling, rest := stem[length:]):
                continue
            other = self._known.get(rest.strip())
            doubtful = DOUBTFUL.search(rest) is not None
            if doubtful or self._kinds.is_rest(rest.strip()) or (other is not None and other.brand == known.brand):
                return spelling
        return ""

    def _after_mall(self, before: str, spelling: str) -> bool:
        return self._kinds.is_mall(before) and not is_latin_edge(before, spelling)

    def _is_spelling(self, text: str) -> bool:
        key = text.casefold()
        return key in self._known or key.removesuffix("店") in self._known

    def _measure(self) -> None:
        self._seen.clear()
        self._lengths = sorted({len(spelling) for spelling in self._known}, reverse=True)

    def _count(self, items: Iterable[tuple[str, Hashable]]) -> None:
        places: dict[str, list[Hashable]] = {}
        matches: dict[str, BrandMatch | None] = {}
        for name, place in items:
            if name not in matches:
                matches[name] = self.brand_of(name)
            match = matches[name]
            # A doubtful mention (肯德基维修) is no place of the brand; one of a brand that is itself only possible is.
            if match and (match.confidence != "possible" or self._known[match.text].confidence == "possible"):
                places.setdefault(match.brand, []).append(_key(name) if place is None else place)
        self._places = {brand: distinct_places(found) for brand, found in places.items()}


@dataclass(frozen=True, slots=True)
class Chain:
    """A code of the list chain-kinds, how sure it is, the key of CHAIN_RULES, and whether a person decides."""

    chain: str
    rule: str
    confidence: Confidence
    decide: bool


CHAIN_RULES: Mapping[str, tuple[str, str]] = {
    "chain-stated": ("来源写明", "the source states it"),
    "chain-given-brand": (
        "品牌在名单里，直营还是加盟没有写",
        "the brand is on a list; chain or franchise is not stated",
    ),
    "chain-many-places": ("同一品牌的地点不少于 10 个", "the brand is at 10 places or more"),
    "chain-few-places": ("同一品牌的地点不到 10 个", "the brand is at fewer than 10 places"),
    "chain-no-brand": ("没有认出品牌", "no brand was recognised"),
}
"""Why an outlet has its chain code: rule → wording in (zh, en)."""


_NO_BRAND = Chain("unknown", "chain-no-brand", "certain", decide=False)


def chain_of(match: BrandMatch | None, stated: str = "") -> Chain:
    """Return the chain code of an outlet from its brand and from what its source states.

    `stated` is a code of the list chain-kinds (chain, franchise, independent) or empty. Definition, own choice of this
    standard since no national one is public: what the source states counts. Otherwise an outlet whose brand is on a
    list of brands is `chain` (known to be a chain, not whether franchised), and so is one whose brand was learned,
    likely, at CHAIN_PLACES places of the data or more. Everything else is `unknown`: that no brand was found makes
    nobody `independent`. A chain that was concluded is for a person to look at, and so is one stated independent
    against ten.
    """
    many = match is not None and match.places >= CHAIN_PLACES and match.confidence != "possible"
    if stated in {"chain", "franchise", "independent"}:
        return Chain(stated, "chain-stated", "certain", decide=stated == "independent" and many)
    if match is None:
        return _NO_BRAND
    if match.rule == "brand-given" and match.confidence != "possible":
        return Chain("chain", "chain-given-brand", match.confidence, decide=True)
    if many:
        return Chain("chain", "chain-many-places", "likely", decide=True)
    return Chain("unknown", "chain-few-places", "certain", decide=match.places > 1)


def _key(text: str) -> str:
    return split_name(text).full.casefold()
