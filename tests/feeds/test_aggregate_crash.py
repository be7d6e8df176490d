"""kill -9 in the middle of an aggregation: what stood there still stands, and the next run goes on."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from district_sample import PLACES, write_district

from circledata import aggregate

KILLED = """
import os, signal, sys
from circledata.feeds.aggregate import run, state, swap

def killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)

run.BATCH = 1
where = sys.argv[1]
if where == "checking":
    finish, done = state.State.finish, []
    def count(self, folder, records):
        done.append(finish(self, folder, records))
        return killed() if len(done) == 2 else done[-1]
    state.State.finish = count
elif where == "writing":
    run.write_sheets = killed
elif where == "before the exchange":
    run.put = killed
else:
    swap._exchange = lambda one, other: False
    sync = swap.sync
    rename = type(run.Path()).rename
    def stop(self, to):
        if self.name == "result":
            killed()
        return rename(self, to)
    type(run.Path()).rename = stop

from circledata import aggregate
aggregate(sys.argv[2], out=sys.argv[3], jobs=1)
"""


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("where", ["checking", "writing", "before the exchange", "between the renames"])
def test_a_killed_run_leaves_the_last_good_state(tmp_path: Path, where: str) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    for code in tuple(PLACES)[:2]:
        write_district(folder / code, code)
    aggregate(folder, out=out)
    before = files_of(out)
    for code in tuple(PLACES)[2:]:
        write_district(folder / code, code)
    write_district(folder / "more", "620602001")
    child = subprocess.run([sys.executable, "-c", KILLED, where, str(folder), str(out)], check=False, timeout=120)
    assert child.returncode == -signal.SIGKILL
    if where != "between the renames":
        assert files_of(out) == before
    again = aggregate(folder, out=out)
    assert (again.fresh, again.kept) == ((1, 4) if where == "checking" else (0, 5))
    aggregate(folder, out=tmp_path / "clean")
    assert files_of(out) == files_of(tmp_path / "clean")
    assert json.loads((out / "scoreboard.json").read_bytes())["totals"]["taken"] == 5


def test_a_process_that_dies_costs_only_its_own_member(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from circledata.feeds.aggregate import crew

    for code in PLACES:
        write_district(tmp_path / "in" / code, code)
    poison = (tmp_path / "in" / "620621").as_posix()
    dying = (
        "import os, pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); "
        "from circledata.feeds.aggregate import crew, take; whole = crew.take\n"
        f"def some(given, folder, as_of):\n if any(g.path == {poison!r} for g in given): os._exit(9)\n"
        " return whole(given, folder, as_of)\n"
        "crew.take = some; crew.serve()"
    )
    monkeypatch.setattr(crew, "_BEGIN", dying)
    done = aggregate(tmp_path / "in", out=tmp_path / "out")
    assert done.board["totals"]["taken"] == 3
    (lost,) = [member for member in done.board["members"] if not member["taken"]]
    assert lost["source"] == poison
    assert [reason["code"] for reason in lost["reasons"]] == ["unreadable"]
    monkeypatch.undo()
    again = aggregate(tmp_path / "in", out=tmp_path / "out")
    assert (again.fresh, again.board["totals"]["taken"]) == (1, 4)
