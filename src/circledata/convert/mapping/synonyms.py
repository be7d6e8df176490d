"""The words of spec/<version>/synonyms.yaml: what else columns and tables are called, and which headers decide."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from circledata.sources.header import key
from circledata.standard import spec_root


@cache
def synonyms_file(version: str) -> Mapping[str, Any]:
    """Return the content of the file as it stands."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    path = spec_root() / version / "synonyms.yaml"
    content: Mapping[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    return content


@cache
def deciding_words(version: str, kind: str) -> frozenset[str]:
    """Return the headers of a kind (`seldom`, `anybodys`) as `key` reduces them."""
    return frozenset(map(key, synonyms_file(version)["recognition"][kind]))
