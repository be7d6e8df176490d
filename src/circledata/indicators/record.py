"""Figures as plain JSON values: `indicators.json`, described by spec/1.0/indicators.schema.json."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from circledata.indicators.model import Figure, Figures, Scope
from circledata.standard.model import Indicator, Text


def figures_record(figures: Figures | Sequence[Figures]) -> dict[str, Any]:
    """Return the figures of one package as one JSON object; several Figures are the same package at several scopes.

    ValueError when there are none, or when they are of different packages.
    """
    every = [figures] if isinstance(figures, Figures) else list(figures)
    if not every:
        raise ValueError("no figures")
    first = every[0]
    if any((one.label, one.package) != (first.label, first.package) for one in every):
        raise ValueError("figures of different packages")
    return {
        "standard": first.standard.version,
        "circledata": first.circledata,
        "label": _label(first),
        "as_of": first.as_of.isoformat() if first.as_of else None,
        "package": dict(first.package),
        "quality": {"valid": first.valid, "counts": dict(first.counts)},
        "indicators": [_indicator(item) for item in _distinct(every)],
        "places": [
            {"scope": one.scope, "code": place.code, "name": place.name} for one in every for place in one.places
        ],
        "figures": [_figure(item, one.scope) for one in every for item in one.figures],
        "missing_categories": {circle: list(codes) for one in every for circle, codes in one.missing.items()},
    }


def _label(figures: Figures) -> str:
    """Return the name of the package, else that of its folder or file: no path of the machine that computed it."""
    name = figures.package.get("name")
    return name if isinstance(name, str) and name else PurePath(figures.label).name


def _distinct(every: Sequence[Figures]) -> list[Indicator]:
    """Return the indicators of all, each once, in the order of the standard."""
    wanted = {item.name for one in every for item in one.indicators}
    return [item for item in every[0].standard.indicators.values() if item.name in wanted]


def _indicator(indicator: Indicator) -> dict[str, Any]:
    return {
        "name": indicator.name,
        "group": indicator.group,
        "title": _text(indicator.title),
        "unit": indicator.unit,
        "decimals": indicator.decimals,
        "quotient": indicator.denominator is not None,
        "by": indicator.by,
        "own": indicator.own,
    }


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _figure(figure: Figure, scope: Scope) -> dict[str, Any]:
    return {
        "indicator": figure.indicator,
        "scope": scope,
        "place": figure.place,
        "item": figure.item,
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "known": figure.known,
        "records": figure.records,
        "reason": figure.reason,
    }
