"""Changes between two packages: what happened to which record, and the new package made of the old one and them."""

from circledata.feeds.changes.apply import apply
from circledata.feeds.changes.compare import Changes, diff, write_changes
from circledata.feeds.changes.model import ERRORS, KINDS, WARNINGS, ChangeCounts, ChangesError

__all__ = ["ERRORS", "KINDS", "WARNINGS", "ChangeCounts", "Changes", "ChangesError", "apply", "diff", "write_changes"]
