"""Names of files, the private folder, the words: the small parts by themselves."""

from __future__ import annotations

import json
import os
import re
import stat
import string
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circledata.sources import errors
from circledata.web import openapi_words, words
from circledata.web.folder import PREFIX, PrivateFolder
from circledata.web.names import LONGEST, safe_name, unused
from circledata.web.problems import STATUS, Problem
from circledata.web.upload import size_text

WEB = Path(words.__file__).parent
PROGRAMS = {f"program-{key}": text for key, text in words.FOR_PROGRAMS.items()}
TEXTS = {**words.PROBLEMS, **PROGRAMS, **words.NOTES, **words.PAGE, **words.SETTINGS, **openapi_words.WORDS}


@pytest.mark.parametrize(
    ("given_name", "stored"),
    [
        ("网点.xlsx", "网点.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\张三\\网点.xlsx", "网点.xlsx"),
        ("..", "upload"),
        ("", "upload"),
        (".hidden.csv", "hidden.csv"),
        ("a\x00b\n.csv", "ab.csv"),
        ("\u202exslx.exe", "xslx.exe"),
        ('a<b>:"|?*.csv', "a_b______.csv"),
        ("con.csv", "_con.csv"),
        ("outlets.csv. ", "outlets.csv"),
        ("e\u0301.csv", "é.csv"),
    ],
)
def test_a_name_is_made_harmless(given_name: str, stored: str) -> None:
    assert safe_name(given_name) == stored


@given(st.text(max_size=400))
def test_every_name_can_be_stored(given_name: str) -> None:
    name = safe_name(given_name)
    assert name and len(name.encode()) <= LONGEST + 1
    assert "/" not in name and "\\" not in name and "\0" not in name
    assert name not in {".", ".."} and not name.startswith(".")
    assert safe_name(name) == name


def test_a_long_name_keeps_its_ending() -> None:
    assert safe_name("网" * 200 + ".xlsx").endswith("网.xlsx")


def test_a_taken_name_gets_a_number() -> None:
    taken: set[str] = set()
    assert [unused(name, taken) for name in ("a.csv", "A.csv", "a.csv", "b")] == [
        "a.csv",
        "A (2).csv",
        "a (3).csv",
        "b",
    ]


def test_the_folder_is_private_and_goes(tmp_path: Path) -> None:
    folder = PrivateFolder(tmp_path)
    with folder.job() as job:
        (job / "x").write_text("x")
        for path in (folder.path, job):
            assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert not job.exists()
    folder.close()
    assert list(tmp_path.iterdir()) == []


def test_leftovers_of_a_crash_are_removed_and_the_living_are_left_alone(tmp_path: Path) -> None:
    crash = "import os, sys; from pathlib import Path; from circledata.web import folder; "
    crash += "folder.PrivateFolder(Path(sys.argv[1])).new(); os._exit(9)"
    subprocess.run([sys.executable, "-c", crash, str(tmp_path)], check=False)
    (left,) = tmp_path.iterdir()
    living = PrivateFolder(tmp_path)
    assert not left.exists()
    other = PrivateFolder(tmp_path)
    assert living.path.exists()
    living.close()
    other.close()


def test_a_link_in_the_place_of_a_leftover_is_not_followed(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").write_text("x")
    base = tmp_path / "base"
    base.mkdir()
    (base / f"{PREFIX}link").symlink_to(kept)
    PrivateFolder(base).close()
    assert (kept / "file").exists()


def test_the_check_ends_when_the_server_is_killed(tmp_path: Path) -> None:
    read, write = os.pipe()
    order = json.dumps({"folder": str(tmp_path), "files": ["x"]})
    script = (
        "import sys, time; from circledata.web import worker; "
        "worker.work = lambda order, tell: (tell.step('read', 0), time.sleep(60)); worker.main()"
    )
    process = subprocess.Popen([sys.executable, "-c", script], stdin=read, stdout=subprocess.PIPE)
    os.close(read)
    os.write(write, order.encode() + b"\n")
    assert process.stdout is not None
    assert b"read" in process.stdout.readline()
    os.close(write)
    assert process.wait(20) == 1


@pytest.mark.parametrize(
    ("size", "said"), [(1, "1 byte"), (900, "900 bytes"), (1536, "1.5 KB"), (100 << 20, "100 MB"), (3 << 30, "3 GB")]
)
def test_sizes_are_said_as_people_say_them(size: int, said: str) -> None:
    assert size_text(size).en == said


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_every_text_is_there_in_both_languages(key: str) -> None:
    text = TEXTS[key]
    chinese = "[\u4e00-\u9fff]"
    same = key in {"format-impossible", "basis-tool", "version", "other-language"}
    assert re.search(chinese, text.zh) or same
    assert not re.search(f"{chinese}|[，。；：（）]", text.en) or key == "other-language"
    assert not re.search(r"[\u4e00-\u9fff][,;:!?]|[,;:!?][\u4e00-\u9fff]", text.zh)
    fields = [{name for _, name, _, _ in string.Formatter().parse(said) if name} for said in (text.zh, text.en)]
    assert fields[0] == fields[1]


def test_every_text_of_the_page_is_used() -> None:
    used = "".join(
        path.read_text(encoding="utf-8") for path in WEB.rglob("*") if path.suffix in {".html", ".js", ".py"}
    )
    families = ("step-", "say-", "count-", "meaning-", "level-", "get-", "about-", "basis-")
    unused_keys = [key for key in words.PAGE if not key.startswith(families) and used.count(f'"{key}"') < 2]
    assert unused_keys == []
    script = (WEB / "static" / "page.js").read_text(encoding="utf-8")
    spoken = {key[4:] for key in words.PAGE if key.startswith("say-")}
    assert {*re.findall(r'say\("([a-z]+)"', script), "queue", "read", "rules", "write"} == spoken


def test_every_problem_has_a_status_and_a_sentence() -> None:
    assert set(STATUS) == set(words.PROBLEMS) >= set(words.FOR_PROGRAMS)
    for code in STATUS:
        names = {name for _, name, _, _ in string.Formatter().parse(words.PROBLEMS[code].zh) if name}
        problem = Problem(code, **dict.fromkeys(names, "x"))
        assert problem.in_language("zh") and problem.in_language("en")


def test_what_the_reader_refuses_is_said_in_the_words_of_the_page() -> None:
    """No option of the command line, no path of the machine."""
    ours = {"path-missing", "path-special", "path-none", "permission-denied", "read-failed"}
    ours |= {"release-unreadable", "release-elsewhere"}  # of an older release, which nobody uploads
    assert set(errors.MESSAGES) - set(STATUS) == ours
    assert not any("--" in text.zh + text.en for code, text in words.PROBLEMS.items() if code != "host-unknown")
