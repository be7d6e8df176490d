"""The process that checks one upload: it is told what to do on its input, tells on its output how far it is, and ends.

A process of its own, because a query of DuckDB and the parsing of a workbook cannot be stopped in a thread, while a
process can be ended at any moment, gives all its memory back, and takes nobody with it when an upload makes it fail.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from datetime import date
from pathlib import Path
from typing import Any, TextIO

STEPS = ("read", "rules", "write")
"""What a check consists of, in order."""


def main() -> None:
    """Carry out the one order that stands on the input."""
    tell = Teller(_own_output())
    order = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_server, daemon=True).start()
    # The names of files in the report are as they are seen from here: without any folder of this machine.
    os.chdir(order["folder"])
    try:
        tell.message({"end": work(order, tell)})
    except Exception as error:
        tell.message(_problem(error))
        if os.environ.get("CIRCLEDATA_DEBUG"):
            raise


def _own_output() -> TextIO:
    """Return the real output; what anything else prints is thrown away, since it may hold names and values."""
    stream = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    if not os.environ.get("CIRCLEDATA_DEBUG"):
        os.dup2(nowhere, 2)
    return stream


def _end_with_server() -> None:
    """End this process when the server has ended, whatever it died of: then its side of our input is closed."""
    sys.stdin.read()
    os._exit(1)


class Teller:
    """Tells how far a check is: at most one message for each percent of a step."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._last: tuple[str, int] | None = None

    def message(self, content: dict[str, Any]) -> None:
        """Write one line."""
        self._stream.write(json.dumps(content) + "\n")
        self._stream.flush()

    def step(self, name: str, share: float) -> None:
        """Tell the step and the part of it that is done."""
        percent = round(100 * min(max(share, 0.0), 1.0))
        if (name, percent) != self._last:
            self._last = (name, percent)
            self.message({"step": name, "percent": percent})


def work(order: dict[str, Any], tell: Teller) -> dict[str, Any]:
    """Check, write what was asked for into the folder `out`, and tell what was written."""
    from circledata import api
    from circledata.sources import Options
    from circledata.sources.model import Limits
    from circledata.standard import load_standard

    tell.step("read", 0)
    standard = load_standard()
    rules = {*standard.tables, *standard.rules_by_name}
    limits = Limits(max_file_bytes=order["most_unpacked"], max_archive_bytes=order["most_unpacked"])

    def progress(stage: str, share: float) -> None:
        tell.step("rules" if stage.split(", ", maxsplit=1)[0] in rules else "read", share)

    files: list[str] = order["files"]
    # Files of a package that were sent one by one are checked as that package.
    paths = ["datapackage.json"] if "datapackage.json" in files else files
    options = Options(
        table=order["table"],
        division=order["division"],
        crs=order["crs"],
        as_of=date.fromisoformat(order["as_of"]) if order["as_of"] else None,
        limits=limits,
    )
    examined = api.examine(paths, options, max_examples=order["max_examples"], progress=progress)
    tell.step("write", 0)
    from circledata.web import output

    out = Path(order["out"])
    if order["page"]:
        return output.everything(examined, order, out, tell)
    return output.one_format(examined.report, order["format"], order["lang"], out)


def _problem(error: Exception) -> dict[str, Any]:
    """Turn what went wrong into a message: what the user can mend in words, anything else only by its kind."""
    from circledata.sources.errors import SourceError
    from circledata.web.output import Impossible

    if isinstance(error, SourceError):
        return {"problem": error.code, "params": {key: str(value) for key, value in error.params.items()}}
    if isinstance(error, Impossible):
        return {"problem": "format-impossible", "params": {"text": {"zh": error.text.zh, "en": error.text.en}}}
    if isinstance(error, OSError) and error.errno == 28:
        return {"problem": "disk-full", "params": {}}
    return {"problem": "check-failed", "params": {}, "kind": type(error).__name__}


if __name__ == "__main__":
    main()
