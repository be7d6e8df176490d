"""Applying changes: chains of releases, other forms of packages, and files that are damaged or do not fit."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from changes_packages import boundaries, files_of, write_package
from jsonschema import Draft202012Validator

from circledata import apply_changes, diff, export_package, validate
from circledata.cli.program import Program
from circledata.feeds.changes import ChangesError, apply, write_changes
from circledata.sources.errors import UsageError
from circledata.standard import spec_root

EXAMPLES = spec_root().parent / "examples"
DEMO = EXAMPLES / "demo-district"
SCHEMA = Draft202012Validator(json.loads((spec_root() / "1.0/feeds/changes.schema.json").read_text(encoding="utf-8")))


def shop(number: int, **cells: str) -> dict[str, str]:
    return {
        "outlet_id": f"620602-O{number:06d}",
        "name": f"第 {number} 店",
        "category": "pharmacy",
        "address": f"东大街 {number} 号",
        "status": "open",
        **cells,
    }


def save(old: Path | None, new: Path, to: Path) -> Path:
    with to.open("w", encoding="utf-8", newline="") as stream:
        write_changes(old, new, stream)
    return to


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Two releases and the changes between them."""
    old = write_package(tmp_path / "old", {"outlets": [shop(1), shop(2), shop(3)]}, settings={"as_of": "2023-12-31"})
    new = write_package(
        tmp_path / "new",
        {"outlets": [shop(3), shop(1, name="新名"), shop(4)], "circles": []},
        files={"circles.geojson": boundaries("620602-C001")},
    )
    return old, new, save(old, new, tmp_path / "changes.jsonl")


def test_a_chain_of_three_releases(pair: tuple[Path, Path, Path], tmp_path: Path) -> None:
    old, new, changes = pair
    last = write_package(tmp_path / "last", {"outlets": [shop(4), shop(5)]}, settings={"as_of": "2025-12-31"})
    second = save(new, last, tmp_path / "second.jsonl")
    apply(old, changes, tmp_path / "step")
    apply(tmp_path / "step", second, tmp_path / "made")
    assert files_of(tmp_path / "made") == files_of(last)
    apply(None, save(None, old, tmp_path / "first.jsonl"), tmp_path / "begun")
    assert files_of(tmp_path / "begun") == files_of(old)


@pytest.mark.parametrize("name", ["demo-district", "broken-district", "demo-exchange", "lhasa", "liangzhou"])
def test_the_examples(name: str, tmp_path: Path) -> None:
    for turn, (old, new) in enumerate([(DEMO, EXAMPLES / name), (EXAMPLES / name, DEMO)]):
        changes = save(old, new, tmp_path / "changes.jsonl")
        made = tmp_path / f"made-{turn}"
        assert apply(old, changes, made).exact
        assert files_of(made) == files_of(new)
        for line in changes.read_text(encoding="utf-8").splitlines():
            assert not [error.message for error in SCHEMA.iter_errors(json.loads(line))], line[:200]


@pytest.mark.parametrize("ending", ["zip", "xlsx", "json"])
def test_packages_in_one_file(ending: str, pair: tuple[Path, Path, Path], tmp_path: Path) -> None:
    old, new, changes = pair
    export_package(old, tmp_path / f"old.{ending}")
    export_package(new, tmp_path / f"new.{ending}")
    again = save(tmp_path / f"old.{ending}", tmp_path / f"new.{ending}", tmp_path / "again.jsonl")
    assert again.read_bytes() == changes.read_bytes()
    apply(tmp_path / f"old.{ending}", changes, tmp_path / "made")
    assert files_of(tmp_path / "made") == files_of(new)


def publish_by_hand(package: Path, site: Path, address: str) -> None:
    release = site / "releases" / "2024-12-31-00000000"
    release.mkdir(parents=True)
    shutil.copytree(package, release / "package")
    export_package(package, release / "package.zip")
    base = f"{address}releases/2024-12-31-00000000"
    feeds = [
        {"kind": "descriptor", "url": f"{base}/package/datapackage.json"},
        {"kind": "package", "url": f"{base}/package.zip"},
    ]
    for folder in (site, release):
        (folder / "circledata.json").write_text(json.dumps({"type": "discovery", "feeds": feeds}), encoding="utf-8")


