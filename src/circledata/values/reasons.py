"""Says in a person's language why a value was understood as it was."""

from __future__ import annotations


def said(pair: tuple[str, str], language: str, **params: object) -> str:
    """Return the Chinese or the English text of `pair`, by `language` (`zh`, `zh-CN`, `en` …), its params filled in."""
    return pair[0 if language.startswith("zh") else 1].format(**params)
