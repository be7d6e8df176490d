"""Writes the example packages and input files: `python examples/build.py [NAME…]`.

`--check` only tells which are out of date.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import demo_district  # noqa: E402
import demo_exchange  # noqa: E402
import lhasa  # noqa: E402
import liangzhou  # noqa: E402
import source_files  # noqa: E402
import template_book  # noqa: E402

import broken_district  # noqa: E402
from package_writer import Example, files_of, write  # noqa: E402

EXAMPLES: dict[str, Callable[[], Example]] = {
    "liangzhou": liangzhou.example,
    "lhasa": lhasa.example,
    "demo-district": demo_district.example,
    "demo-exchange": demo_exchange.example,
    "broken-district": broken_district.example,
}
SOURCES = "sources"
"""Not a package: the input files of the pages on conversion."""
TEMPLATE = "template"
"""Not a folder's package but a workbook: a template that is filled in."""
FILES: dict[str, Callable[[], dict[str, bytes]]] = {SOURCES: source_files.files, TEMPLATE: template_book.files}


def content_of(name: str) -> dict[str, bytes]:
    """Return what the scripts make of one example, by path within its folder."""
    return FILES[name]() if name in FILES else files_of(EXAMPLES[name]())


def stale(name: str) -> list[str]:
    """Return the files of an example that are missing or differ from what the script makes."""
    folder = HERE / name
    return [
        path
        for path, content in content_of(name).items()
        if not (folder / path).is_file() or (folder / path).read_bytes() != content
    ]


def put(name: str) -> None:
    """Write one example."""
    if name not in FILES:
        write(EXAMPLES[name](), HERE / name)
        return
    (HERE / name).mkdir(exist_ok=True)
    for path, content in FILES[name]().items():
        (HERE / name / path).write_bytes(content)


def main(arguments: list[str] | None = None) -> int:
    """Write or check the examples; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*EXAMPLES, *FILES, []], metavar="NAME")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    differs = False
    for name in options.names or [*EXAMPLES, *FILES]:
        for path in stale(name):
            differs = True
            print(f"examples/{name}/{path}")
        if not options.check:
            put(name)
    return 1 if options.check and differs else 0


if __name__ == "__main__":
    sys.exit(main())
