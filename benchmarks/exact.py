"""Tells whether a report holds exactly the findings that the truth of a package names."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

Place = tuple[str, str, int | None, str | None]
"""Code, file, line and column of one finding."""


@dataclass(frozen=True)
class Comparison:
    """Findings that were seeded and those that were found."""

    seeded: int
    found: int
    missing: Counter[Place]
    invented: Counter[Place]

    @property
    def exact(self) -> bool:
        """Whether found is seeded: none missed, none invented, none reported twice."""
        return not self.missing and not self.invented

    def summary(self, limit: int = 20) -> list[str]:
        """Say how many findings differ, by rule, file and column, and name one of each."""
        lines = []
        for label, places in (("missing", self.missing), ("invented", self.invented)):
            kinds = Counter((code, file, column) for code, file, _, column in places.elements())
            for kind, count in kinds.most_common(limit):
                example = next(line for code, file, line, column in places if (code, file, column) == kind)
                lines.append(f"{label}: {count} × {kind[0]} {kind[1]} {kind[2]}, for example line {example}")
        return lines


def compare(truth: Path, report: Path) -> Comparison:
    """Compare a truth file with a report in the format jsonl that holds every finding."""
    seeded, found = Counter(read_truth(truth)), Counter(read_report(report))
    return Comparison(seeded.total(), found.total(), seeded - found, found - seeded)


def read_truth(path: Path) -> Iterable[Place]:
    """Yield the findings that a truth file names."""
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield row["code"], row["file"], int(row["line"]) if row["line"] else None, row["column"] or None


def read_report(path: Path) -> Iterable[Place]:
    """Yield the findings of a report in the format jsonl."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            entry = json.loads(line)
            if entry["type"] == "finding":
                yield entry["code"], entry["file"], entry["row"], entry["column"]
