"""Counts what the outlets of every circle show: the kinds on each list of a profile, and what cannot be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from circledata.engine import sql
from circledata.engine.session import Session
from circledata.indicators.assess_model import Evidence, Kind, ListEvidence, Reason
from circledata.standard.assessment import Assessment
from circledata.standard.model import Code

ANY = ""
"""Stands for no list: every category by itself and as its parent."""
# The same outlets and the same folding of children and local categories as the rule grade-without-categories and the
# strip of the report. What they leave out, because it cannot be read, is kept here as `sure = false` or without a code.
_SHOWN = """
CREATE OR REPLACE TEMP TABLE assess_shown AS
WITH listed AS (
  SELECT o._row, o.circle_id, o.category, o.other_categories, s.code IS NOT NULL AS sure
  FROM outlets o LEFT JOIN codes."outlet-statuses" s ON s.code = o.status
  WHERE o.circle_id IS NOT NULL AND (s.code = 'open' OR s.code IS NULL)
), items AS (
  SELECT _row, circle_id, sure, category FROM listed
  UNION
  SELECT _row, circle_id, sure, unnest(string_split(other_categories, ';')) FROM listed
  WHERE other_categories IS NOT NULL
), locals AS (
  SELECT category, min(parent) AS parent, min(class) AS class FROM categories GROUP BY category
)
SELECT i._row, i.circle_id, i.sure, g.code, coalesce(l.class, g.class, '') AS class
FROM items i LEFT JOIN locals l USING (category)
LEFT JOIN codes.categories g ON g.code = coalesce(l.parent, i.category)
WHERE i.category IS DISTINCT FROM ''
"""
_COUNTS = """
SELECT s.circle_id, k.list, k.kind, count(DISTINCT s._row) FILTER (WHERE s.sure) AS outlets
FROM assess_shown s JOIN (VALUES {kinds}) k (list, code, class, kind) ON k.code = s.code AND k.class = s.class
GROUP BY ALL ORDER BY ALL
"""
_UNREADABLE = """
SELECT circle_id, count(DISTINCT _row) AS outlets, count(*) FILTER (WHERE code IS NULL) AS items
FROM assess_shown WHERE NOT sure OR code IS NULL GROUP BY circle_id
"""
_LISTED = """
SELECT circle_id, count(*) AS listed, count(*) FILTER (WHERE status = 'open') AS open
FROM outlets WHERE circle_id IS NOT NULL GROUP BY circle_id
"""


@dataclass
class _Circle:
    listed: int = 0
    open: int = 0
    unreadable: int = 0
    wild: int = 0
    """Categories that cannot be read; each may be one more kind."""
    counts: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    """Open outlets by list and kind; 0 where outlets of it are listed but no status tells that one is open."""


class OutletEvidence:
    """The evidence of a whole package; `of` gives that of one circle."""

    def __init__(self, session: Session, profile: Assessment) -> None:
        self._profile = profile
        self._there = "outlets" in session.tables
        self._circles: dict[str, _Circle] = defaultdict(_Circle)
        for name in ("categories", "outlet-statuses"):
            session.define_codes(name)
        self._categories = session.standard.codelists["categories"].codes
        if self._there:
            self._read(session)

    def _read(self, session: Session) -> None:
        session.execute(_SHOWN)
        kinds = ", ".join(f"({', '.join(map(sql.text, entry))})" for entry in _kinds(self._profile, self._categories))
        for circle, name, kind, outlets in session.execute(_COUNTS.format(kinds=kinds)).fetchall():
            self._circles[circle].counts[name][kind] = outlets
        for circle, outlets, items in session.execute(_UNREADABLE).fetchall():
            self._circles[circle].unreadable, self._circles[circle].wild = outlets, items
        for circle, listed, opened in session.execute(_LISTED).fetchall():
            self._circles[circle].listed, self._circles[circle].open = listed, opened
        session.execute("DROP TABLE assess_shown")

    def of(self, circle_id: str | None) -> Evidence:
        """Return the evidence of one circle."""
        if not self._there:
            return _nothing(Reason("no-outlets-table"))
        circle = self._circles.get(circle_id) if circle_id is not None else None
        if circle is None:
            return _nothing(Reason("no-outlets" if circle_id is not None else "no-circle-id"))
        codes = circle.counts.get(ANY, {})
        return Evidence(
            listed=circle.listed,
            open=circle.open,
            unreadable=circle.unreadable,
            wild=circle.wild,
            lists={name: self._list(name, circle) for name in self._profile.lists},
            present=frozenset(code for code, outlets in codes.items() if outlets),
            unsure=frozenset(code for code, outlets in codes.items() if not outlets),
            nothing=None,
        )

    def _list(self, name: str, circle: _Circle) -> ListEvidence:
        members = self._profile.lists[name].members(self._categories)
        counts = circle.counts.get(name, {})
        extra = sorted(set(counts) - set(members))
        kinds = tuple(Kind(code, counts.get(code, 0), counts.get(code) == 0) for code in (*members, *extra))
        found = sum(kind.outlets > 0 for kind in kinds)
        unsure = sum(kind.unsure for kind in kinds)
        return ListEvidence(name, kinds, found, min(len(kinds), found + unsure + circle.wild))


def _nothing(reason: Reason) -> Evidence:
    return Evidence(0, 0, 0, 0, {}, frozenset(), frozenset(), reason)


def _kinds(profile: Assessment, categories: Mapping[str, Code]) -> Iterator[tuple[str, str, str, str]]:
    """Yield list, category, class and the kind that an outlet of that category and class counts as on that list."""
    classes = sorted({code.extra["class"] for code in categories.values()} | {""})
    for code, item in categories.items():
        for of_class in classes:
            yield ANY, code, of_class, code
            if item.extra["parent"]:
                yield ANY, code, of_class, item.extra["parent"]
            for name, listed in profile.lists.items():
                kind = listed.kind(code, of_class, categories)
                if kind is not None:
                    yield name, code, of_class, kind
