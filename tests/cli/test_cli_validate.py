"""`circledata validate`: options, formats, files, exit codes, failures of every kind."""

import csv
import errno
import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from command_line import Run
from report_sample import CLEAN, FINDINGS, sample_report

from circledata.cli.progress import Progress
from circledata.cli.words import Words
from circledata.reports import NAMES
from circledata.sources.errors import ToolError, UsageError


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "datapackage.json").write_text('{"resources": [{"name": "x", "path": "sub/notes.txt"}]}')
    (folder / "outlets.csv").write_text("outlet_id\n")
    (folder / "sub").mkdir()
    (folder / "sub" / "notes.txt").write_text("x")
    return folder


class TestExitCodes:
    def test_conforms(self, run: Run, validation: SimpleNamespace, package: Path) -> None:
        validation.report = sample_report(CLEAN)
        result = run("validate", package)
        assert result.exit_code == 0
        assert result.stdout.startswith("通过：")

    def test_findings(self, run: Run, validation: SimpleNamespace, package: Path) -> None:
        assert run("validate", package).exit_code == 1

    def test_incomplete(self, run: Run, validation: SimpleNamespace, package: Path) -> None:
        validation.report = sample_report(CLEAN, complete=False)
        assert run("validate", package).exit_code == 1

    @pytest.mark.parametrize(("limit", "code"), [("error", 0), ("warning", 1), ("advice", 1)])
    def test_fail_on(self, run: Run, validation: SimpleNamespace, package: Path, limit: str, code: int) -> None:
        validation.report = sample_report(FINDINGS[-1:])
        assert run("validate", package, "--fail-on", limit).exit_code == code

    @pytest.mark.parametrize(
        ("error", "code", "sentence"),
        [
            (UsageError("path-missing", path="x"), 2, "出错：找不到 x。"),
            (ToolError("disk-full"), 3, "出错：磁盘"),
            (MemoryError(), 3, "内存不够"),
            (type("OutOfMemoryException", (Exception,), {})("secret"), 3, "内存不够"),
            (OSError(errno.ENOSPC, "No space left"), 3, "磁盘满了"),
            (PermissionError(errno.EACCES, "Permission denied", "x.csv"), 3, "x.csv"),
            (ValueError("cell 110101199003070054"), 3, "circledata 自己出了问题（ValueError）"),
            (KeyboardInterrupt(), 130, "已中断。"),
            (BrokenPipeError(), 3, ""),
        ],
    )
    def test_failures_are_one_plain_sentence(
        self, run: Run, validation: SimpleNamespace, package: Path, error: Exception, code: int, sentence: str
    ) -> None:
        validation.error = error
        result = run("validate", package)
        assert result.exit_code == code
        assert sentence in result.stderr
        assert result.stdout == ""
        assert "Traceback" not in result.stderr
        assert "110101199003070054" not in result.stderr
        assert len(result.stderr.splitlines()) == (1 if sentence else 0)

    def test_traceback_when_asked(self, run: Run, validation: SimpleNamespace, package: Path) -> None:
        validation.error = ValueError("x")
        assert "Traceback" in run("validate", package, CIRCLEDATA_DEBUG="1").stderr

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            ((), "缺少 路径…。"),
            (("p", "--formt", "json"), "没有选项 --formt。您要的是不是 --format？"),
            (
                ("p", "--format", "xml"),
                "--format 不能是 xml，可以是：text, json, jsonl, csv, sarif, junit, github, html, workbook。",
            ),
            (("p", "--format"), "选项 --format 的写法不对"),
            (("p", "--quiet=1"), "选项 --quiet 的写法不对"),
            (("p", "--as-of", "2024年"), "--as-of 要写成 2026-12-31 这样的日期，不能是 2024年。"),
            (("p", "--as-of", "20241231"), "--as-of 要写成"),
            (("p", "--max-examples", "-1"), "--max-examples 要写成不小于 0 的整数或 all，不能是 -1。"),
            (("p", "--max-columns", "0"), "--max-columns 要写成不小于 1 的整数，不能是 0。"),
            (("p", "--max-file-size", "big"), "--max-file-size 要写成 500M、8G 这样的大小，不能是 big。"),
            (("p", "--policy", "no.yaml"), "找不到策略文件 no.yaml。"),
            (("p", "--lang", "fr"), "--lang 不能是 fr，可以是：zh, en。"),
        ],
    )
    def test_wrong_use(self, run: Run, validation: SimpleNamespace, arguments: tuple[str, ...], sentence: str) -> None:
        result = run("validate", *arguments)
        assert result.exit_code == 2
        assert f"出错：{sentence}" in result.stderr
        assert result.stdout == ""

    def test_wrong_use_in_english(self, run: Run, validation: SimpleNamespace) -> None:
        result = run("validate", "p", "--format", "xml", "--lang", "en")
        assert result.stderr.startswith("Error: --format cannot be xml; it is one of text, json,")


