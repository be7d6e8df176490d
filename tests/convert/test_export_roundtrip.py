"""A package that goes out to a workbook, JSON or ZIP comes back to the byte."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from circledata import validate
from circledata.convert.export import export_package, import_package
from circledata.values.formula_marks import mark

EXAMPLES = Path(__file__).parents[2] / "examples"
PACKAGES = sorted(path.parent.name for path in EXAMPLES.glob("*/datapackage.json"))
ENDINGS = (".xlsx", ".json", ".jsonl", ".zip")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def verdict(path: Path) -> list[tuple[object, ...]]:
    """What is found in the tables: rule, table, record, column; a sheet has one more row above the records."""
    report = validate(path, max_examples=None)
    skipped = 3 if path.suffix == ".xlsx" else 2
    return sorted(
        (item.rule, item.table or "", (item.row or 0) - skipped, item.column or "", item.value or "")
        for item in report.findings
        if item.table
    )


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", PACKAGES)
def test_an_example_comes_back_to_the_byte(name: str, ending: str, tmp_path: Path) -> None:
    there, back = tmp_path / f"package{ending}", tmp_path / "back"
    export_package(EXAMPLES / name, there)
    import_package(there, back)
    assert files(back) == files(EXAMPLES / name)


@pytest.mark.parametrize(("name", "lang"), [*((name, "zh") for name in PACKAGES), ("demo-exchange", "en")])
def test_the_workbook_has_the_verdict_of_its_package(name: str, lang: str, tmp_path: Path) -> None:
    export_package(EXAMPLES / name, tmp_path / "package.xlsx", lang=lang)  # type: ignore[arg-type]
    there, here = verdict(tmp_path / "package.xlsx"), verdict(EXAMPLES / name)
    # What a sheet may be understood to mean is a fault of form in a CSV file: told of the same cells, and nothing else.
    understood = {item[1:4] for item in there if item[0] == "CD157"}
    assert understood <= {item[1:4] for item in here}
    assert bool(understood) is (name == "broken-district")
    assert [item for item in there if item[1:4] not in understood] == [
        item for item in here if item[1:4] not in understood
    ]


@pytest.mark.parametrize("ending", (".xlsx", ".json", ".jsonl", ".zip", ".geojson", ".parquet", ".sqlite"))
def test_the_same_package_gives_the_same_bytes(ending: str, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        result = export_package(EXAMPLES / "demo-exchange", tmp_path / name / f"package{ending}")
        assert result.deterministic
    assert files(tmp_path / "a") == files(tmp_path / "b")


NASTY = [
    *("", "0012", "=1+1", "+86-10-1234", "-12.5", "-", "@home", "\ttab", "a\tb", "a\nb", "a\r\nb", "\rx", "'quoted'"),
    *(
        "'=1+1",
        "''=1+1",
        "'-5",
        "'",
        '"',
        'say "hi"',
        '""',
        " lead",
        "trail ",
        "\u3000full ",
        "😀👨‍👩‍👧",
        "12.50",
        "1e5",
        "1.0",
    ),
    *(
        "2024-02-30",
        "1900-01-01",
        "2024-12-31",
        "true",
        "TRUE",
        "是",
        "open",
        "open 营业",
        "open 营业 营业",
        "open Open",
    ),
    *(
        "parcel;printing",
        "parcel 快递;x",
        "convenience-store 便利店",
        "_x000D_",
        "_x005F_x000D_",
        "\ufffe",
        "\ufeffbom",
    ),
    *("NULL", "None", "NaN", "-0", "00", "0.10", "9007199254740993", "1" * 20, '=HYPERLINK("x")', "a,b", "a;b", "a'b"),
    *(
        "x" * 33_000,
        "网" * 17_000,
        "\x01\x1f",
        "\x7f\x85\u2028",
        "#N/A",
        "2024-01-01T00:00:00",
        "＝1+1",
        "{}",
        "[]",
        "\\",
    ),
]
texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
)
COLUMNS = (
    *("outlet_id", "name", "category", "address", "status", "services", "longitude", "floor_area_m2", "staff_count"),
    *("opened_on", "accepts_cash", "phone", "x_note", "x_编号"),
)
rows = st.lists(st.lists(texts, min_size=len(COLUMNS), max_size=len(COLUMNS)), min_size=1, max_size=4)


def package(folder: Path, records: list[list[str]], *, bom: bool, crlf: bool, quoted: bool, marks: bool) -> None:
    stream = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(stream, lineterminator="\r\n" if crlf else "\n", quoting=quoting)
    writer.writerow(COLUMNS)
    for number, record in enumerate(records):
        # The first cell is filled: a row without anything is a blank line and no record.
        cells = [f"620602-O{number:04}", *record[1:]]
        writer.writerow([mark(cell) for cell in cells] if marks else cells)
    folder.mkdir()
    (folder / "outlets.csv").write_bytes((b"\xef\xbb\xbf" if bom else b"") + stream.getvalue().encode())
    descriptor = {
        "name": "nasty",
        "title": records[0][1] or "x",
        "resources": [{"name": "outlets", "path": "outlets.csv", "encoding": "utf-8"}],
        "circledata": {"version": "1.0", "division_code": "620602", "as_of": "2024-12-31"},
    }
    (folder / "datapackage.json").write_text(json.dumps(descriptor, indent=3), encoding="utf-8")
    (folder / "circles.geojson").write_bytes(b'{"type":"FeatureCollection",\r\n"features":[ ] , "n": 1.50}')


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows, st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.sampled_from([".xlsx", ".json", ".jsonl"]))
def test_nasty_cells_come_back_to_the_byte(
    records: list[list[str]], bom: bool, crlf: bool, quoted: bool, marks: bool, ending: str
) -> None:
    with tempfile.TemporaryDirectory() as work:
        source, there, back = Path(work) / "package", Path(work) / f"there{ending}", Path(work) / "back"
        package(source, records, bom=bom, crlf=crlf, quoted=quoted, marks=marks)
        export_package(source, there)
        import_package(there, back)
        assert files(back) == files(source)


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_nasty_cell_in_every_column(ending: str, tmp_path: Path) -> None:
    records = [[text] * len(COLUMNS) for text in NASTY]
    package(tmp_path / "package", records, bom=True, crlf=False, quoted=False, marks=True)
    export_package(tmp_path / "package", tmp_path / f"there{ending}")
    import_package(tmp_path / f"there{ending}", tmp_path / "back")
    assert files(tmp_path / "back") == files(tmp_path / "package")


def test_a_file_in_another_encoding_with_odd_quotes_comes_back(tmp_path: Path) -> None:
    package(tmp_path / "package", [["a"] * len(COLUMNS)], bom=False, crlf=False, quoted=False, marks=True)
    table = tmp_path / "package" / "outlets.csv"
    table.write_bytes((",".join(COLUMNS) + '\n620602-O1,"网点",x\n\n1,2,3\n').encode("gb18030"))
    for ending in ENDINGS:
        result = export_package(tmp_path / "package", tmp_path / f"there{ending}", overwrite=True)
        import_package(tmp_path / f"there{ending}", tmp_path / f"back{ending}")
        assert files(tmp_path / f"back{ending}") == files(tmp_path / "package")
        assert result.notes
