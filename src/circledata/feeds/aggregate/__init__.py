"""Adds districts up: checks each, says who must act on what, and writes one package and one scoreboard of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from circledata.feeds.aggregate.gather import Gather
    from circledata.feeds.aggregate.model import AggregateError, Settings, Source
    from circledata.feeds.aggregate.run import Aggregation, aggregate

__all__ = ["AggregateError", "Aggregation", "Gather", "Settings", "Source", "aggregate"]
_HOMES = {"Gather": "gather", "AggregateError": "model", "Settings": "model", "Source": "model"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: the processes that check members need little of all this."""
    if name not in __all__:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'run')}"), name)
