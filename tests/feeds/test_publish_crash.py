"""A publisher that is killed leaves the last good release; the next one succeeds and leaves nothing over."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from changes_packages import files_of
from publish_packages import small, told, wrong_files

import circledata
from circledata.feeds.release_site import Site

DRIVER = Path(__file__).with_name("crash_publish.py")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


def left_over(site: Path) -> list[str]:
    """Return hidden files and folders of a site, the lock apart."""
    return [path.name for path in site.rglob(".*") if path.name != ".circledata.lock"]


@pytest.mark.slow
def test_killed_at_any_step_the_site_names_a_complete_release(tmp_path: Path) -> None:
    old, new, site, copy, before = (tmp_path / name for name in ("old", "new", "site", "copy", "before"))
    first = circledata.publish(small(old), site).release
    shutil.copytree(site, copy)
    shutil.copytree(site, before)
    command = [sys.executable, str(DRIVER), *map(str, (small(new, outlets=4), site, copy, before))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as driver:
        assert driver.stdin and driver.stdout
        steps = []
        for line in driver.stdout:
            steps.append(json.loads(line) | {"wrong": wrong_files(site), "left": bool(left_over(site))})
            assert set(Site(site).complete()) <= {first, told(copy)["release"]}
            driver.stdin.write("\n")
            driver.stdin.flush()
    assert driver.returncode == 0
    assert all(step["killed"] and step["wrong"] == [] for step in steps), steps
    assert {step["release"] for step in steps} == {first}, "the name is the last thing that is written"
    assert any(step["left"] for step in steps), "no crash left anything to clean"
    assert circledata.publish(new, site).release == told(copy)["release"]
    assert left_over(site) == [] and files_of(site) == files_of(copy)


def test_what_a_crash_left_is_cleaned_and_a_complete_release_is_taken_over(tmp_path: Path) -> None:
    package, site = small(tmp_path / "package"), tmp_path / "site"
    done = circledata.publish(package, site)
    before = files_of(site)
    (site / "circledata.json").unlink()
    (site / ".circledata.json.tmp").write_text("{", encoding="utf-8")
    (site / "releases" / ".new-1234").mkdir()
    (site / "releases" / ".new-1234" / "outlets.geojson").write_text("{", encoding="utf-8")
    written = (done.folder / "outlets.geojson").stat().st_mtime_ns
    circledata.publish(package, site)
    assert files_of(site) == before and left_over(site) == []
    assert (done.folder / "outlets.geojson").stat().st_mtime_ns == written


def test_two_publishers_at_once_do_no_harm(tmp_path: Path) -> None:
    site = tmp_path / "site"
    program = "import sys, circledata; circledata.publish(sys.argv[1], sys.argv[2])"
    packages = [small(tmp_path / "one"), small(tmp_path / "two", outlets=4)]
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(package), str(site)], stderr=subprocess.PIPE)
        for package in packages
    ]
    assert [process.communicate()[1] for process in running] == [b"", b""]
    assert [process.returncode for process in running] == [0, 0]
    assert len(Site(site).complete()) == 2
    assert told(site)["previous"] is not None
    assert wrong_files(site) == [] and left_over(site) == []


def test_a_writer_that_does_not_end_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from circledata.feeds import PublishError, release_site

    monkeypatch.setattr(release_site, "PATIENCE", 0.0)
    package, site = small(tmp_path / "package"), Site(tmp_path / "site")
    with site.locked(), pytest.raises(PublishError, match="Another program"):
        circledata.publish(package, site.root)
    assert site.current() is None