class TestSettings:
    def test_all_are_passed_on(self, run: Run, validation: SimpleNamespace) -> None:
        run(
            *("validate", "a.csv", "b.csv", "--table", "outlets", "--division", "620602", "--crs", "GCJ-02"),
            *("--as-of", "2024-12-31", "--encoding", "gb18030", "--max-columns", "5", "--max-file-size", "2G"),
        )
        assert validation.paths == ("a.csv", "b.csv")
        settings = validation.settings
        assert settings["table"] == "outlets"
        assert settings["as_of"] == date(2024, 12, 31)
        assert settings["encoding"] == "gb18030"
        assert settings["limits"].max_columns == 5
        assert settings["limits"].max_file_bytes == 2 << 30

    @pytest.mark.parametrize(
        ("arguments", "most"),
        [
            ((), 20),
            (("--format", "json"), 1_000),
            (("--max-examples", "7"), 7),
            (("--max-examples", "0"), 0),
            (("--max-examples", "all"), None),
            (("--format", "csv", "--max-examples", "ALL"), None),
        ],
    )
    def test_examples(
        self, run: Run, validation: SimpleNamespace, arguments: tuple[str, ...], most: int | None
    ) -> None:
        run("validate", "p", *arguments)
        assert validation.settings["max_examples"] == most
        assert validation.settings["limits"] is None

    def test_policy(self, run: Run, validation: SimpleNamespace, tmp_path: Path) -> None:
        path = tmp_path / "policy.yaml"
        path.write_text("rules:\n- {rule: CD220, level: off, reason: x, until: 2026-12-31}\n")
        run("validate", "p", "--policy", path)
        assert validation.settings["policy"].entries[0].rule == "CD220"


