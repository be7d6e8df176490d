"""Runs the commands that the pages show and compares what they print; `--update` writes what they print now.

A block of kind `console` holds commands (`$ circledata …`) with their output; a block with `title="file"` shows the
beginning of a file that is there by then. A line `<!-- workbook: NAME typed -->` stands for what a person does in WPS:
it puts there the workbook of typed_book.py as it was typed or, with `mended`, put right. All of a page runs in order in
one empty folder that holds the files of examples/sources, and the folder examples itself. A line `…` stands for
whatever is between the lines before it and those after it. A page with the line `<!-- exit codes: none -->` does not
show them: its readers do not see them either.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import typed_book

from circledata.standard.model import Language

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = ROOT / "examples" / "sources"
COLUMNS = "80"
MORE = "…"
_BLOCK = re.compile(
    r"^```(?P<kind>[a-z]+)(?: title=\"(?P<file>[^\"]+)\")?\n(?P<text>.*?)^```$"
    r"|^<!-- workbook: (?P<book>[^ /]+) (?P<state>typed|mended) -->$",
    re.MULTILINE | re.DOTALL,
)
_NO_EXIT = "<!-- exit codes: none -->"
_EXIT = {"zh": "[退出码 {code}]", "en": "[exit code {code}]"}


def pages() -> list[Path]:
    """Return the hand-written pages, read-mes included, that show a command with its output or a file."""
    written = [ROOT / "README.md", ROOT / "README.en.md", *sorted((ROOT / "docs").rglob("*.md"))]
    kept = (page for page in written if "reference" not in page.parts)
    return [page for page in kept if any(_is_run(match) for match in _BLOCK.finditer(page.read_text("utf-8")))]


def _is_run(match: re.Match[str]) -> bool:
    return match["kind"] == "console" or match["file"] is not None


def language_of(page: Path) -> Language:
    """Return the language of a page, from its name."""
    return "en" if page.name.endswith(".en.md") else "zh"


def updated(page: Path) -> str:
    """Return the text of a page with what its commands print now, and the files as they are now."""
    language = language_of(page)
    text = page.read_text(encoding="utf-8")
    quiet = _NO_EXIT in text.split("\n")

    def replaced(match: re.Match[str]) -> str:
        if match["book"] is not None:
            typed_book.write(Path(match["book"]), language, mended=match["state"] == "mended")
        if not _is_run(match):
            return match[0]
        shown = match["text"].rstrip("\n").split("\n")
        if match["file"] is None:
            lines = list(_console(shown, language, quiet))
        else:
            lines = cut(file_lines(Path(match["file"])), shown)
        head = match[0].split("\n", 1)[0]
        return "\n".join([head, *lines, "```"])

    with workplace():
        return _BLOCK.sub(replaced, text)


@contextlib.contextmanager
def workplace() -> Iterator[Path]:
    """Go into a new folder that holds the input files, and come back from it."""
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        for file in SOURCES.iterdir():
            if not file.name.startswith("README"):
                shutil.copyfile(file, file.name)
        Path("examples").symlink_to(ROOT / "examples")
        yield Path(name)


def _console(shown: Sequence[str], language: Language, quiet: bool) -> Iterator[str]:
    """Yield the lines of a block: each command, and what it prints now; without its exit code where it is `quiet`."""
    starts = [number for number, line in enumerate(shown) if line.startswith("$ ")]
    if not starts or starts[0]:
        raise ValueError(f"a block begins with a command: {shown[0]!r}")
    for start, end in zip(starts, [*starts[1:], len(shown)], strict=True):
        yield shown[start]
        lines = run(shown[start][2:], language)
        if quiet and lines and lines[-1].startswith(_EXIT[language].partition("{")[0]):
            lines.pop()
        yield from cut(lines, shown[start + 1 : end])


def run(command: str, language: Language) -> list[str]:
    """Run one command of the tool and return the lines that it prints; the exit code comes last unless it is 0."""
    from click.testing import CliRunner

    from circledata.cli.program import Program

    name, *arguments = shlex.split(command)
    if name != "circledata":
        raise ValueError(f"only circledata is run here: {command}")
    environment = {"CIRCLEDATA_LANG": language, "COLUMNS": COLUMNS, "NO_COLOR": "1", "CIRCLEDATA_DEBUG": ""}
    result = CliRunner().invoke(Program(), arguments, env=environment)
    if result.exit_code == 3:
        raise RuntimeError(f"{command}: {result.output}") from result.exception
    lines = result.output.rstrip("\n").split("\n") if result.output.strip() else []
    return lines if result.exit_code == 0 else [*lines, _EXIT[language].format(code=result.exit_code)]


def file_lines(path: Path) -> list[str]:
    """Return a file as a page shows it: text in its own encoding, of a workbook the cells of the first sheet."""
    if path.suffix == ".xlsx":
        return _workbook_lines(path)
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    return text.rstrip("\r\n").replace("\r\n", "\n").split("\n")


def _workbook_lines(path: Path) -> list[str]:
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return [" | ".join(_cell(value) for value in row).rstrip(" |") for row in rows]


def _cell(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def cut(lines: Sequence[str], shown: Sequence[str]) -> list[str]:
    """Return as many lines as are shown before and after the line `…`; all of them where there is no such line."""
    if MORE not in shown:
        return [line.rstrip() for line in lines]
    before = list(shown).index(MORE)
    after = len(shown) - before - 1
    if len(lines) <= before + after:
        return [line.rstrip() for line in lines]
    return [line.rstrip() for line in (*lines[:before], MORE, *(lines[-after:] if after else ()))]


def main(arguments: list[str] | None = None) -> int:
    """Tell which pages are out of date, or write them; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=Path, help="all when none is named")
    parser.add_argument("--update", action="store_true", help="write the pages instead of only comparing them")
    options = parser.parse_args(arguments)
    stale = False
    for page in [path.resolve() for path in options.pages] or pages():
        text = updated(page)
        if text == page.read_text(encoding="utf-8"):
            continue
        stale = True
        print(os.path.relpath(page, ROOT))
        if options.update:
            page.write_text(text, encoding="utf-8", newline="\n")
    return 1 if stale and not options.update else 0


if __name__ == "__main__":
    sys.exit(main())
