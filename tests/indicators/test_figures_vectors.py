"""Every indicator gives what its test vectors, worked out by hand, say."""

from __future__ import annotations

from pathlib import Path

import pytest
from vectors import KEYS, Vector, vectors_of, write_vector

from circledata.indicators.compute import figures_of
from circledata.standard import load_standard

STANDARD = load_standard()
VECTORS = [
    pytest.param(vector, id=f"{indicator.name}: {vector.name['zh']}")
    for indicator in STANDARD.indicators.values()
    for vector in vectors_of(indicator, STANDARD)
]


@pytest.mark.parametrize("vector", VECTORS)
def test_vector(vector: Vector, tmp_path: Path) -> None:
    package = write_vector(vector, STANDARD, tmp_path)
    figures = figures_of(package, by=vector.scope, names=[vector.indicator])
    assert figures.valid != vector.broken, "a vector is a valid package unless it says that it is broken"
    found = [{key: getattr(figure, key) for key in KEYS} for figure in figures.figures]
    wanted = [{"item": None, "reason": None, **entry} for entry in vector.expect]
    assert [{key: one[key] for key in entry} for one, entry in zip(found, wanted, strict=False)] == wanted
    assert len(found) == len(wanted)
