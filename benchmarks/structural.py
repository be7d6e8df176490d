"""A small package whose outlets.csv is broken as a CSV file, with the exact line of every fault.

The faults stand between rows that carry faults of other kinds, so that a line lost or counted twice shows at once.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import generate
from benchmarks.tables import outlets_size
from circledata.standard import load_standard

OUTLETS = 3_000
FIRST, STEP = 700, 41
"""The broken lines stand in the middle of the file, as far apart as the other faults are not."""


@dataclass(frozen=True)
class Break:
    """One way to break a line: the rule that must find it, what becomes of the line, and how many lines it then takes.

    `column`: the column pointed to; None for the whole line. `rule` is None for what looks odd and is right.
    """

    rule: str | None
    change: Callable[[bytes], bytes]
    lines: int = 1
    column: str | None = None


def last_cell(line: bytes, cell: bytes) -> bytes:
    """Replace the last cell of a line."""
    return line.rpartition(b",")[0] + b"," + cell


BREAKS: Sequence[Break] = (
    Break("row-short", lambda line: line.rpartition(b",")[0]),
    Break("row-long", lambda line: line + b",x"),
    Break("byte-invalid", lambda line: last_cell(line, b"\xff\xfe")),
    Break("nul-character", lambda line: last_cell(line, b"a\x00b"), column="source"),
    Break("blank-line", lambda line: b"\n" + line, 2),
    Break("quote-misplaced", lambda line: last_cell(line, b'"a"b'), column="source"),
    Break("quote-stray", lambda line: last_cell(line, b'a"b'), column="source"),
    Break("quote-unclosed", lambda line: last_cell(line, b'"a')),
    Break(None, lambda line: last_cell(line, '"现场""核查"""'.encode())),
)


def write_package(folder: Path) -> None:
    """Write the package and its truth."""
    generate.write_package(folder, outlets_size(OUTLETS), faults=True)
    truth = generate.truth_of(folder)
    with truth.open(encoding="utf-8", newline="") as stream:
        entries = [(row["code"], row["file"], int(row["line"]), row["column"]) for row in csv.DictReader(stream)]
    faulty = {line for _, file, line, _ in entries if file == "outlets.csv"}
    broken, moved_by = break_lines(folder / "outlets.csv", faulty)
    moved = [
        (code, file, moved_by(line) if file == "outlets.csv" else line, column) for code, file, line, column in entries
    ]
    generate.write_truth(truth, [*moved, *broken])


def break_lines(path: Path, faulty: set[int]) -> tuple[list[tuple[str, str, int, str]], Callable[[int], int]]:
    """Break lines of a file that carry no fault yet; returns the findings, and where each old line stands now."""
    standard = load_standard()
    lines = path.read_bytes().splitlines()
    findings: list[tuple[str, str, int, str]] = []
    inserted: list[int] = []

    def moved(line: int) -> int:
        return line + sum(place <= line for place in inserted)

    place = FIRST
    for item in BREAKS:
        # Neither the row of a fault nor one that it copied from.
        while {place, place + 1} & faulty:
            place += 1
        lines[place - 1] = item.change(lines[place - 1])
        if item.rule:
            findings.append((standard.rule(item.rule).code, path.name, moved(place), item.column or ""))
        inserted += [place] * (item.lines - 1)
        place += STEP
    path.write_bytes(b"\n".join(lines) + b"\n")
    return findings, moved
