"""A comparison as JSON; `spec/1.0/comparison.schema.json` describes it."""

from __future__ import annotations

import json
from typing import Any, TextIO

from circledata.findings.privacy import redact
from circledata.indicators.compare import EXPECTED, LISTING, RARE
from circledata.indicators.compare_bounds import LARGEST
from circledata.indicators.compare_model import Cell, Comparison, Pair, Row, Side
from circledata.reports.compare_words import MEANINGS, VERDICTS, caution_text, method
from circledata.reports.figures_numbers import item_title
from circledata.standard.model import LANGUAGES, Text


def write(comparison: Comparison, stream: TextIO) -> None:
    """Write a comparison as JSON: everything but the rows indented, then one row a line."""
    record = comparison_record(comparison)
    rows = record.pop("rows")
    head = json.dumps(record, ensure_ascii=False, indent=2).removesuffix("\n}")
    stream.write(head + ',\n  "rows": [')
    separator = "\n    "
    for row in rows:
        stream.write(separator + json.dumps(row, ensure_ascii=False))
        separator = ",\n    "
    stream.write("\n  ]\n}\n" if rows else "]\n}\n")


def comparison_record(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as the schema has it; texts in both languages."""
    names = [side.name for side in comparison.sides]
    total = len(names)
    return {
        "circledata": comparison.standard.version,
        "type": "comparison",
        "generator": {"name": "circledata", "version": comparison.circledata},
        "scope": comparison.scope,
        "method": {
            "own": True,
            "largest": LARGEST,
            "listing": LISTING,
            "rare": RARE,
            "expected": EXPECTED,
            "text": {language: method(language) for language in LANGUAGES},
            "verdicts": {
                verdict: {"title": _text(VERDICTS[verdict]), "meaning": _text(MEANINGS[verdict])}
                for verdict in comparison.counts()
            },
        },
        "sides": [_side(side) for side in comparison.sides],
        "cautions": [
            {
                "code": caution.code,
                "sides": list(caution.sides),
                "params": dict(caution.params),
                "text": {language: caution_text(caution, language, names.__getitem__, total) for language in LANGUAGES},
            }
            for caution in comparison.cautions
        ],
        "verdicts": comparison.counts(),
        "rows": [_row(row, comparison) for row in comparison.rows],
    }


def _side(side: Side) -> dict[str, Any]:
    figures = side.figures
    return {
        "name": side.name,
        "label": redact(figures.label),
        "title": redact(str(figures.package["title"])) if figures.package.get("title") else None,
        "division_code": figures.package.get("division_code"),
        "place": side.place,
        "place_name": side.place_name,
        "as_of": figures.as_of.isoformat() if figures.as_of else None,
        "standard": figures.standard.version,
        "synthetic": bool(figures.package.get("synthetic")),
        "valid": figures.valid,
        "counts": dict(figures.counts),
    }


def _row(row: Row, comparison: Comparison) -> dict[str, Any]:
    indicator = row.indicator
    title = None if row.item is None else _text(item_title(indicator, row.item, comparison.standard))
    return {
        "indicator": indicator.name,
        "title": _text(indicator.title),
        "group": indicator.group,
        "unit": indicator.unit,
        "decimals": indicator.decimals,
        "item": row.item,
        "item_title": title,
        "cells": [_cell(cell) for cell in row.cells],
        "pairs": [_pair(pair) for pair in row.pairs],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    figure, bounds = cell.figure, cell.bounds
    return {
        "value": figure.value if figure else None,
        "numerator": figure.numerator if figure else None,
        "denominator": figure.denominator if figure else None,
        "known": figure.known if figure else None,
        "records": figure.records if figure else None,
        "low": bounds.low if bounds else None,
        "high": bounds.high if bounds else None,
        "reason": figure.reason if figure else None,
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "first": pair.first,
        "second": pair.second,
        "difference": pair.difference,
        "verdict": pair.verdict,
        "causes": [
            {"code": cause.code, "sides": list(cause.sides), "params": dict(cause.params)} for cause in pair.causes
        ],
    }


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
