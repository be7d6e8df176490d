"""Publishes the packages under examples/ into docs/samples/, as living samples: run before `mkdocs build`.

A package that may not be published (broken-district, demo-exchange) is named with the reason and left out.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from circledata.feeds import Refused
from circledata.reports.publishing import publish

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / "examples"
TARGET = ROOT / "docs" / "samples"


def packages() -> list[Path]:
    """Return the folders of all packages under examples/."""
    return sorted(path.parent for path in EXAMPLES.glob("*/datapackage.json"))


def write(target: Path) -> Iterator[tuple[str, str]]:
    """Publish every package into a folder of its own in `target`, which is emptied first.

    Yields its name with the release, or with the reason for which there is none. Addresses are relative, so that the
    samples work below any path; same packages, same files.
    """
    shutil.rmtree(target, ignore_errors=True)
    for package in packages():
        try:
            yield package.name, publish(package, target / package.name).release
        except Refused as refusal:
            yield package.name, str(refusal)
    app = target / "app"
    app.mkdir(parents=True)
    for path in sorted((EXAMPLES / "app").iterdir()):
        if not path.name.startswith("README"):
            shutil.copyfile(path, app / path.name)


def main(arguments: list[str] | None = None) -> int:
    """Write the samples; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", type=Path, default=TARGET)
    for name, outcome in write(parser.parse_args(arguments).target):
        print(f"{name}: {outcome}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
