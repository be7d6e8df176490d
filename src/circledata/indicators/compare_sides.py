"""The sides of a comparison and their names: packages, or the places of packages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from circledata.findings.privacy import redact
from circledata.indicators.compare_model import Side
from circledata.indicators.model import Figures
from circledata.sources.errors import UsageError
from circledata.standard.model import Language, Text

MESSAGES: dict[str, Text] = {
    "compare-one": Text(
        "只有一个，没有可以比较的。请给出两个以上的数据包，或者用 --by circle、--by division 比较同一个包里的地方。",
        "There is only one, and nothing to compare it with. Give two or more packages, or compare the places of one "
        "with --by circle or --by division.",
    ),
    "compare-none": Text("没有可以比较的地方。", "There are no places to be compared."),
}


class CompareError(UsageError):
    """Nothing that could be compared."""

    def in_language(self, language: Language) -> str:
        """Say the problem in `language`."""
        return MESSAGES[self.code].in_language(language).format(**self.params)


def sides_of(figures: Sequence[Figures]) -> list[Side]:
    """Return the sides in the order given, places in the order of their codes; CompareError when fewer than two.

    The place with the empty code holds what belongs to no place, so it is none.
    """
    several = len(figures) > 1
    labels = _unlike([short_label(one.label) for one in figures])
    sides = []
    for one, label in zip(figures, labels, strict=True):
        if one.scope == "package":
            sides.append(Side(label, one, None, None))
            continue
        for place in one.places:
            if place.code:
                name = place.name or place.code
                sides.append(Side(f"{label} · {name}" if several else name, one, place.code, place.name))
    if len(sides) < 2:
        raise CompareError("compare-one" if sides else "compare-none")
    names = _told_apart(sides)
    return [Side(name, side.figures, side.place, side.place_name) for name, side in zip(names, sides, strict=True)]


def short_label(label: str) -> str:
    """Return the last part of a path, which is what people call a package, without the descriptor and personal data."""
    parts = [part for part in label.replace("\\", "/").split("/") if part not in {"", "."}]
    if len(parts) > 1 and parts[-1] == "datapackage.json":
        parts.pop()
    return redact(parts[-1] if parts else label)


def _told_apart(sides: Sequence[Side]) -> list[str]:
    """Add the codes of places whose names occur twice."""
    counted = Counter(side.name for side in sides)
    return _unlike(
        [f"{side.name} ({side.place})" if counted[side.name] > 1 and side.place else side.name for side in sides]
    )


def _unlike(names: Sequence[str]) -> list[str]:
    """Number the names that occur more than once."""
    counted, seen = Counter(names), Counter[str]()
    found = []
    for name in names:
        seen[name] += 1
        found.append(f"{name} [{seen[name]}]" if counted[name] > 1 else name)
    return found
