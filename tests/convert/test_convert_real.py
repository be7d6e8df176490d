"""A trial on real data that is not part of the project: CIRCLEDATA_REAL names the folder that holds it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from circledata.convert import convert_file

FOLDER = os.environ.get("CIRCLEDATA_REAL")


@pytest.mark.skipif(not FOLDER, reason="CIRCLEDATA_REAL is not set")
def test_features_of_a_whole_city(tmp_path: Path) -> None:
    source = Path(FOLDER or "") / "hangzhou-osm" / "all_poi.csv"
    started = time.perf_counter()
    conversion = convert_file(source, source="osm", division_code="330100", to=tmp_path / "package")
    assert time.perf_counter() - started < 10
    assert conversion.rows_in == 8_964 == conversion.rows_used + len(conversion.left_out)
    assert conversion.rows_used > 1_000
    assert conversion.by_category["restaurant"] > 400
