"""Puts the page together: what each part shows, and the findings as data at its end, written one by one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from circledata.feeds.page import inlined
from circledata.findings.model import LEVELS
from circledata.findings.report import Report
from circledata.findings.views import Geography
from circledata.reports.html import assets, charts, facts, places, summary
from circledata.reports.html.compact import Compact, script_json
from circledata.reports.html.words import SCRIPT, counted, raw, word
from circledata.reports.layout import visible
from circledata.reports.style import Style
from circledata.reports.tally import Tally, tally
from circledata.reports.words import LEVEL_MARKS, number, verdict
from circledata.standard.model import Language, Text

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from markupsafe import Markup

TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
"""Language tags of BCP 47."""
SYSTEM_RULES = ("coordinate-system-differs", "boundary-system-differs", "axes-swapped")
"""Rules that say that the whole map is in the wrong place; they are told beside it."""


def pieces(report: Report, language: Language, style: Style) -> Iterator[str]:
    """Yield the page in order. Nothing that is yielded at once grows with the number of findings."""
    counted_by_table = tally(report)
    found = summary.groups(report, counted_by_table)
    geography = report.geography(places.MOST)
    context = _context(report, language, style, found, counted_by_table, geography)
    yield from _template(language).generate(context)
    yield from _data(report, found)
    for script in assets.scripts(with_map=geography is not None):
        yield "<script>"
        yield from assets.in_pieces(script)
        yield "</script>\n"
    yield "</body>\n</html>\n"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _template(language: Language) -> Template:
    both = partial(_both, language)
    return _environment().get_template(
        "page.html.j2",
        globals={
            "t": both,
            "say": lambda key, **values: both(word(key, **values)),
            "counted": lambda key, n: both(counted(key, n)),
            "one": lambda key: raw(key).in_language(language),
            "number": number,
            "visible": visible,
            "lang": language,
            "tag": TAGS[language],
            "levels": LEVELS,
            "marks": LEVEL_MARKS,
        },
    )


def _both(language: Language, text: Text) -> Markup:
    """Return a text in both languages, the chosen one first; the style shows the one that the page is set to."""
    from markupsafe import Markup

    if text.zh == text.en:
        return Markup("{}").format(text.zh)
    order: tuple[Language, Language] = ("zh", "en") if language == "zh" else ("en", "zh")
    return Markup("").join(
        Markup('<span class="l-{}" lang="{}">{}</span>').format(one, TAGS[one], text.in_language(one)) for one in order
    )


def _context(
    report: Report,
    language: Language,
    style: Style,
    found: list[summary.Group],
    counts: Tally,
    geography: Geography | None,
) -> dict[str, Any]:
    with_map = geography is not None
    return {
        "report": report,
        "verdict": Text(*(visible(verdict(report, one, style.fail_on)) for one in ("zh", "en"))),
        "outcome": "failed" if report.fails(style.fail_on) else "passed",
        "groups": found,
        "first": found[: summary.FIRST],
        "rest": found[summary.FIRST :],
        "share": _share(found, sum(report.counts.values())),
        "largest": max((group.count for group in found), default=1),
        "rows": lambda group: summary.rows(group, report, language),
        "shown": summary.shown,
        "lines": charts.by_table(report, counts),
        "table_titles": _titles(report, counts),
        "strip": charts.strip(report.coverage(), report),
        "charts": charts,
        "geography": geography,
        "places": places,
        "system_groups": [group for group in found if group.rule.name in SYSTEM_RULES],
        "facts": facts.facts(report),
        "basis": facts.basis(report),
        "notes": facts.notes(report),
        "policies": facts.policies(report),
        "csp": assets.policy(with_map),
        "style": assets.in_pieces(assets.style(with_map)),
        "map_data": assets.in_pieces(script_json(places.data(geography)) if geography else ""),
        "leaflet": inlined.leaflet_version() if with_map else None,
    }


def _titles(report: Report, counts: Tally) -> dict[str | None, Text]:
    """Return the titles of all tables that were read or have findings; None is the package itself."""
    names = {info.name for info in report.tables} | {table for table, _ in counts}
    return {name: charts.title(name, report) for name in names}


def _share(found: list[summary.Group], total: int) -> int | None:
    """Return what part of all findings the first rules make up, in percent; None where that says nothing."""
    if len(found) <= summary.FIRST:
        return None
    return 100 * sum(group.count for group in found[: summary.FIRST]) // total


def _data(report: Report, found: list[summary.Group]) -> Iterator[str]:
    """Yield the end of the page: findings one by one, then what they refer to."""
    compact = Compact(report, [group.rule.code for group in found])
    yield '<script type="application/json" id="findings-data">['
    separator = "\n"
    for finding in report.findings:
        yield separator + script_json(compact.finding(finding))
        separator = ",\n"
    yield "]</script>\n"
    for name, value in (
        ("rules", [_rule(group, compact) for group in found]),
        ("places", compact.place_records),
        ("pool", [list(pair) for pair in compact.pool]),
        ("words", {key: [raw(key).zh, raw(key).en] for key in SCRIPT}),
    ):
        yield f'<script type="application/json" id="{name}-data">'
        yield from assets.in_pieces(script_json(value))
        yield "</script>\n"


def _rule(group: summary.Group, compact: Compact) -> dict[str, Any]:
    (message_zh, message_en), (fix_zh, fix_en) = compact.texts[group.rule.code]
    return {
        "code": group.rule.code,
        "level": group.level,
        "count": group.count,
        "title": [group.rule.title.zh, group.rule.title.en],
        "name": group.rule.name,
        "tables": {visible(table or ""): count for table, count in group.tables.items()},
        "message": [message_zh, message_en],
        "fix": [fix_zh, fix_en],
        "head": [group.fix.zh, group.fix.en],
        "typed": group.typed,
        "private": group.private,
    }
