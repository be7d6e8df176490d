"""The command `circledata`: one command a file, each loaded when it is called."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code: 0 conforms, 1 findings, 2 wrong use, 3 the tool failed."""
    from circledata.cli.program import Program

    sys.exit(Program().run(arguments))
