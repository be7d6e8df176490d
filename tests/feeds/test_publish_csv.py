"""The CSV of a release is written by the database; it is to the byte what the tool writes elsewhere, row by row."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from changes_packages import NASTY, write_package
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from publish_packages import circle

from circledata.convert.export import csv_form
from circledata.convert.export.csv_form import CsvForm
from circledata.convert.export.opened import Source, opened
from circledata.feeds.writers_csv import columns_of, write_csv

TEXT = st.one_of(
    st.just(""), NASTY, st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=8)
)


def slowly(source: Source, name: str) -> bytes:
    """Write a table cell by cell as the rest of the tool does."""
    table = source.tables[name]
    columns = columns_of(table)
    items = [f"coalesce({column.text}, '')" if column else "''" for column in columns.values()]
    stream = io.BytesIO()
    csv_form.write(stream, list(columns), table.select(items), CsvForm())
    return stream.getvalue()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=12))
def test_every_text_is_written_as_elsewhere(tmp_path_factory: Any, rows: list[tuple[str, str, str]]) -> None:
    folder = tmp_path_factory.mktemp("package")
    records = [
        circle(number, name=name, operator_name=operator, x_own=own)
        for number, (name, operator, own) in enumerate(rows, 1)
    ]
    package = write_package(folder / "package", {"circles": records})
    with opened(package, "package") as source:
        write_csv(source.tables["circles"], folder / "circles.csv")
        assert (folder / "circles.csv").read_bytes() == slowly(source, "circles")


def test_cells_that_are_not_of_their_type_keep_their_text(tmp_path: Path) -> None:
    record = circle(population="约2万", households="007", area_m2="1e5", jobs='=1+"1"', updated_on="2024/1/1")
    package = write_package(tmp_path / "package", {"circles": [record]})
    with opened(package, "package") as source:
        columns = write_csv(source.tables["circles"], tmp_path / "circles.csv")
        assert (tmp_path / "circles.csv").read_bytes() == slowly(source, "circles")
    assert columns == [field.name for field in source.tables["circles"].table.fields]
    text = (tmp_path / "circles.csv").read_text(encoding="utf-8-sig")
    assert all(part in text for part in ("约2万", "007", "1e5", '\'=1+""1""', "2024/1/1"))
