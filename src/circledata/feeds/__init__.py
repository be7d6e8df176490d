"""What others read: published releases, changes between them, and districts added up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from circledata.feeds.refusals import PublishError, Refused
    from circledata.feeds.release import Published, publish

__all__ = ["PublishError", "Published", "Refused", "publish"]
_HOMES = {"PublishError": "refusals", "Refused": "refusals", "Published": "release", "publish": "release"}


def __getattr__(name: str) -> Any:
    """Import a name when it is first used: who only compares two releases needs nothing of publishing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'circledata.feeds' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"circledata.feeds.{_HOMES[name]}"), name)
