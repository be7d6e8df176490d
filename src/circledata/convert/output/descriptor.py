"""The descriptor of a package that a conversion writes: what it is, where it comes from, who answers for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from circledata.convert.converters import Job
from circledata.convert.model import Conversion
from circledata.standard import Standard

UNDECIDED = {"name": "LicenseRef-undecided", "title": "许可待定，公布前请写明"}
"""As `circledata new` writes it: nobody but the publisher can choose a licence."""
NOBODY = "（待填：发布单位）"


def descriptor(
    conversion: Conversion,
    jobs: Sequence[Job],
    standard: Standard,
    *,
    publisher: str | None,
    title: str | None,
    profile: str,
    synthetic: bool = False,
) -> dict[str, Any]:
    """Return the descriptor without its resources. The same conversion gives the same descriptor."""
    given = [job.mapping.source for job in jobs if job.mapping is not None]
    sources = list(_once([_source(source) for source in given if source]))
    content: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": _name(conversion, jobs),
        "title": title or _title(conversion, jobs, standard),
        "licenses": list(_once([source["licence"] for source in given if "licence" in source])) or [UNDECIDED],
    }
    if sources:
        content["sources"] = sources
    content["contributors"] = _contributors(given, publisher)
    content["created"] = f"{conversion.as_of.isoformat()}T00:00:00Z"
    own = {
        "version": standard.version,
        "division_code": conversion.division_code,
        "as_of": conversion.as_of.isoformat(),
        "coordinate_system": conversion.coordinate_system,
        "profile": profile,
        "synthetic": synthetic,
    }
    content["circledata"] = {key: value for key, value in own.items() if value != ""}
    return content


def _name(conversion: Conversion, jobs: Sequence[Job]) -> str:
    main = "outlets" if "outlets" in conversion.records else next(iter(conversion.records))
    names = dict.fromkeys(job.name for job in jobs)
    return "-".join([conversion.division_code, main.replace("_", "-"), *names])[:100]


def _title(conversion: Conversion, jobs: Sequence[Job], standard: Standard) -> str:
    division = standard.codelists["divisions"].codes.get(conversion.division_code)
    place = division.title.zh if division else conversion.division_code
    tables = list(conversion.records)
    what = standard.tables["outlets" if "outlets" in tables else tables[0]].title.zh
    names = [job.mapping.source.get("name", "") if job.mapping else "" for job in jobs]
    named = "、".join(dict.fromkeys(name for name in names if name))
    return f"{place}{what}（由 {named} 转换）" if named else f"{place}{what}（由现有表格转换）"


def _source(source: Mapping[str, Any]) -> dict[str, str]:
    title = source.get("title") or source.get("name")
    return {key: text for key, text in (("title", title), ("path", source.get("path"))) if text}


def _contributors(given: Sequence[Mapping[str, Any]], publisher: str | None) -> list[dict[str, Any]]:
    authors = list(dict.fromkeys(source["publisher"] for source in given if "publisher" in source))
    contributors: list[dict[str, Any]] = [{"title": author, "roles": ["author"]} for author in authors]
    if publisher:
        contributors = [item for item in contributors if item["title"] != publisher]
        contributors.insert(0, {"title": publisher, "roles": ["publisher"]})
    elif contributors:
        contributors[0]["roles"] = ["author", "publisher"]
    else:
        contributors.append({"title": NOBODY, "roles": ["publisher"]})
    return contributors


def _once(items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for item in items:
        if item and item not in found:
            found.append(item)
    return found
