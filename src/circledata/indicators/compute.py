"""Computes the standard's indicators for one package: runs their SQL, rounds, and says why there is no value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from os import PathLike
from typing import Any

from circledata.api import Examined, examine
from circledata.engine.coverage import guide_categories
from circledata.engine.parallel import side_by_side
from circledata.engine.session import Session
from circledata.engine.sql import parameters_in
from circledata.findings.policy import Policy
from circledata.findings.privacy import redact
from circledata.indicators.errors import IndicatorError
from circledata.indicators.model import SCOPES, Figure, Figures, Place, Scope
from circledata.indicators.naming import STATEMENTS, circle_names, places_of
from circledata.indicators.places import Run, placed, rows_of
from circledata.sources import Options
from circledata.standard.model import Indicator, Standard

Number = int | float
KIND_INDICATORS = frozenset({"basic-kinds", "quality-kinds"})
"""Indicators that tell which categories a circle lacks."""
_MISSING = """
select circle_id, category from placed.kinds
"""
_LISTED = """
select distinct o.circle_id from placed.outlets o
where o.circle_id in (select c.circle_id from placed.circles c where coalesce(c.status, '') <> 'closed')
order by o.circle_id
"""


def figures_of(
    *paths: str | PathLike[str],
    by: Scope = "package",
    names: Sequence[str] | None = None,
    table: str | None = None,
    division: str | None = None,
    crs: str | None = None,
    as_of: date | None = None,
    encoding: str | None = None,
    policy: Policy | None = None,
) -> Figures:
    """Check a package and compute its indicators.

    `paths`, `table`, `division`, `crs`, `as_of`, `encoding`, `policy`: as `validate` takes them. `by`: one figure of
    the whole `package`, or one for each `division` (6 digits), `township` (9 digits) or `circle`. `names`: the
    indicators wanted, all when None.

    Returns Figures: with each the numerator, the denominator, how many records were known, and why there is no value.
    Raises as `validate` does, and IndicatorError for an unknown indicator or scope.
    """
    options = Options(table=table, division=division, crs=crs, as_of=as_of, encoding=encoding)
    return compute(examine(paths, options, policy=policy, max_examples=1), by, names)


def compute(examined: Examined, scope: Scope = "package", names: Sequence[str] | None = None) -> Figures:
    """Compute indicators of a package that was checked and is still open; all of them when `names` is None.

    IndicatorError when a name or the scope is unknown.
    """
    session, report = examined.session, examined.report
    standard = session.standard
    indicators = _chosen(standard, names)
    if scope not in SCOPES:
        raise IndicatorError("scope-unknown", scope=scope, scopes=", ".join(SCOPES))
    reasons = {item.name: _why_not(item, session, scope) for item in indicators}
    runnable = [item for item in indicators if reasons[item.name] is None]
    kinds = KIND_INDICATORS & {item.name for item in runnable}
    statements = [item.sql for item in runnable] + ([_MISSING, _LISTED] if kinds else [])
    with placed(session, scope, [*statements, *STATEMENTS]) as run:
        answers = _answers(session, run, runnable)
        missing = _missing(run, standard) if kinds else {}
        names_of = {redact(code): name for code, name in circle_names(run).items()} if missing else {}
        found = {str(row["place"]) for rows in answers.values() for row in rows}
        places = places_of(session, scope, run, found)
    return Figures(
        label=report.label,
        circledata=report.circledata,
        standard=standard,
        as_of=report.as_of,
        scope=scope,
        indicators=indicators,
        places=[Place(redact(place.code), place.name) for place in places],
        figures=list(_all_figures(standard, indicators, places, answers, reasons)),
        missing=missing,
        package=report.package or {},
        counts=report.counts,
        valid=report.valid,
        circle_names={code: names_of[code] for code in missing if code in names_of},
    )


def _all_figures(
    standard: Standard,
    indicators: Sequence[Indicator],
    places: Sequence[Place],
    answers: Mapping[str, Sequence[Mapping[str, Any]]],
    reasons: Mapping[str, str | None],
) -> Iterator[Figure]:
    """Yield the figures of all indicators; without places those of the package as a whole."""
    codes: list[str | None] = [place.code for place in places]
    for item in indicators:
        yield from _figures(item, standard, codes or [None], answers.get(item.name), reasons[item.name])


def _answers(session: Session, run: Run, indicators: Sequence[Indicator]) -> dict[str, list[dict[str, Any]]]:
    """Run the SQL of the indicators, several at once."""

    def answer(indicator: Indicator) -> list[dict[str, Any]]:
        return rows_of(run(indicator.sql))

    results = side_by_side(session, [partial(answer, item) for item in indicators])
    return {item.name: rows for item, rows in zip(indicators, results, strict=True)}


def _chosen(standard: Standard, names: Sequence[str] | None) -> list[Indicator]:
    """Return the indicators of those names in the order of the standard."""
    if names is None:
        return list(standard.indicators.values())
    unknown = [item for item in names if item not in standard.indicators]
    if unknown:
        raise IndicatorError("indicator-unknown", name=unknown[0], names=", ".join(standard.indicators))
    return [item for item in standard.indicators.values() if item.name in names]


def _why_not(indicator: Indicator, session: Session, scope: Scope) -> str | None:
    """Return why an indicator cannot be computed for any place of the package; None when it can."""
    if scope not in indicator.scopes:
        return "not-at-this-scope"
    for need in indicator.needs:
        table, _, column = need.partition(".")
        loaded = session.tables.get(table)
        if loaded is None:
            return "table-missing"
        if column and column not in loaded.by_name:
            return "column-missing"
    if parameters_in(indicator.sql) & session.unknown:
        return "setting-unknown"
    return None


def _missing(run: Run, standard: Standard) -> dict[str, list[str]]:
    """Return the guide's categories that each circle with listed outlets has no open outlet of."""
    guide = [code.code for code in guide_categories(standard)]
    shown: dict[str, set[str]] = {}
    for circle, category in run(_MISSING).fetchall():
        shown.setdefault(circle, set()).add(category)
    listed = [circle for (circle,) in run(_LISTED).fetchall()]
    return {redact(circle): [code for code in guide if code not in shown.get(circle, ())] for circle in listed}


