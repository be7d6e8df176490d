"""Whatever stands in the data, the HTML report shows it as text: it never becomes a part of the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from html_page import Page, html
from naughty import NAUGHTY
from report_sample import FINDINGS, outlet, sample_report

from circledata.findings.model import Finding, Level, Note
from circledata.findings.report import PolicyEntry, Report, TableCount, TableInfo
from circledata.findings.views import CircleCoverage, CirclePlace, Coverage, Geography, OutletPlace
from circledata.reports.layout import shorten, visible
from circledata.standard import load_standard
from circledata.standard.model import LANGUAGES, Language


class Views:
    """A map and a strip whose every name is the same text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def geography(self, most: int) -> Geography:
        t, level = self.text, "error"
        ring = ((102.0, 37.0), (102.01, 37.0), (102.01, 37.01), (102.0, 37.0))
        circle = CirclePlace(2, t, t, (102.005, 37.005), (ring,), level, 1, 3, 1)  # type: ignore[arg-type]
        place = OutletPlace(3, t, t, t, t, (102.004, 37.004), level, 1)  # type: ignore[arg-type]
        return Geography("GCJ-02", [circle], 1, [place], 9, 5, 1)

    def coverage(self) -> Coverage:
        return Coverage(("repair",), [CircleCoverage(2, self.text, self.text, (3,))])


def naughty_report(text: str) -> Report:
    """Return a report that holds `text` wherever a publisher, a file system or a policy can put something."""
    level: Level = "error"
    findings = (
        *FINDINGS,
        outlet("CD203", 20, "longitude", text, suggestion=text),
        Finding("CD206", level, "outlets", text, text, 3, text, 3, text, {"codelist": text, "suggestion": text}),
        Finding("CD104", level, None, text, value=text, params={"path": text, "pointer": text}),
        Finding("CD201", level, text, text, None, 4, text, 2, text),
    )
    report = sample_report(
        findings,
        notes=[Note("table-guessed", {"file": text, "table": text}), Note("new-kind", {"what": text})],
        policy=[PolicyEntry("CD220", "advice", text, date(2026, 12, 31))],
        label=text,
    )
    return replace(
        report,
        standard=replace(report.standard, codelists=load_standard().codelists),
        tables=[TableInfo(text, text, text, 3, "utf-8", 30, "0" * 64)],
        table_counts=[*report.table_counts, TableCount(text, "CD201", 1)],
        package={"name": text, "title": text, "division_code": text, "coordinate_system": text, "synthetic": True},
        views=Views(text),  # type: ignore[arg-type]
    )


def shape(page: Page) -> list[tuple[str, list[str]]]:
    return [(tag, sorted(attributes)) for tag, attributes in page.elements]


@cache
def calm_page(language: Language) -> Page:
    return Page(html(naughty_report("普通"), language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", NAUGHTY)
def test_the_page_has_the_same_elements_whatever_the_text(text: str, language: Language) -> None:
    calm = calm_page(language)
    page = Page(html(naughty_report(text), language))
    assert shape(page) == shape(calm)
    assert len(page.scripts) == len(calm.scripts)
    assert page.scripts == calm.scripts


@pytest.mark.parametrize("text", NAUGHTY)
def test_the_text_itself_is_shown(text: str) -> None:
    page = Page(html(naughty_report(text)))
    values = [finding[3] for finding in page.data["findings"]]
    assert shorten(text, 200) in values
    assert any(visible(text) in shown for shown in page.texts)
    assert page.data["map"]["outlets"][0][5] == shorten(text, 60)


@pytest.mark.parametrize("text", NAUGHTY)
def test_nothing_invisible_reaches_the_page(text: str) -> None:
    written = html(naughty_report(text))
    for character in "\x00\x01\x1f\x7f\r\u2028\u2029\u202e\u2066\u200b\ufeff\udc80":
        assert character not in written
    written.encode()