@pytest.mark.parametrize("address", ["", "https://example.org/data/"])
def test_published_releases(address: str, pair: tuple[Path, Path, Path], tmp_path: Path) -> None:
    old, new, changes = pair
    publish_by_hand(old, tmp_path / "site", address)
    release = tmp_path / "site" / "releases" / "2024-12-31-00000000"
    places = [tmp_path / "site", tmp_path / "site" / "circledata.json", release, release / "circledata.json"]
    for place in places:
        assert save(place, new, tmp_path / "again.jsonl").read_bytes() == changes.read_bytes()
        report = validate(new, previous=place)
        assert [finding.rule for finding in report.findings if finding.rule == "CD802"] == ["CD802"]
    shutil.rmtree(release / "package")
    assert save(places[0], new, tmp_path / "again.jsonl").read_bytes() == changes.read_bytes()
    (release / "package.zip").unlink()
    with pytest.raises(UsageError, match="does not lie beside it"):
        write_changes(places[0], new, io.StringIO())


@pytest.mark.parametrize("ending", ["zip", "xlsx"])
def test_the_rules_on_history_take_a_package_in_one_file(
    ending: str, pair: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    old, new, _ = pair
    export_package(old, tmp_path / f"old.{ending}")
    report = validate(new, previous=tmp_path / f"old.{ending}")
    assert [finding.rule for finding in report.findings if finding.rule.startswith("CD8")] == ["CD802"]


def cut_off(text: str) -> str:
    return text[:-40]


def fewer_lines(text: str) -> str:
    return "\n".join(text.split("\n")[:-2]) + "\n"


def more_lines(text: str) -> str:
    return text + text.split("\n")[-2] + "\n"


def edited(text: str) -> str:
    return text.replace('"新名"', '"别名"')


def no_head(text: str) -> str:
    return text.partition("\n")[2]


def not_json(text: str) -> str:
    return text.replace('{"type":"order"', '{"type":"order', 1)


def later_version(text: str) -> str:
    return text.replace('"version":"1.0"', '"version":"9.0"', 1)


def resealed(change: Callable[[str], str]) -> Callable[[str], str]:
    """Return an edit that also writes the hash of the lines anew, as somebody does who knows the form."""

    def do(text: str) -> str:
        import hashlib

        head, _, body = change(text).partition("\n")
        content = json.loads(head)
        content["lines_sha256"] = hashlib.sha256(body.encode()).hexdigest()
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n" + body

    return do


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (cut_off, "it breaks off in the middle of line"),
        (fewer_lines, "it has 7 of 8 changes"),
        (more_lines, "it should have 8 changes, not 9"),
        (edited, "somebody edited it"),
        (no_head, "is no changes file"),
        (not_json, "is no change"),
        (later_version, "is of version 9.0"),
        (lambda text: "", "is no changes file"),
        (lambda text: '{"type":"changes","version":"1.0"}\n', "its first line is not complete"),
        (resealed(edited), "outlets did not come out as it should"),
        (resealed(lambda text: text.replace("[[2,1]", "[[1,1]")), "outlets did not come out as it should"),
        (resealed(lambda text: text.replace('"pointer":"/circledata', '"pointer":"/circle')), "does not fit the old"),
        (lambda text: text.replace('"columns":[', '"cols":[', 1), "its first line does not fit the others"),
        (resealed(lambda text: text.replace('"path":"outlets.csv"', '"path":"../outlets.csv"')), "cannot be used"),
        (resealed(lambda text: text.replace('"row":3', '"row":"1"')), "outlets did not come out as it should"),
    ],
)
def test_a_damaged_file_is_refused(
    damage: Callable[[str], str], said: str, pair: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    old, _, changes = pair
    text = changes.read_text(encoding="utf-8")
    changes.write_text(damage(text), encoding="utf-8", newline="")
    with pytest.raises(ChangesError, match=said.replace(".", "[.]")) as caught:
        apply(old, changes, tmp_path / "made")
    assert caught.value.exit_code == 2
    assert caught.value.in_language("zh")
    assert not (tmp_path / "made").exists()


def test_line_ends_that_a_mail_program_changed_do_not_matter(pair: tuple[Path, Path, Path], tmp_path: Path) -> None:
    old, new, changes = pair
    changes.write_bytes(changes.read_bytes().replace(b"\n", b"\r\n"))
    apply(old, changes, tmp_path / "made")
    assert files_of(tmp_path / "made") == files_of(new)


def test_another_start_is_refused(pair: tuple[Path, Path, Path], tmp_path: Path) -> None:
    _, new, changes = pair
    other = write_package(tmp_path / "other", {"outlets": [shop(1), shop(2)]}, settings={"as_of": "2023-12-31"})
    with pytest.raises(
        ChangesError, match=r"not the one that these changes begin from [(]test-package 2023-12-31[)]: outlets"
    ):
        apply(other, changes, tmp_path / "made")
    with pytest.raises(ChangesError, match="what they lead to already"):
        apply(new, changes, tmp_path / "made")
    with pytest.raises(ChangesError, match=r"begin from a package .test-package"):
        apply(None, changes, tmp_path / "made")
    with pytest.raises(ChangesError, match="begin from nothing"):
        apply(new, save(None, new, tmp_path / "first.jsonl"), tmp_path / "made")


def test_what_stands_there_is_kept(pair: tuple[Path, Path, Path], tmp_path: Path) -> None:
    old, new, changes = pair
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "mine.txt").write_text("x")
    for overwrite in (False, True):
        with pytest.raises(ChangesError):
            apply(old, changes, tmp_path / "made", overwrite=overwrite)
    assert files_of(tmp_path / "made") == {"mine.txt": b"x"}
    apply(old, changes, tmp_path / "again")
    apply(old, changes, tmp_path / "again", overwrite=True)
    assert files_of(tmp_path / "again") == files_of(new)