class TestOutput:
    # A workbook is never shown on the screen.
    @pytest.mark.parametrize("format", [name for name in NAMES if name != "workbook"])
    def test_screen_and_file_are_the_same(
        self, run: Run, validation: SimpleNamespace, package: Path, tmp_path: Path, format: str
    ) -> None:
        target = tmp_path / "报告"
        shown = run("validate", package, "--format", format)
        written = run("validate", package, "--format", format, "--output", target)
        assert (shown.exit_code, written.exit_code) == (1, 1)
        assert target.read_bytes() == shown.stdout_bytes
        assert written.stdout == ""
        assert written.stderr == f"报告已写入 {target}。\n"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["p", "报告"]

    def test_csv_keeps_its_line_ends(self, run: Run, validation: SimpleNamespace, package: Path) -> None:
        shown = run("validate", package, "--format", "csv").stdout_bytes
        assert shown.startswith(b"\xef\xbb\xbf")
        assert shown.count(b"\n") == shown.count(b"\r\n") == len(FINDINGS) + 1
        assert len(list(csv.reader(io.StringIO(shown.decode("utf-8-sig"), newline="")))) == len(FINDINGS) + 1

    def test_language_of_the_report(self, run: Run, validation: SimpleNamespace, package: Path) -> None:
        content = json.loads(run("validate", package, "--format", "json", "--lang", "en").stdout)
        assert content["findings"][0]["fix"] == "Write what is right."

    def test_quiet(self, run: Run, validation: SimpleNamespace, package: Path, tmp_path: Path) -> None:
        result = run("validate", package, "--quiet")
        assert (result.exit_code, result.output) == (1, "")
        result = run("validate", package, "--quiet", "--output", tmp_path / "r.txt")
        assert (result.exit_code, result.output) == (1, "")
        assert (tmp_path / "r.txt").read_text(encoding="utf-8").startswith("不通过")

    def test_an_older_report_is_replaced(self, run: Run, validation: SimpleNamespace, package: Path) -> None:
        target = package / "问题清单.csv"
        for _ in range(2):
            result = run("validate", package, "--format", "csv", "--output", target)
            assert result.exit_code == 1
            assert target.is_file()

    @pytest.mark.parametrize("name", ["outlets.csv", "datapackage.json", "sub/notes.txt"])
    def test_input_is_never_written_over(self, run: Run, validation: SimpleNamespace, package: Path, name: str) -> None:
        before = (package / name).read_bytes()
        for given in (package, package / "datapackage.json"):
            result = run("validate", given, "--output", package / name)
            assert result.exit_code == 2
            assert "不能覆盖" in result.stderr
        assert (package / name).read_bytes() == before
        assert validation.paths == ()

    def test_single_files_policies_and_links_are_input_too(
        self, run: Run, validation: SimpleNamespace, package: Path, tmp_path: Path
    ) -> None:
        link = tmp_path / "link.csv"
        link.symlink_to(package / "outlets.csv")
        policy = tmp_path / "policy.yaml"
        policy.write_text("rules: []")
        for target in (package / "outlets.csv", link, policy):
            result = run("validate", package / "outlets.csv", "--policy", policy, "--output", target)
            assert result.exit_code == 2

    def test_targets_that_cannot_be(self, run: Run, validation: SimpleNamespace, package: Path, tmp_path: Path) -> None:
        assert "是文件夹" in run("validate", package, "--output", tmp_path).stderr
        assert "没有文件夹" in run("validate", package, "--output", tmp_path / "no" / "r.txt").stderr
        assert validation.paths == ()

    def test_a_failure_leaves_no_file(
        self, run: Run, validation: SimpleNamespace, package: Path, tmp_path: Path
    ) -> None:
        class Broken:
            def __iter__(self):  # type: ignore[no-untyped-def]
                yield FINDINGS[0]
                raise OSError(errno.ENOSPC, "No space left on device")

        object.__setattr__(validation.report, "findings", Broken())
        result = run("validate", package, "--format", "json", "--output", tmp_path / "r.json")
        assert result.exit_code == 3
        assert "磁盘满了" in result.stderr
        assert [path.name for path in tmp_path.iterdir()] == ["p"]

    def test_device(self, run: Run, validation: SimpleNamespace, package: Path) -> None:
        assert run("validate", package, "--output", os.devnull).exit_code == 1
        assert Path(os.devnull).exists()

    def test_links_of_a_package_in_a_folder(
        self, run: Run, validation: SimpleNamespace, package: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(package.parent)
        assert "::error file=p/outlets.csv,line=5," in run("validate", "p", "--format", "github").stdout
        assert (
            "::error file=p/outlets.csv,line=5," in run("validate", "p/datapackage.json", "--format", "github").stdout
        )
        assert "::error file=p.zip," in run("validate", "p.zip", "--format", "github").stdout


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class TestProgress:
    def test_shown_after_a_second_and_gone_at_the_end(self) -> None:
        stream, now = Terminal(), [0.0]
        progress = Progress(stream, Words("zh"), clock=lambda: now[0])
        progress("read", 0.1)
        assert stream.getvalue() == ""
        now[0] = 1.5
        progress("read", 0.5)
        progress("read", 0.6)
        assert stream.getvalue() == "\r正在检查：读文件 50%\x1b[K"
        now[0] = 1.7
        progress("网点" * 200, 7)
        assert "100%" not in stream.getvalue().splitlines()[-1] or len(stream.getvalue()) < 200
        progress.clear()
        assert stream.getvalue().endswith("\r\x1b[K")

    def test_never_in_a_pipe(self) -> None:
        stream = io.StringIO()
        progress = Progress(stream, Words("zh"), clock=iter(range(100)).__next__)
        progress("read", 0.5)
        progress.clear()
        assert stream.getvalue() == ""


SCRIPT = """
import sys, types
sys.path[:0] = {paths!r}
import circledata
from report_sample import *
fake = types.ModuleType("circledata.api")
rows = range(2, 20_000)
fake.validate = lambda *_, **__: sample_report([outlet("CD203", row, "longitude", "x%d" % row) for row in rows])
sys.modules["circledata.api"] = circledata.api = fake
from circledata.cli import main
main()
"""


def as_process(*arguments: str, **settings: object) -> "subprocess.CompletedProcess[bytes]":
    root = Path(__file__).parent.parent
    script = SCRIPT.format(paths=[str(root / "reports")])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **settings.pop("env", {})}  # type: ignore[dict-item]
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, capture_output=True, env=environment, check=False, **settings)  # type: ignore[call-overload]


def test_a_console_in_gbk_never_stops_a_report() -> None:
    done = as_process("validate", "p", "--max-examples", "3", "--lang", "zh", env={"PYTHONIOENCODING": "gbk"})
    assert done.returncode == 1
    assert done.stdout.decode("gbk").startswith("不通过：凉州区")
    done = as_process("validate", "p", "--lang", "zh", env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 1
    assert done.stderr == b""


@pytest.mark.parametrize("format", ["text", "json"])
def test_a_reader_that_leaves_is_no_accident(format: str) -> None:
    read, write = os.pipe()
    os.close(read)
    root = Path(__file__).parent.parent
    script = SCRIPT.format(paths=[str(root / "reports")])
    done = subprocess.run(
        [sys.executable, "-c", script, "validate", "p", "--format", format, "--max-examples", "all"],
        stdout=write,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    os.close(write)
    assert done.returncode == 3
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
@pytest.mark.parametrize("format", ["text", "json"])
def test_a_full_disk_is_said(format: str) -> None:
    with Path("/dev/full").open("wb") as full:
        root = Path(__file__).parent.parent
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT.format(paths=[str(root / "reports")]), "validate", "p", "--format", format],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "CIRCLEDATA_LANG": "en"},
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr.decode().splitlines()[0].startswith("Error: The disk is full")
