"""Which places a package has at one scope, and what they are called."""

from __future__ import annotations

from circledata.engine.session import Session
from circledata.findings.privacy import redact
from circledata.indicators.model import Place, Scope
from circledata.indicators.places import Run

STATEMENTS = (
    "select distinct place from placed.circles",
    "select circle_id, min(name) from placed.circles group by circle_id",
)
"""What is asked of the placed tables here."""
_LISTS = {"division": "divisions", "township": "townships"}


def places_of(session: Session, scope: Scope, run: Run, found: set[str]) -> list[Place]:
    """Return the places in the order of their codes: every one that has a circle, and those in `found`.

    The place with the empty code, for records that belong to none, comes last. At the scope `package` there is none.
    """
    if scope == "package":
        return []
    own = {str(code) for (code,) in run(STATEMENTS[0]).fetchall()}
    codes = sorted(own | found, key=lambda code: (not code, code))
    names = circle_names(run) if scope == "circle" else _divisions(session, _LISTS[scope], codes)
    return [Place(code, names.get(code)) for code in codes]


def circle_names(run: Run) -> dict[str, str]:
    """Return the names of the circles by their ids."""
    rows = run(STATEMENTS[1]).fetchall()
    return {code: redact(name) for code, name in rows if code and name}


def _divisions(session: Session, codelist: str, codes: list[str]) -> dict[str, str]:
    """Return the names of those codes; the townships are too many to read them all."""
    session.define_codes(codelist)
    wanted = ", ".join(f"'{code}'" for code in codes if code.isdigit())
    if not wanted:
        return {}
    rows = session.execute(f"SELECT code, min(zh) FROM codes.{codelist} WHERE code IN ({wanted}) GROUP BY code")
    return {str(code): str(title) for code, title in rows.fetchall()}
