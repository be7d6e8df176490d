"""What a change is called, how changes are counted, and what stops a comparison or the applying of changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from circledata.standard.model import Language, Text

VERSION = "1.0"
"""Version of the form of changes files."""
KINDS = (
    "id-reused",
    "id-reminted",
    "removed",
    "closed",
    "opened",
    "added",
    "recategorised",
    "renamed",
    "moved",
    "changed",
)
"""Every kind of change, what matters most first; what each means stands in the code list change-kinds."""
ERRORS = frozenset({"id-reused"})
WARNINGS = frozenset({"id-reminted"})
MOVED_FROM_M = 20
"""A place that lies farther than this many metres from where it was has moved; a smaller difference is a correction of
the point. Own choice, the same distance within which the rule CD424 takes two records for one place."""


class ChangesError(Exception):
    """Two packages cannot be compared, or changes cannot be applied; `text` says why, nothing was written."""

    exit_code = 2

    def __init__(self, zh: str, en: str) -> None:
        self.text = Text(zh, en)
        super().__init__(en)

    def in_language(self, language: Language) -> str:
        """Say the problem in `language`."""
        return self.text.in_language(language)


@dataclass(frozen=True)
class ChangeCounts:
    """How many records changed. A record that changed in two ways counts under both kinds, and once in `records`.

    `kinds`: changed records by table and kind. `records`: changed records by table. `other`: changes that are of no
    record: boundaries, the descriptor, other files. `lines`: lines of the changes file after its head.
    """

    kinds: Mapping[tuple[str, str], int] = field(default_factory=dict)
    records: Mapping[str, int] = field(default_factory=dict)
    other: Mapping[str, int] = field(default_factory=dict)
    lines: int = 0

    def of(self, kind: str) -> int:
        """Return the number of changed records of one kind, in all tables together."""
        return sum(count for (_, name), count in self.kinds.items() if name == kind)

    @property
    def errors(self) -> int:
        """Ids that now stand for another thing."""
        return sum(self.of(kind) for kind in ERRORS)

    @property
    def warnings(self) -> int:
        """Records that only got a new id."""
        return sum(self.of(kind) for kind in WARNINGS)

    @property
    def total(self) -> int:
        """All changes: records, boundaries, descriptor and files."""
        return sum(self.records.values()) + sum(self.other.values())
