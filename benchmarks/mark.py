"""Measures how long it takes to hand a large workbook back with its faults marked, beside openpyxl on the same file.

    python -m benchmarks.mark [--rows N] [--marks N] [--repeat N] [--output FILE] [--keep DIR]

Takes some minutes, most of them openpyxl's. Prints a table in Markdown; FILE gets the same as JSON. Target of the
issue: 100,000 rows of 30 columns with 10,000 marked cells in at most a fifth of the time in which openpyxl loads and
saves the file, and within 1.5 GiB. The data is invented, the same every time. DIR keeps the workbooks.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.generate import write_package
from benchmarks.measure import Cost, machine, run
from benchmarks.tables import outlets_size

OURS = (sys.executable, "-m", "circledata.cli")
LEAST_GAIN, MOST_BYTES = 5, 3 << 29
LOAD_AND_SAVE = "import openpyxl, sys; openpyxl.load_workbook(sys.argv[1]).save(sys.argv[2])"
FAULTY = (("staff_count", "好几个"), ("mobility", "shop"), ("opened_on", "去年"), ("floor_area_m2", "不大"))


def make(folder: Path, rows: int, marks: int) -> Path:
    """Write a workbook of outlets in which `marks` cells are faulty, spread over the whole sheet."""
    package = folder / "package"
    write_package(package, outlets_size(rows), boundaries=False)
    path = package / "outlets.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        records = list(csv.reader(stream))
    head = records[0]
    for number in range(marks):
        column, value = FAULTY[number % len(FAULTY)]
        records[1 + number * rows // marks][head.index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(records)
    book = folder / "outlets.xlsx"
    run([*OURS, "convert", str(package), "--to", str(book)], expect=(0, 1))
    return book


def mark_alone(book: Path, target: Path, marks: int, rows: int) -> None:
    """Paint `marks` cells of the book, give each a note and list them all: what marking costs without the check."""
    from circledata.workbooks.mark import Mark, mark_book
    from circledata.workbooks.ooxml import BookEdit, Item, Line, Listing

    with BookEdit(book) as edit:
        sheet = next(name for name in edit.sheets if name in {"商业网点", "网点", "Outlets"})
    cells = [(3 + number * rows // marks, 6 + number % 25) for number in range(marks)]
    note = "错误：不是整数（CD202）\n“员工人数”要填整数。\n为什么：不是数的值在计算时按没有填处理。\n怎么改：只填数字。"
    head = Line([Item(text, "head") for text in ("级别", "规则", "位置", "列", "现在的值", "问题", "怎么改")])
    lines = [
        Line([Item("错误", "error"), Item("CD202"), Item("位置", "link", f"'{sheet}'!A{row}"), *[Item(note[:40])] * 4])
        for row, _ in cells
    ]
    with target.open("wb") as stream:
        marked = (Mark(sheet, row, column, "error", note) for row, column in cells)
        mark_book(book, marked, "问题清单", Listing([10] * 7, [head, *lines], 1), stream)


def measure(folder: Path, rows: int, marks: int, repeat: int) -> tuple[dict[str, Cost], int]:
    """Return what each way costs, and how many cells of the marked workbook have a note."""
    book = make(folder, rows, marks)
    this = (sys.executable, "-m", "benchmarks.mark")
    validate = [*OURS, "validate", str(book), "--quiet"]
    marked = folder / "marked.xlsx"
    costs = {
        "openpyxl: load and save": run(
            [sys.executable, "-c", LOAD_AND_SAVE, str(book), str(folder / "saved.xlsx")], repeat=repeat
        ),
        "marking alone": run(
            [*this, "--rows", str(rows), "--marks", str(marks), "--alone", str(book), str(folder / "alone.xlsx")],
            repeat=repeat,
        ),
        "validate --format json": run(
            [*validate, "--format", "json", "--max-examples", "10000", "--output", str(folder / "report.json")],
            repeat=repeat,
            expect=(1,),
        ),
        "validate --format workbook": run(
            [*validate, "--format", "workbook", "--output", str(marked)], repeat=repeat, expect=(1,)
        ),
    }
    return costs, _notes(marked)


def _notes(path: Path) -> int:
    """Count the notes of a workbook."""
    import zipfile

    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/comments")]
        return sum(archive.read(name).count(b"<comment ") for name in names)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--marks", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--output", type=Path)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--alone", nargs=2, type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.alone:
        mark_alone(*given.alone, given.marks, given.rows)
        return 0
    with tempfile.TemporaryDirectory(prefix="circledata-bench-") as aside:
        folder = given.keep or Path(aside)
        folder.mkdir(parents=True, exist_ok=True)
        costs, notes = measure(folder, given.rows, given.marks, given.repeat)
    theirs = costs["openpyxl: load and save"]
    print(f"{given.rows:,} rows, {given.marks:,} faulty cells; {notes:,} cells got a note.\n")
    print("| work | seconds | of openpyxl | CPU seconds | peak MiB |\n|---|---:|---:|---:|---:|")
    for work, cost in costs.items():
        part = cost.seconds / theirs.seconds
        print(f"| {work} | {cost.seconds:.1f} | {part:.2f} | {cost.cpu_seconds:.1f} | {cost.peak_bytes >> 20} |")
    alone = costs["marking alone"]
    reached = alone.seconds * LEAST_GAIN <= theirs.seconds and notes >= given.marks
    reached = reached and max(alone.peak_bytes, costs["validate --format workbook"].peak_bytes) <= MOST_BYTES
    print(f"\nTarget (marking in a fifth of openpyxl's time, 1.5 GiB): {'reached' if reached else 'MISSED'}")
    if given.output:
        found = {"machine": machine(), "notes": notes, "costs": {name: asdict(cost) for name, cost in costs.items()}}
        given.output.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0 if reached else 1


if __name__ == "__main__":
    raise SystemExit(main())
