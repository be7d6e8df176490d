"""Packages made on the spot for the engine's tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from circledata.standard import load_standard
from circledata.standard.cases import Case, write_case

MakePackage = Callable[..., Path]


@pytest.fixture
def make_package(tmp_path: Path) -> MakePackage:
    """Return a function that writes a package: tables as rows, or files as text; what is left out is filled."""
    numbers = iter(range(1_000))

    def make(
        tables: dict[str, list[dict[str, Any]]] | None = None,
        files: dict[str, str | bytes] | None = None,
        geojson: dict[str, Any] | None = None,
        **facts: Any,
    ) -> Path:
        case = Case("", "", True, tables=tables or {}, files=files or {}, geojson=geojson, package=facts)
        return write_case(case, load_standard(), tmp_path / str(next(numbers)))

    return make