def test_no_packages(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "one.csv").write_text("outlet_id,name\n", encoding="utf-8")
    with pytest.raises(ChangesError, match="is no package"):
        diff(tmp_path / "empty", DEMO)
    with pytest.raises(ChangesError, match="is a single CSV file"):
        diff(tmp_path / "one.csv", DEMO)
    with pytest.raises(UsageError):
        diff(tmp_path / "nowhere", DEMO)


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = Program().run([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_the_commands(pair: tuple[Path, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new, changes = pair
    target = tmp_path / "c.jsonl"
    assert run(capsys, "diff", old, new, "--format", "jsonl", "--output", target)[0] == 0
    assert target.read_bytes() == changes.read_bytes()
    code, out, _ = run(capsys, "apply", old, target, "--out", tmp_path / "made", "--lang", "en")
    assert (code, "to the byte" in out) == (0, True)
    assert files_of(tmp_path / "made") == files_of(new)
    code, _, err = run(capsys, "apply", new, target, "--out", tmp_path / "x", "--lang", "en")
    assert (code, err.count("\n")) == (2, 1)
    assert run(capsys, "diff", old, new, "--format", "jsonl", "--table", "outlets")[0] == 2
    assert run(capsys, "diff", old, new, "--table", "nothing")[0] == 2
    assert run(capsys, "diff", old, new, "--output", new / "outlets.csv")[0] == 2
    assert run(capsys, "diff", old)[0] == 2
    assert run(capsys, "apply", old, target)[0] == 2
    assert run(capsys, "apply", "a", "b", "c", "--out", "d")[0] == 2


def test_an_id_that_was_reused_gives_exit_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = write_package(tmp_path / "old", {"outlets": [shop(1)]})
    new = write_package(tmp_path / "new", {"outlets": [shop(1, name="阳光药店", address="西关街 20 号")]})
    code, out, _ = run(capsys, "diff", old, new, "--lang", "zh")
    assert code == 1
    assert "✗ 编号换给了别的" in out


def test_python_names(pair: tuple[Path, Path, Path], tmp_path: Path) -> None:
    old, new, changes = pair
    with diff(old, new) as found:
        assert found.counts.of("renamed") == 1
        assert found.counts.records == {"outlets": 3}
    assert apply_changes(old, changes, tmp_path / "made").rows == {"outlets": 3, "circles": 0}


ID = "11010519491231002X"


def exchange(folder: Path, value: str) -> Path:
    cells: dict[str, Any] = {"survey_id": "620602-S1", "response_id": "r1", "question_id": "q1", "value": value}
    return write_package(
        folder,
        {"survey_responses": [cells], "outlets": [shop(1, operator_name=f"张三 {ID} {value}")]},
        settings={"profile": "exchange"},
    )


@pytest.mark.parametrize("format", ["text", "json", "html"])
def test_personal_data_is_never_shown(format: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = exchange(tmp_path / "old", "三楼"), exchange(tmp_path / "new", "13912345678")
    code, out, _ = run(capsys, "diff", old, new, "--format", format)
    assert code == 0
    assert "***" in out
    for secret in (ID, "13912345678", '"三楼"'):
        assert secret not in out
    assert "exchange" in out
    head = json.loads(save(old, new, tmp_path / "c.jsonl").read_text(encoding="utf-8").partition("\n")[0])
    assert head["profile"] == "exchange"
