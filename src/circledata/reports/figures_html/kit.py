"""What pages of figures carry inside themselves: style, script, the policy that lets nothing else in, templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from circledata.feeds.page import inlined
from circledata.reports.html.assets import STATIC as SHARED
from circledata.reports.html.compact import script_json
from circledata.reports.html.page import TAGS
from circledata.reports.layout import visible
from circledata.reports.words import number
from circledata.standard.model import Language, Text

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

HERE = Path(__file__).parent
STYLES = (SHARED / "report.css", SHARED / "tables.css", HERE / "static" / "figures.css", SHARED / "print.css")
SCRIPT = SHARED / "report.js"


@cache
def style() -> str:
    """Return the style sheet: that of the report, and what charts add to it."""
    return "".join(path.read_text(encoding="utf-8") for path in STYLES)


@cache
def script() -> str:
    """Return the script: it only switches the language."""
    return '"use strict";\n' + SCRIPT.read_text(encoding="utf-8")


def policy() -> str:
    """Return the Content-Security-Policy: only this very style and this very script, nothing from anywhere else."""
    return inlined.policy(style(), (script(),))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(template: str, language: Language, words: Mapping[str, Text], context: Mapping[str, Any]) -> Iterator[str]:
    """Yield a page. `words`: those of its template; `context["title"]` is the text before ` · ` in its title."""
    both = partial(_both, language)
    made = _environment().get_template(
        template,
        globals={
            "t": both,
            "say": lambda key, **values: both(word(words, key, **values)),
            "one": lambda key: words[key].in_language(language),
            "both": both,
            "number": number,
            "visible": visible,
            "lang": language,
            "tag": TAGS[language],
        },
    )
    data = {key: [words[key].zh, words[key].en] for key in ("report", "switch", "switch-label", "sections")}
    yield from made.generate({**context, "csp": policy(), "style": style(), "words_data": script_json(data)})
    yield f"<script>{script()}</script>\n</body>\n</html>\n"


def word(words: Mapping[str, Text], key: str, **values: object) -> Text:
    """Return a text with its placeholders filled, in both languages."""
    filled = {
        name: value if isinstance(value, Text) else Text(str(value), str(value)) for name, value in values.items()
    }
    return Text(
        words[key].zh.format(**{name: value.zh for name, value in filled.items()}),
        words[key].en.format(**{name: value.en for name, value in filled.items()}),
    )


def _both(language: Language, text: Text | str) -> Markup:
    """Return a text in both languages, the chosen one first; the style shows the one that the page is set to."""
    from markupsafe import Markup

    if isinstance(text, str):
        return Markup("{}").format(text)
    if text.zh == text.en:
        return Markup("{}").format(text.zh)
    order: tuple[Language, Language] = ("zh", "en") if language == "zh" else ("en", "zh")
    return Markup("").join(
        Markup('<span class="l-{}" lang="{}">{}</span>').format(one, TAGS[one], text.in_language(one)) for one in order
    )
