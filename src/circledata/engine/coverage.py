"""Counts the categories of every circle: the 14 basic and 12 quality ones of the guide of 2021."""

from __future__ import annotations

from circledata.engine.session import Session
from circledata.findings.privacy import redact
from circledata.findings.views import CircleCoverage, Coverage
from circledata.standard.model import Code, Standard

# The same outlets and the same folding of children and local categories as the rule grade-without-categories, so that
# the strip and the rule never contradict each other.
KINDS = """
WITH shown AS (
  SELECT _row, circle_id, category FROM outlets WHERE circle_id IS NOT NULL AND status = 'open'
  UNION
  SELECT _row, circle_id, unnest(string_split(other_categories, ';'))
  FROM outlets WHERE circle_id IS NOT NULL AND status = 'open' AND other_categories IS NOT NULL
)
SELECT s.circle_id, coalesce(g.parent, g.code) AS category, count(DISTINCT s._row) AS outlets
FROM shown s
LEFT JOIN (SELECT category, min(parent) AS parent FROM categories GROUP BY category) l USING (category)
JOIN codes.categories g ON g.code = coalesce(l.parent, s.category)
GROUP BY ALL
"""
"""The categories that each circle has open outlets of: circle_id, category, outlets. Needs `codes.categories`."""
_CIRCLES = """
SELECT v._line, c.circle_id, c.name FROM circles c JOIN v_circles v USING (_row)
WHERE c.status IS DISTINCT FROM 'closed' ORDER BY c._row
"""


def guide_categories(standard: Standard) -> list[Code]:
    """Return the categories that the guide of 2021 lists, the basic ones first, each part in the list's order."""
    listed = [code for code in standard.codelists["categories"].codes.values() if code.extra["guide_2021"] == "true"]
    return sorted(listed, key=lambda code: code.extra["class"] != "basic")


def coverage(session: Session) -> Coverage | None:
    """Count the open outlets of each circle by category; None without circles or outlets."""
    if not {"circles", "outlets"} <= session.tables.keys():
        return None
    session.define_codes("categories")
    codes = tuple(code.code for code in guide_categories(session.standard))
    found: dict[str, dict[str, int]] = {}
    for circle, kind, count in session.execute(KINDS).fetchall():
        found.setdefault(circle, {})[kind] = count
    circles = [
        CircleCoverage(
            row=line,
            circle_id=redact(circle) if circle else None,
            name=redact(name) if name else None,
            counts=tuple(found.get(circle, {}).get(code, 0) for code in codes),
        )
        for line, circle, name in session.execute(_CIRCLES).fetchall()
    ]
    return Coverage(codes, circles) if circles else None
