"""Workbooks of other programs: XLS, ET and ODS as LibreOffice writes them, and files that are broken."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from circledata import validate
from circledata.findings import message
from circledata.sources import Options, open_package

from .conftest import notes_of, staged_rows

SOFFICE = shutil.which("soffice")
TITLES = ["生活圈编号", "社区名称", "社区代码", "圈内户数", "圈内常住人口"]
FORMS = ["xlsx", "xlsm", "xls", "et", "ods"]


def sample(path: Path, base1904: bool = False) -> None:
    book = xlsxwriter.Workbook(str(path), {"date_1904": base1904})
    sheet = book.add_worksheet("覆盖社区")
    sheet.merge_range("A1:E1", "凉州区覆盖社区")
    sheet.write_row("A2", TITLES)
    sheet.write_row("A3", ["", "东关", 620602001001, 10, 20])
    sheet.write_row("A4", ["", "西关"])
    sheet.merge_range("A3:A4", "620602-C001")
    sheet.write_formula("E4", "=1+1", None, 2)
    sheet.write_comment("B4", "批注")
    sheet.write_row("A5", ["620602-C002", "南关社区", "", "１２"])
    sheet.write_row("A7", ["合计", "", "", 10])
    sheet.set_row(4, None, None, {"hidden": True})
    sheet = book.add_worksheet("生活圈")
    sheet.write_row("A1", ["生活圈编号", "生活圈名称", "区划代码", "建设状态", "建成日期"])
    for row, code in enumerate(("620602-C001", "620602-C002"), 1):
        sheet.write_row(row, 0, [code, "东关", "620602", "built"])
    sheet.write_datetime("E2", datetime(2024, 3, 1), book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}))
    sheet.write_number("E3", 45352 - (1462 if base1904 else 0))
    sheet.hide()
    book.close()


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, bool], Path]:
    """Write the sample once in every form."""
    folder = tmp_path_factory.mktemp("books")
    made: dict[tuple[str, bool], Path] = {}
    for base1904 in (False, True):
        source = folder / f"book{base1904}.xlsx"
        sample(source, base1904)
        made["xlsx", base1904] = source
        made["xlsm", base1904] = Path(shutil.copy(source, source.with_suffix(".xlsm")))
        for form in ("xls", "ods") if SOFFICE else ():
            profile = f"-env:UserInstallation=file://{folder}/profile"
            command = [SOFFICE or "", profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(source)]
            subprocess.run(command, check=True, capture_output=True, timeout=180)
            made[form, base1904] = source.with_suffix(f".{form}")
        if SOFFICE:
            made["et", base1904] = Path(shutil.copy(made["xls", base1904], source.with_suffix(".et")))
    return made


@pytest.mark.parametrize("base1904", [False, True])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_read_the_same(books, work, form, base1904):
    if (form, base1904) not in books:
        pytest.skip("no soffice")
    package = open_package([books[form, base1904]], workdir=work, options=Options())
    communities, circles = package.tables["communities"], package.tables["circles"]
    assert [row[:1] + row[2:] for row in staged_rows(communities)] == [
        ["3", "620602-C001", "东关", "620602001001", "10", "20"],
        ["4", "620602-C001", "西关", "", "", "2"],
        ["5", "620602-C002", "南关社区", "", "12", ""],
    ]
    assert sorted(notes_of(communities)) == [
        ("CD157", 4, 1, "", "620602-C001", "merged"),
        ("CD157", 5, 4, "１２", "12", "full-width"),
        ("CD158", 7, None, "合计", "", ""),
    ]
    assert [row[-1] for row in staged_rows(circles)] == ["2024-03-01", "2024-03-01"]
    assert [note[-1] for note in notes_of(circles)] == ["date-serial"]
    codes = [note.code for note in package.notes]
    assert "sheet-hidden" in codes
    assert ("rows-hidden" in codes) is (form in {"xlsx", "xlsm", "ods"})


def test_an_ods_cell_with_an_error_keeps_its_text(tmp_path, work):
    names = "urn:oasis:names:tc:opendocument:xmlns"
    cells = "".join(f"<table:table-cell><text:p>{name}</text:p></table:table-cell>" for name in TITLES[:3])
    error = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error">'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
    )
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
        f'xmlns:text="{names}:text:1.0" xmlns:calcext="urn:x"><office:body><office:spreadsheet>'
        f'<table:table table:name="覆盖社区"><table:table-row>{cells}</table:table-row><table:table-row>'
        f'<table:table-cell office:value-type="string"><text:p>620602-C001</text:p></table:table-cell>{error}'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    ).replace("<table:table-cell><text:p>", '<table:table-cell office:value-type="string"><text:p>')
    path = tmp_path / "book.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    (raw,) = open_package([path], workdir=work, options=Options()).tables.values()
    assert staged_rows(raw) == [["2", "", "620602-C001", "#DIV/0!", ""]]


def damaged(data: bytes, dice: random.Random) -> bytes:
    """Break XML in one of the ways in which files break."""
    ways = [
        lambda: data[: dice.randrange(len(data))],
        lambda: data.replace(b"</row>", b"", 1),
        lambda: data.replace(b'r="', b'r="\xff', 3),
        lambda: bytes(dice.choice(b"<>&\"'r=c/ \x00") if dice.random() < 0.01 else byte for byte in data),
        lambda: data.replace(b"<v>", b"<v>-", 5).replace(b't="s"', b't="n"', 2),
        lambda: b'<!DOCTYPE x [<!ENTITY a "b">]>' + data,
        lambda: data.replace(b"<c ", b'<c r="ZZZZ99999999" ', 2),
        lambda: data.replace(b'hidden="1"', b'hidden="1" r="99999999999"'),
        lambda: data.replace(b'<mergeCell ref="', b'<mergeCell ref="XFD1048576:', 1),
        lambda: data.replace(b"<v>", b"<v>9e999", 2),
    ]
    return dice.choice(ways)()


@pytest.mark.parametrize("seed", range(60))
def test_broken_xml_is_a_finding_and_never_a_traceback(tmp_path, seed):
    source, path = tmp_path / "sound.xlsx", tmp_path / "book.xlsx"
    sample(source)
    dice = random.Random(seed)
    stream = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(stream, "w") as new:
        parts = [info.filename for info in old.infolist() if info.filename.endswith((".xml", ".rels"))]
        broken = dice.choice([name for name in parts if "sheet" in name or "sharedS" in name or "workbook" in name])
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, damaged(data, dice) if info.filename == broken else data)
    path.write_bytes(stream.getvalue())
    report = validate(path)
    said = [message(finding, report.standard, "zh") for finding in report.findings]
    assert said
    assert all("Traceback" not in text and "{" not in text for text in said)


@pytest.mark.parametrize("seed", range(20))
def test_a_broken_binary_workbook_is_a_finding(books, tmp_path, seed):
    if ("xls", True) not in books:
        pytest.skip("no soffice")
    dice = random.Random(seed)
    data = bytearray(books["xls", True].read_bytes())
    for _ in range(20):
        data[dice.randrange(512, len(data))] = dice.randrange(256)
    path = tmp_path / "book.xls"
    path.write_bytes(data if seed % 2 else data[: dice.randrange(600, len(data))])
    report = validate(path)
    assert all(message(finding, report.standard, "en") for finding in report.findings)
    assert report.rules
