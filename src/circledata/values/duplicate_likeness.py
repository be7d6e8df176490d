"""When two records of outlets may be one: what is compared of a record, and how like two names are; own choice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from circledata.values.brand_names import Kinds
from circledata.values.outlet_names import NUMERALS, floors, is_note, split_name, tidy

SHORTEST_CORE = 4
"""Names whose own part is shorter are never alike with a character changed: 张记 and 李记 are two shops."""

_MAYBE_NUMBERED = re.compile(f"[{NUMERALS}].{{0,2}}$")
_DISTINGUISHING = frozenset(
    "0123456789零一二三四五六七八九十百两甲乙丙丁戊己东西南北中上下左右前后内外大小新老男女abcdefghijklmnopqrstuvwxyz"
)
_DIVISIONS = re.compile("^(?:[^省]{2,3}省)?(?:[^市]{2,4}市)?(?:[^区县]{2,4}[区县])?(?:[^街镇乡]{2,4}(?:街道|镇|乡))?")
_UNIT = re.compile(
    r"([a-z]?[0-9]+(?:-[0-9]+)*)(?:号)?(?:室|铺位|商铺|铺|摊位|摊|柜台|档口|档|展位|门面)|(?:摊位|铺位|商铺|档口|展位)([a-z]?[0-9]+)"
)
_UNATTENDED = re.compile(
    "快递柜|快件箱|快件柜|自提柜|丰巢|信包箱|售货机|售卖机|贩卖机|售货柜|生鲜柜|自助柜|充值机|取款机"
)
_UNATTENDED_CATEGORIES = frozenset({"parcel-locker", "vending", "fresh-food-locker"})


class _Plain(dict[int, str | None]):
    """A table for str.translate that is filled as characters come: brackets unified, blanks and punctuation dropped."""

    def __missing__(self, code: int) -> str | None:
        text = tidy(chr(code))
        kept = text if text in {"(", ")"} or text.isalnum() else None
        self[code] = kept
        return kept


_PLAIN = _Plain(
    {ord(bracket): "(" for bracket in "(（【[〔〈「『｛{"} | {ord(bracket): ")" for bracket in ")）】]〕〉」』｝}"}
)


@dataclass(frozen=True, slots=True)
class Detail:
    """What is looked at only when two records are compared. `by_address`: the name or the kind of outlet is so general
    that only an equal address makes two of them one. `area`: circle, or division.
    """

    floors: frozenset[int]
    unit: str
    area: str
    category: str
    by_address: bool


class Node:
    """What is compared of one record. `stem` is the name without branch, blanks and punctuation, in small letters;
    `core` is the stem without the kind of shop and the division.
    """

    __slots__ = ("_address", "_detail", "_record", "branch", "core", "kind", "point", "row", "stem")

    def __init__(self, row: int, record: Mapping[str, object], name: str, kinds: Kinds) -> None:
        self.row = row
        self.stem, self.branch = _stem_and_branch(name)
        own = kinds.without_kind(self.stem)
        self.kind = self.stem[len(own) :]
        self.core = (_DIVISIONS.sub("", own) or own) if len(own) > SHORTEST_CORE else own
        self._address: str | None = None
        self.point = _point(record)
        self._record = record
        self._detail: Detail | None = None

    @property
    def address(self) -> str:
        """The address without blanks and punctuation, in small letters."""
        if self._address is None:
            self._address = _text(self._record, "address").translate(_PLAIN).casefold()
        return self._address

    @property
    def detail(self) -> Detail:
        """The further parts, worked out when first asked for."""
        if self._detail is None:
            self._detail = self._look()
        return self._detail

    def _look(self) -> Detail:
        name, address = _text(self._record, "name"), _text(self._record, "address").casefold()
        category = _text(self._record, "category")
        unit = _UNIT.search(f"{self.branch} {tidy(address)}")
        return Detail(
            floors=floors(name) or floors(address),
            unit=(unit.group(1) or unit.group(2)) if unit else "",
            area=_text(self._record, "circle_id") or _text(self._record, "division_code"),
            category=category,
            by_address=self.core == "" or category in _UNATTENDED_CATEGORIES or _UNATTENDED.search(name) is not None,
        )


def nodes_of(records: Sequence[Mapping[str, object]], rows: Iterable[int], kinds: Kinds) -> list[Node]:
    """Return what is compared of the records `rows`, whose columns bear the standard's names; none without a name."""
    return [Node(row, records[row], name, kinds) for row in rows if (name := _text(records[row], "name"))]


def _stem_and_branch(name: str) -> tuple[str, str]:
    plain = name.translate(_PLAIN).casefold()
    if "(" not in plain and ")" not in plain and not _MAYBE_NUMBERED.search(plain):
        return plain, ""
    if plain.endswith(")") and plain.count("(") == 1:
        # The usual form, without the pains of the others.
        stem, _, branch = plain[:-1].partition("(")
        if stem and branch and not is_note(branch) and not _MAYBE_NUMBERED.search(stem):
            return stem, branch
    parts = split_name(name)
    return _signless(parts.stem) or plain, _signless(parts.branch)


def _signless(text: str) -> str:
    return text.translate(_PLAIN).casefold().replace("(", "").replace(")", "")


def _text(record: Mapping[str, object], column: str) -> str:
    value = record.get(column)
    return value.strip() if isinstance(value, str) else "" if value is None else str(value)


def _point(record: Mapping[str, object]) -> tuple[float, float] | None:
    try:
        lon, lat = float(record["longitude"]), float(record["latitude"])  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError):
        return None
    # A comparison with nan is false, so that one is no point either; 0, 0 is where lost coordinates end up.
    return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 and (lon or lat) else None


def likeness(a: Node, b: Node) -> float:
    """Return how like two names are: 1 equal, 0 not alike; otherwise 1 - edit distance / length of the longer core.

    Compared is the name without branch, in small letters, without blanks and punctuation. Alike are equal names; names
    of which one only adds the kind of shop (肯德基, 肯德基餐厅), or that differ in it while their category is equal;
    and names whose cores (without kind and division) of SHORTEST_CORE characters or more differ by one character that
    is no number, direction or letter. The measure is the Levenshtein distance, held to 1; thresholds are own choice.
    """
    if a.stem == b.stem:
        return 1.0
    mine, other = a.detail.category, b.detail.category
    if (mine and other and mine != other) or (a.kind and b.kind and a.kind != b.kind and not (mine and mine == other)):
        return 0.0
    if a.core == b.core:
        return 1.0 if len(a.core) >= 2 else 0.0
    if min(len(a.core), len(b.core)) < SHORTEST_CORE:
        return 0.0
    changed = one_edit(a.core, b.core)
    return 1 - 1 / max(len(a.core), len(b.core)) if changed and _DISTINGUISHING.isdisjoint(changed) else 0.0


def one_edit(a: str, b: str) -> str:
    """Return the characters that differ when `a` and `b` are one edit apart (Levenshtein distance 1), else empty."""
    if a == b or abs(len(a) - len(b)) > 1:
        return ""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    left, right = a[start : len(a) - end], b[start : len(b) - end]
    return left + right if max(len(left), len(right)) == 1 else ""


def compatible(a: Node, b: Node) -> bool:
    """Tell whether nothing says that two records are different outlets: branch, floor, unit or stall."""
    if a.branch and b.branch and a.branch != b.branch:
        return False
    mine, other = a.detail, b.detail
    if mine.floors and other.floors and mine.floors.isdisjoint(other.floors):
        return False
    return not (mine.unit and other.unit and mine.unit != other.unit)
