"""apply(OLD, diff(OLD, NEW)) is NEW, to the byte, whatever the packages hold."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any

from changes_packages import edited, files_of, packages, write_package
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from circledata.feeds.changes import ChangeCounts, apply, write_changes


def changed(old: Path | None, new: Path, to: Path) -> tuple[str, ChangeCounts]:
    stream = io.StringIO(newline="")
    counts = write_changes(old, new, stream)
    to.write_text(stream.getvalue(), encoding="utf-8", newline="", errors="surrogatepass")
    return stream.getvalue(), counts


def round_trip(old: dict[str, Any] | None, new: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        before = write_package(work / "old", **old) if old else None
        after = write_package(work / "new", **new)
        text, _ = changed(before, after, work / "changes.jsonl")
        assert changed(before, after, work / "again.jsonl")[0] == text
        applied = apply(before, work / "changes.jsonl", work / "made")
        assert files_of(work / "made") == files_of(after)
        assert applied.exact


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(packages(), packages())
def test_two_packages_that_have_nothing_to_do_with_each_other(old: dict[str, Any], new: dict[str, Any]) -> None:
    round_trip(old, new)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_records_taken_away_put_in_and_moved_about(data: st.DataObject) -> None:
    old, other = data.draw(packages()), data.draw(packages())
    round_trip(old, data.draw(st.composite(lambda draw: edited(old, draw, other))()))


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(packages())
def test_from_nothing(new: dict[str, Any]) -> None:
    round_trip(None, new)
