"""Reads an HTML report as a browser would: its elements, and the data that its script gets."""

from __future__ import annotations

import io
import json
from html.parser import HTMLParser
from typing import Any

from circledata.findings.report import Report
from circledata.reports import FORMATS, Style
from circledata.standard.model import Language

VOID = {"meta", "link", "br", "input", "img", "hr"}


class Page(HTMLParser):
    """Every element of a page with its attributes, the texts in it, and a check that what is opened is closed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.data: dict[str, Any] = {}
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()
        assert not self._open, self._open

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self._open.append(self.elements[-1])

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self._open.pop()
        assert opened == tag, f"</{tag}> where <{opened}> is open"

    def handle_data(self, text: str) -> None:
        tag, attributes = self._open[-1] if self._open else ("", {})
        if tag == "script" and attributes.get("type") == "application/json":
            self.data[str(attributes["id"]).removesuffix("-data")] = json.loads(text)
        elif tag == "script":
            self.scripts.append(text)
        elif tag == "style":
            self.styles.append(text)
        elif text.strip():
            self.texts.append(text)

    def having(self, name: str, value: str | None = None) -> list[tuple[str, dict[str, str | None]]]:
        """Return the elements that have an attribute, of that value when one is given."""
        return [item for item in self.elements if name in item[1] and value in {None, item[1][name]}]


def html(report: Report, language: Language = "zh", style: Style | None = None) -> str:
    """Write `report` as HTML."""
    stream = io.StringIO(newline="")
    FORMATS["html"](report, language, stream, style or Style())
    return stream.getvalue()


def sentence(data: dict[str, Any], finding: list[Any], kind: str, language: Language) -> str:
    """Put a sentence together from the data as the script does: `message` or `fix`."""
    tongue = 0 if language == "zh" else 1

    def filled(key: int) -> str:
        value = finding[5 + key]
        if value == -1:
            return str(finding[3])
        return str(data["pool"][value][tongue]) if isinstance(value, int) else str(value)

    parts = data["rules"][finding[0]][kind][tongue]
    return "".join(part if isinstance(part, str) else filled(part) for part in parts)


def place(data: dict[str, Any], finding: list[Any], language: Language) -> str:
    """Name the place of a finding from the data as the script does."""
    name: list[str] = data["places"][finding[1]]["name"][0 if language == "zh" else 1]
    return str(finding[2]).join(name)
