"""Runs the command line inside the test, with a validation that returns what the test gives it."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result
from command_line import Run

sys.path.insert(0, str(Path(__file__).parent.parent / "reports"))

import circledata
from circledata.cli.program import Program


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `circledata` with these arguments, in Chinese unless the environment says otherwise."""
    for variable in ("CIRCLEDATA_LANG", "CIRCLEDATA_DEBUG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)

    def invoke(*arguments: str, **environment: str) -> Result:
        return CliRunner().invoke(Program(), [str(item) for item in arguments], env=environment)

    return invoke


@pytest.fixture
def validation(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Replace `circledata.api.validate`: set `report` or `error`; `paths` and `settings` are what it was given."""
    from report_sample import sample_report

    seen = SimpleNamespace(report=sample_report(), error=None, paths=(), settings={})

    def validate(*paths: Any, **settings: Any) -> Any:
        seen.paths, seen.settings = paths, settings
        if seen.error:
            raise seen.error
        return seen.report

    fake = ModuleType("circledata.api")
    fake.validate = validate  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "circledata.api", fake)
    monkeypatch.setattr(circledata, "api", fake, raising=False)
    return seen
