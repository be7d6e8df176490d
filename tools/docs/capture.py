"""Draws what a command really prints as an SVG picture of a terminal: for the README and the first page of the docs."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import unicodedata
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ASSETS = ROOT / "docs" / "assets"
COLUMNS = 80
CELL, LINE, MARGIN = 8.4, 20, 16
FONT = "Menlo, Consolas, 'Noto Sans Mono CJK SC', 'Microsoft YaHei', monospace"
COLOURS = {"31": "#f28779", "33": "#ffcc66", "36": "#5ccfe6", "32": "#bae67e"}
"""The colours of a terminal that the reports use, by their ANSI number."""
COMMAND = ("validate", "examples/broken-district", "--max-examples", "2")
PICTURES = {"zh": "validate.svg", "en": "validate.en.svg"}
SHOWN = 36
"""Lines of the output that the picture holds; the rest is cut and said so."""


AMBIGUOUS = "“”‘’…·—"
"""One column wide in the reports, but drawn two columns wide by Chinese fonts: each is squeezed into its column."""


def output(language: str) -> str:
    """Return what the command prints on a terminal of COLUMNS columns."""
    arguments = [sys.executable, "-m", "circledata.cli", "--lang", language, *COMMAND]
    environment = {**os.environ, "COLUMNS": str(COLUMNS), "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    result = subprocess.run(arguments, env=environment, cwd=ROOT, capture_output=True, check=False)
    if result.returncode not in {0, 1}:
        raise RuntimeError(result.stderr.decode("utf-8"))
    return result.stdout.decode("utf-8")


def width(text: str) -> int:
    """Return the columns of a terminal that a text takes; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def runs(line: str) -> list[tuple[int, str]]:
    """Split a line at its spaces and where narrow and wide characters meet, each run with the column where it begins.

    Each run is placed by itself: the fonts of a reader's machine need not make a wide character two columns wide.
    """
    found: list[tuple[int, str]] = []
    column = 0
    before: int | None = None
    for character in line:
        kind = 0 if character == " " else width(character)
        if kind and kind == before and character not in AMBIGUOUS and found[-1][1][-1] not in AMBIGUOUS:
            found[-1] = (found[-1][0], found[-1][1] + character)
        elif kind:
            found.append((column, character))
        before = kind
        column += max(kind, 1)
    return found


def picture(prompt: str, text: str, more: str) -> str:
    """Return the SVG of a terminal that shows the command and the first lines of its output."""
    lines = text.rstrip("\n").splitlines()
    if len(lines) > SHOWN:
        lines = [*lines[:SHOWN], more.format(n=len(lines) - SHOWN)]
    lines = [f"$ {prompt}", "", *lines]
    high, wide = 2 * MARGIN + LINE * len(lines), round(2 * MARGIN + CELL * COLUMNS)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'role="img" aria-label="{escape(prompt)}">',
        f'<rect width="{wide}" height="{high}" rx="6" fill="#1f2430"/>',
        f'<g font-family="{FONT}" font-size="14" fill="#cbccc6">',
    ]
    for number, line in enumerate(lines):
        y = MARGIN + LINE * number + 14
        colour = _colour(line)
        for column, run in runs(line):
            parts.append(_text(MARGIN + CELL * column, y, run, colour))
    return "\n".join([*parts, "</g>", "</svg>", ""])


def _text(x: float, y: int, run: str, colour: str) -> str:
    length = CELL * width(run)
    fill = f' fill="{colour}"' if colour else ""
    size = ' font-size="16"' if width(run[0]) == 2 else ""
    size += ' lengthAdjust="spacingAndGlyphs"' if run in AMBIGUOUS else ""
    return f'<text x="{x:.1f}" y="{y}" textLength="{length:.1f}"{fill}{size}>{escape(run)}</text>'


def _colour(line: str) -> str:
    """Return the colour of a line: the picture is drawn from the plain text, as a pipe gets it."""
    start = line.strip().lower()
    marks = {"错误": "31", "error": "31", "不通过": "31", "failed": "31", "警告": "33", "warning": "33", "$ ": "32"}
    for mark, number in marks.items():
        if start.startswith(mark):
            return COLOURS[number]
    return ""


def main(arguments: list[str] | None = None) -> int:
    """Write the pictures, or with `--check` tell whether they are out of date; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args(arguments).check
    stale = False
    for language, name in PICTURES.items():
        more = "…（还有 {n} 行）" if language == "zh" else "… ({n} more lines)"
        prompt = " ".join(["circledata", *(["--lang", "en"] if language == "en" else []), *COMMAND])
        drawn = picture(prompt, output(language), more)
        file = ASSETS / name
        if file.is_file() and file.read_text(encoding="utf-8") == drawn:
            continue
        stale = True
        print(f"docs/assets/{name}")
        if not check:
            file.write_text(drawn, encoding="utf-8", newline="\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
