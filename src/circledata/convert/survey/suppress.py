"""Withholds small counts of survey results, and as many others as it takes that nobody can work them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

SMALLEST = 5
"""Counts of one to four are withheld in the open profile: the standard's own limit (spec/README.md, chapter 7)."""


@dataclass
class ResultSet:
    """The counts of one question in one circle and one group: by option, with the number of people who answered.

    `hidden`: options that are withheld. `omitted`: fewer than five people answered, the whole set is not published.
    """

    counts: dict[str, int]
    base: int
    circle_id: str = ""
    group: str = ""
    hidden: set[str] = field(default_factory=set)
    omitted: bool = False

    def withhold_small(self) -> None:
        """Withhold what is small in itself."""
        self.omitted = 0 < self.base < SMALLEST
        self.hidden |= {option for option, count in self.counts.items() if 0 < count < SMALLEST}

    def is_open(self, option: str) -> bool:
        """Whether the count of an option can be read by everybody."""
        return not self.omitted and option not in self.hidden

    def is_secret(self, option: str) -> bool:
        """Whether the count is withheld and must not be found; nobody in a set that is not published is no secret."""
        return option in self.hidden or (self.omitted and self.counts[option] > 0)


def suppress(total: ResultSet, partitions: Sequence[Sequence[ResultSet]], *, additive: bool) -> None:
    """Withhold small cells of one question's results, and the cells that would give them away.

    `total`: everybody. `partitions`: the same people by circle, or by the options of another question; every partition
    adds up to the total or to less. `additive`: the counts of a set add up to its base (every type but multiple).
    Two sums are watched: along the options of a set, and along the sets of a partition. In each at least two cells are
    withheld or none, and those withheld along a set are five people or more together. What several sums might give
    away in combination is not looked for.
    """
    sets = [total, *(item for partition in partitions for item in partition)]
    for item in sets:
        item.withhold_small()
    changed = True
    while changed:
        changed = False
        for item in sets:
            if additive and not item.omitted:
                changed |= _close_set(item)
        for partition in partitions:
            for option in total.counts:
                changed |= _close_option(total, partition, option)


def _close_set(item: ResultSet) -> bool:
    """Withhold more options of a set until what is withheld cannot be worked out from the base; True when it did."""
    changed = False
    while item.hidden and (len(item.hidden) < 2 or sum(item.counts[option] for option in item.hidden) < SMALLEST):
        still_open = [option for option in item.counts if option not in item.hidden]
        if not still_open:
            break
        item.hidden.add(min(still_open, key=lambda option: (item.counts[option] == 0, item.counts[option])))
        changed = True
    return changed


def _close_option(total: ResultSet, partition: Sequence[ResultSet], option: str) -> bool:
    """Withhold an option in more sets until the total less the others tells nothing; True when it did."""
    changed = False
    while True:
        secret = [item for item in partition if item.is_secret(option)]
        if total.is_open(option) and not any(item.is_open(option) for item in partition):
            safe = True  # nothing to subtract from the total
        elif total.is_open(option):
            safe = not secret or (len(secret) >= 2 and sum(item.counts[option] for item in secret) >= SMALLEST)
        else:
            safe = bool(secret)
        if safe:
            return changed
        still_open = [item for item in partition if item.is_open(option) and item.counts[option] > 0]
        if still_open:
            min(still_open, key=lambda item: item.counts[option]).hidden.add(option)
        elif total.is_open(option):
            total.hidden.add(option)
        else:
            return changed
        changed = True
