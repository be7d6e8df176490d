"""`circledata publish` and `circledata manifest`: what they say, and their exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import Run

from circledata.standard import spec_root

EXAMPLES = spec_root().parent / "examples"


def test_published_and_listed(run: Run, tmp_path: Path) -> None:
    site, out = tmp_path / "site", tmp_path / "manifest.json"
    result = run("publish", EXAMPLES / "liangzhou", "--out", site)
    assert (result.exit_code, result.stderr) == (0, "")
    content = json.loads((site / "circledata.json").read_bytes())
    first, size, quality = result.stdout.splitlines()[:3]
    assert first == f"已发布 {content['release']}，写到 {site}。"
    assert size.startswith(f"  {len(content['feeds'])} 个文件")
    assert quality == "  质量：错误 {error}，警告 {warning}，建议 {advice}。".format(**content["quality"])
    again = run("publish", EXAMPLES / "liangzhou", "--out", site)
    assert again.stdout.splitlines()[0] == f"{site} 里已经是这一期 {content['release']}，没有改动。"
    listed = run("manifest", site, "--out", out, "--lang", "en", "--title-en", "Pilots")
    assert (listed.exit_code, listed.stdout) == (0, f"Wrote {out}: members 1.\n")
    assert json.loads(out.read_bytes())["title"]["en"] == "Pilots"


def test_refused_with_every_reason(run: Run, tmp_path: Path) -> None:
    result = run("publish", EXAMPLES / "demo-exchange", "--out", tmp_path / "site", "--lang", "en")
    assert result.exit_code == 1 and result.stdout == ""
    assert "profile exchange" in result.stderr and "survey_responses" in result.stderr
    assert not (tmp_path / "site").exists()


def test_a_draft_is_called_one(run: Run, tmp_path: Path) -> None:
    site = tmp_path / "site"
    result = run("publish", EXAMPLES / "broken-district", "--out", site, "--draft", "--ttl", "0", "--lang", "en")
    assert result.exit_code == 0 and "This is a draft" in result.stdout
    content = json.loads((site / "circledata.json").read_bytes())
    assert (content["draft"], content["ttl"]) == (True, 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["publish", EXAMPLES / "liangzhou"], "--out"),
        (["publish", "nowhere", "--out", "site"], "nowhere"),
        (["publish", EXAMPLES / "liangzhou", "--out", "site", "--base-url", "data"], "--base-url"),
        (["publish", EXAMPLES / "liangzhou", "--out", "site", "--ttl", "-1"], "--ttl"),
        (["manifest", "--out", "manifest.json"], "SITE|URL"),
        (["manifest", "nowhere", "--out", "manifest.json"], "nowhere"),
    ],
)
def test_wrong_use_is_one_plain_sentence(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[object], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2 and said in result.stderr and "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []
