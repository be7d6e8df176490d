"""Every command that the pages show prints what they say, and the snippets in Python run."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tools" / "docs"))

import commands  # noqa: E402

PAGES = commands.pages()
SNIPPETS = [ROOT / "docs" / name for name in ("developer.md", "developer.en.md")]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_shows_what_its_commands_print(page: Path) -> None:
    shown = page.read_text(encoding="utf-8").split("\n")
    assert commands.updated(page).split("\n") == shown, "run: python tools/docs/commands.py --update"


def test_every_page_on_a_source_runs_a_conversion_and_checks_its_result() -> None:
    pages = sorted((ROOT / "docs" / "convert").glob("*.md"))
    assert len(pages) == 20
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert re.search(r"^\$ circledata convert .* --to ", text, flags=re.MULTILINE), page.name
        assert re.search(r"^\$ circledata validate ", text, flags=re.MULTILINE), page.name


def test_every_input_file_is_used_by_a_page() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    unused = [path.name for path in commands.SOURCES.iterdir() if path.name not in text]
    assert set(unused) <= {"README.md", "README.en.md"}


@pytest.mark.parametrize("page", SNIPPETS, ids=name_of)
def test_the_snippets_in_python_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    known: dict[str, object] = {}
    snippets = re.findall(r"^```python\n(.*?)^```$", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    assert snippets
    for snippet in snippets:
        exec(compile(snippet, page.name, "exec"), known)


def test_lines_between_the_ends_can_be_left_out() -> None:
    assert commands.cut(["a", "b", "c", "d"], ["?", "…", "?"]) == ["a", "…", "d"]
    assert commands.cut(["a", "b "], ["?"]) == ["a", "b"]
    assert commands.cut(["a"], ["?", "?", "…", "?"]) == ["a"]
    assert commands.cut(["a", "b", "c"], ["?", "…"]) == ["a", "…"]


def test_only_commands_of_this_tool_are_run() -> None:
    with pytest.raises(ValueError, match="only circledata"):
        commands.run("rm -rf x", "zh")
