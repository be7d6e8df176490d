"""Looks through a built site for anything that a browser would fetch from another host."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

FETCHED = {
    ("script", "src"),
    ("img", "src"),
    ("img", "srcset"),
    ("iframe", "src"),
    ("source", "src"),
    ("video", "src"),
    ("audio", "src"),
    ("object", "data"),
    ("embed", "src"),
    ("use", "href"),
}
LINKS_FETCHED = {"stylesheet", "icon", "preload", "prefetch", "preconnect", "dns-prefetch", "modulepreload", "manifest"}
OUTSIDE = re.compile(r"^\s*(?:https?:)?//", re.IGNORECASE)
IN_STYLES = re.compile(r"""(?:url\(\s*|@import\s+)['"]?((?:https?:)?//[^'")\s]+)""", re.IGNORECASE)


class Page(HTMLParser):
    """Collects the addresses of other hosts that a page loads by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the addresses of one element."""
        values = {name: value or "" for name, value in attrs}
        for name, value in values.items():
            loaded = (tag, name) in FETCHED or (
                tag == "link" and name == "href" and LINKS_FETCHED & set(values.get("rel", "").split())
            )
            if loaded and OUTSIDE.match(value):
                self.found.append(value)
        self.found += IN_STYLES.findall(values.get("style", ""))


def fetched_by(text: str) -> list[str]:
    """Return the addresses of other hosts that a page of HTML loads, its inline styles included."""
    page = Page()
    page.feed(text)
    return page.found + IN_STYLES.findall(text)


def outside(site: Path) -> Iterator[tuple[Path, str]]:
    """Yield (file, address) for everything in the site that is loaded from another host."""
    for path in sorted(site.rglob("*")):
        if path.suffix == ".html":
            found = fetched_by(path.read_text(encoding="utf-8"))
        elif path.suffix == ".css":
            found = IN_STYLES.findall(path.read_text(encoding="utf-8"))
        else:
            continue
        yield from ((path, address) for address in dict.fromkeys(found))


def main(arguments: list[str]) -> int:
    """Name what is loaded from outside; returns 1 when there is anything, 2 when there is no site."""
    site = Path(arguments[0] if arguments else "site")
    if not (site / "index.html").is_file():
        print(f"no built site in {site}", file=sys.stderr)
        return 2
    found = list(outside(site))
    for path, address in found:
        print(f"{path.relative_to(site)}: {address}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
