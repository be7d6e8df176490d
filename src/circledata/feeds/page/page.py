"""Puts the page together: facts and downloads as HTML, words and code lists as data for the script."""

from __future__ import annotations

import re
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from circledata.feeds.dataset import dataset
from circledata.feeds.licences import licences_of
from circledata.feeds.page import assets, inlined
from circledata.feeds.page.words import WORDS, word
from circledata.standard import load_standard
from circledata.standard.model import Language, Standard, Text
from circledata.values.coordinates import UNSHIFTED_BOXES

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
"""Language tags of BCP 47."""
LISTS = (
    *("services", "outlet-statuses", "circle-statuses", "grades", "chain-kinds", "mobilities", "units"),
    *("not-computed", "indicator-groups"),
)
"""Code lists whose titles the script needs; one that the standard does not have is empty."""
FIELDS = (
    *("address", "opening_hours", "phone", "services", "circle_id", "brand", "chain", "mobility", "verified_on"),
    *("source", "outlet_id", "age_friendly", "accessible", "mother_baby", "home_delivery", "online_order"),
    *("accepts_cash", "emergency_supply"),
)
"""Fields of an outlet that the page shows, under their titles in the standard."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAKS = re.compile(r"[\r\n\u2028\u2029]+")


def page(discovery: dict[str, Any], language: Language) -> str:
    """Return the page as one text; see `circledata.feeds.page.render`."""
    both = partial(_both, language)
    known = _cleaned(discovery)
    licensed = {"licenses": [{"name": name} for name in known["license"].split(" AND ")]}
    context = {
        "d": known,
        "t": both,
        "say": lambda key, **values: both(word(key, **values)),
        "one": lambda key: WORDS[key].in_language(language),
        "lang": language,
        "tag": TAGS[language],
        "title": _text(known["title"]),
        "area": _text(known["area"]["name"]),
        "text": _text,
        "href": partial(href, release=known["release"]),
        "size": size,
        "number": lambda value: f"{value:,}",
        "publisher": href(known["publisher"].get("url") or "", release=""),
        "licences": licences_of(licensed),
        "csp": assets.policy(),
        "style": assets.style(),
        "scripts": assets.scripts(),
        "leaflet": inlined.leaflet_version(),
        "described": assets.script_json(dataset(known, licensed, None)),
        "data": {
            "words": assets.script_json({key: [text.zh, text.en] for key, text in WORDS.items()}),
            "lists": _lists_json(),
            "unshifted": assets.script_json(UNSHIFTED_BOXES),
        },
    }
    return _environment().get_template("page.html.j2").render(context)


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


def _both(language: Language, text: Text) -> Markup:
    """Return a text in both languages, the chosen one first; the style shows the one that the page is set to."""
    from markupsafe import Markup

    if text.zh == text.en:
        return Markup("{}").format(text.zh)
    order: tuple[Language, Language] = ("zh", "en") if language == "zh" else ("en", "zh")
    return Markup("").join(
        Markup('<span class="l-{}" lang="{}">{}</span>').format(one, TAGS[one], text.in_language(one)) for one in order
    )


def _text(pair: dict[str, str] | None) -> Text:
    """Return a title of the discovery file; one that is only there in one language stands for both."""
    pair = pair or {}
    zh, en = pair.get("zh") or "", pair.get("en") or ""
    return Text(zh or en, en or zh)


def _cleaned(value: Any) -> Any:
    """Return a copy whose texts hold nothing that cannot stand in a page, on one line each."""
    if isinstance(value, str):
        return _CONTROL.sub("\ufffd", _LINE_BREAKS.sub(" ", value))
    if isinstance(value, dict):
        return {key: _cleaned(inner) for key, inner in value.items()}
    return [_cleaned(inner) for inner in value] if isinstance(value, list) else value


def href(url: str, *, release: str) -> str:
    """Return an address that a link may lead to, and empty for one that it may not, such as `javascript:`.

    A file of the release is named relative to the page, which stands beside it wherever the site was copied to.
    """
    if release and f"releases/{release}/" in url:
        return url[url.index(f"releases/{release}/") :]
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    relative = not parts.scheme and not parts.netloc and release
    return url if relative or parts.scheme in {"http", "https"} else ""


def size(count: int) -> str:
    """Return a number of bytes as people read it, in units of a thousand."""
    amount, unit = float(count), "B"
    for larger in ("kB", "MB", "GB"):
        if amount < 999.5:
            break
        amount, unit = amount / 1000, larger
    return f"{count} B" if unit == "B" else f"{amount:.1f} {unit}" if amount < 99.95 else f"{amount:.0f} {unit}"


@cache
def _lists_json() -> str:
    return assets.script_json(lists(load_standard()))


def lists(standard: Standard) -> dict[str, dict[str, list[str]]]:
    """Return for the script: title of every code that it shows (zh, en), of categories with their class, and fields."""
    known = {
        name: {code.code: [code.title.zh, code.title.en] for code in standard.codelists[name].codes.values()}
        for name in LISTS
        if name in standard.codelists
    }
    empty: dict[str, dict[str, list[str]]] = {name: {} for name in LISTS}
    categories = {
        code.code: [code.title.zh, code.title.en, code.extra["class"]]
        for code in standard.codelists["categories"].codes.values()
    }
    fields = standard.tables["outlets"].by_name
    titles = {name: [fields[name].title.zh, fields[name].title.en] for name in FIELDS}
    return {**empty, **known, "categories": categories, "fields": titles}