def _figures(
    indicator: Indicator,
    standard: Standard,
    codes: Sequence[str | None],
    rows: Sequence[Mapping[str, Any]] | None,
    reason: str | None,
) -> Iterator[Figure]:
    """Yield the figures of one indicator in the order of the places; `rows` is None where `reason` stands for all."""
    by_place: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows or ():
        by_place.setdefault(row["place"], []).append(row)
    for code in codes:
        found = by_place.get(code or "", [])
        place = None if code is None else redact(code)
        if not found:
            yield Figure(indicator.name, place, None, None, None, None, 0, 0, reason or "no-record")
        elif indicator.by is None:
            yield _figure(indicator, place, None, found[0], _Base.of(found))
        else:
            yield from _items(indicator, standard, place, found)


@dataclass(frozen=True)
class _Base:
    """How many records a figure is about, and how many of them tell what it needs."""

    known: int
    records: int

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]]) -> _Base:
        """Add up the rows of one place."""
        return cls(sum(int(row["known"] or 0) for row in rows), sum(int(row["records"] or 0) for row in rows))


def _items(
    indicator: Indicator, standard: Standard, place: str | None, rows: Sequence[Mapping[str, Any]]
) -> Iterator[Figure]:
    """Yield one figure a code of the breakdown; codes of a closed list that nothing has are zero where all is known."""
    assert indicator.by is not None
    codelist = standard.codelists[indicator.by]
    good = {row["item"]: row for row in rows if row["item"] in codelist.codes}
    base = _Base(sum(int(row["known"] or 0) for row in good.values()), _Base.of(rows).records)
    if not base.known:
        yield Figure(indicator.name, place, None, None, None, None, 0, base.records, _reason(base, None, None))
        return
    for code in codelist.codes:
        if code in good:
            yield _figure(indicator, place, code, good[code], base)
        elif not codelist.open:
            yield _figure(indicator, place, code, {"numerator": 0}, base)


def _figure(indicator: Indicator, place: str | None, item: str | None, row: Mapping[str, Any], base: _Base) -> Figure:
    """Make the figure of one row."""
    numerator = _number(row["numerator"], indicator.decimals if indicator.denominator is None else None)
    denominator = _number(row.get("denominator"))
    value: Number | None = None
    if numerator is not None and base.known:
        if indicator.denominator is None and isinstance(numerator, int) and not indicator.decimals:
            value = numerator
        elif indicator.denominator is None:
            value = _rounded(Decimal(str(numerator)), indicator.decimals)
        elif denominator:
            value = _rounded(Decimal(str(numerator)) / Decimal(str(denominator)), indicator.decimals)
    reason = None if value is not None else _reason(base, denominator, row.get("reason"))
    return Figure(indicator.name, place, item, value, numerator, denominator, base.known, base.records, reason)


def _reason(base: _Base, denominator: Number | None, said: str | None) -> str:
    """Return why a place has no value: what the SQL said, else what the counts tell."""
    if said:
        return said
    if not base.records:
        return "no-record"
    return "column-empty" if not base.known or denominator is None else "denominator-zero"


def _number(value: Any, decimals: int | None = None) -> Number | None:
    """Return what the database gave as a plain number; whole numbers as int."""
    if value is None:
        return None
    number = float(value)
    if isinstance(value, int) or (number == int(number) and not decimals):
        return int(value)
    return number


def _rounded(value: Decimal, decimals: int) -> Number:
    """Round half away from zero."""
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return float(rounded) if decimals else int(rounded)
