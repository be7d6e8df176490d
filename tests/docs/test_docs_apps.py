"""The tutorial shows the example app as it is, line by line, and the samples are what may be published."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
APP = ROOT / "examples" / "app"
sys.path.insert(0, str(ROOT / "tools" / "docs"))

import samples  # noqa: E402


def blocks(page: Path, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", ["apps.md", "apps.en.md"])
def test_the_tutorial_shows_the_whole_app(name: str) -> None:
    page = ROOT / "docs" / name
    assert "\n".join(blocks(page, "javascript")) == (APP / "app.js").read_text(encoding="utf-8")
    assert blocks(page, "html") == [(APP / "index.html").read_text(encoding="utf-8")]


def test_the_samples_are_the_packages_that_may_be_published(tmp_path: Path) -> None:
    outcomes = dict(samples.write(tmp_path / "samples"))
    assert set(outcomes) == {path.name for path in samples.packages()}
    published = {path.name for path in (tmp_path / "samples").iterdir() if (path / "circledata.json").is_file()}
    assert published == {"demo-district", "lhasa", "liangzhou"}
    assert "11 errors" in outcomes["broken-district"]
    assert "exchange" in outcomes["demo-exchange"]
    assert (tmp_path / "samples" / "app" / "app.js").read_bytes() == (APP / "app.js").read_bytes()


@pytest.mark.parametrize("name", ["samples.md", "samples.en.md", "apps.md", "apps.en.md"])
def test_links_lead_to_samples_that_are_made(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\(samples/([a-z-]+)/(index\.html|circledata\.json)", text)
    assert links
    assert {folder for folder, _ in links} <= {"demo-district", "lhasa", "liangzhou", "app"}
