"""A real Chromium for pages and reports. Every test fails on an error of the console or a request to anywhere else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
AXE = Path(__file__).parents[2] / "build" / "node" / "node_modules" / "axe-core" / "axe.min.js"
"""Where `make node` installs what tests/schemas/tools.txt names."""
HERE = {"127.0.0.1", "localhost"}


@dataclass
class PageLog:
    """What a page did that it should not; a test that wants one of these clears it."""

    errors: list[str] = field(default_factory=list)
    """Errors and warnings of the console, and exceptions that nothing caught."""
    requests: list[str] = field(default_factory=list)
    """Addresses asked for that are neither this machine's nor a file."""

    def watch(self, page: Page) -> None:
        """Write down what `page` does from now on."""
        page.on("console", lambda said: said.type in {"error", "warning"} and self.errors.append(said.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: _is_outside(request.url) and self.requests.append(request.url))


def _is_outside(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme not in {"file", "data", "blob", "about"} and parts.hostname not in HERE


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's chromium; the tests that need it are skipped where it or playwright is missing."""
    api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page_log() -> PageLog:
    """What the page of this test did."""
    return PageLog()


@pytest.fixture
def new_page(browser: Browser, page_log: PageLog) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an empty, watched page; its options are those of a browser context."""
    contexts = []

    def make(**options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page_log.watch(page)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not page_log.errors
    assert not page_log.requests


@pytest.fixture
def browser_page(new_page: Callable[..., Page]) -> Page:
    """An empty, watched page of the size of a desk's screen."""
    return new_page(viewport={"width": 1280, "height": 900})


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Return a function that names the serious and critical faults of accessibility that axe-core finds on a page."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed; `make node` installs it")
    source = AXE.read_text(encoding="utf-8")

    def check(page: Page) -> list[str]:
        # Evaluated, not added as a script: the page's own policy lets no foreign script in.
        page.evaluate(source)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{fault['impact']}: {fault['id']} {json.dumps([node['html'][:160] for node in fault['nodes'][:3]])}"
            for fault in found["violations"]
            if fault["impact"] in {"serious", "critical"}
        ]

    return check
