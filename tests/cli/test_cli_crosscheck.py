"""`circledata crosscheck`: both verdicts, by place, without a word of what stands in the cells."""

import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from command_line import Run
from report_sample import CLEAN, outlet, sample_report

SECRET = "张三的秘密"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "p"
    folder.mkdir()
    fields = [
        {"name": "outlet_id", "type": "string", "constraints": {"required": True, "pattern": "[0-9]+"}},
        {"name": "name", "type": "string", "constraints": {"required": True}},
        {"name": "longitude", "type": "number"},
        {"name": "status", "type": "string"},
    ]
    resource = {"name": "outlets", "path": "outlets.csv", "type": "table", "schema": {"fields": fields}}
    other = {"name": "remote", "path": "https://example.invalid/x.csv"}
    descriptor = {"name": "p", "$schema": "https://example.invalid/", "resources": [resource, other]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    # The record of line 4 follows one with a line break inside; frictionless counts it as record 3.
    rows = ["outlet_id,name,longitude,status", '1,"a\nb",1,open', f"2,{SECRET},{SECRET},open", "x,c,2,open"]
    (folder / "outlets.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def test_places_of_both_sides(run: Run, validation: SimpleNamespace, package: Path) -> None:
    validation.report = sample_report([outlet("CD203", 4, "longitude", SECRET), outlet("CD201", 9, "name", None)])
    result = run("crosscheck", package)
    assert result.exit_code == 0, result.output
    assert validation.settings["max_examples"] is None
    shown = result.stdout
    assert "circledata 不通过，frictionless 不通过。\n两者结论相同。" in shown
    assert "没有交给 frictionless：https://example.invalid/x.csv" in shown
    assert re.search(r"商业网点 outlets +2 +2 +1\n", shown)
    ours, theirs = shown.split("只有 circledata 看到：")[1].split("只有 frictionless 看到：")
    assert "CD201 必填项为空 · 1 处" in ours
    assert "outlets.csv 第 9 行 name" in ours
    assert "constraint-error" in theirs
    assert "outlets.csv 第 5 行 outlet_id" in theirs
    assert SECRET not in shown


def test_archive(run: Run, validation: SimpleNamespace, package: Path, tmp_path: Path) -> None:
    archive = tmp_path / "p.zip"
    with zipfile.ZipFile(archive, "w") as stream:
        for path in package.iterdir():
            stream.write(path, f"inside/{path.name}")
    validation.report = sample_report([outlet("CD203", 4, "longitude", SECRET)])
    result = run("crosscheck", archive, "--lang", "en")
    assert "circledata: failed; frictionless: failed." in result.stdout
    assert "outlets.csv line 5 outlet_id" in result.stdout


def test_different_verdicts(run: Run, validation: SimpleNamespace, package: Path) -> None:
    validation.report = replace(sample_report(CLEAN))
    result = run("crosscheck", package / "datapackage.json")
    assert result.exit_code == 1
    assert "两者结论不同。" in result.stdout


def test_examples_are_limited(run: Run, validation: SimpleNamespace, package: Path) -> None:
    validation.report = sample_report([outlet("CD201", row, "name", None) for row in range(50, 60)])
    shown = run("crosscheck", package, "--max-examples", "2").stdout
    assert shown.count("outlets.csv 第 5") == 2 + 1
    assert "还有 8 处" in shown


def test_what_cannot_be_compared(run: Run, validation: SimpleNamespace, package: Path, tmp_path: Path) -> None:
    assert run("crosscheck", package / "outlets.csv").exit_code == 2
    (package / "datapackage.json").write_text("{")
    assert "没有能读的 datapackage.json" in run("crosscheck", package).stderr
