"""Findings and how they are worded: what was found stands apart from how it is said."""

from circledata.findings.model import LEVELS, Finding, Level, at_or_above
from circledata.findings.privacy import redact
from circledata.findings.wording import Wording, fix, lines_and_column, location, message, title

__all__ = [
    "LEVELS",
    "Finding",
    "Level",
    "Wording",
    "at_or_above",
    "fix",
    "lines_and_column",
    "location",
    "message",
    "redact",
    "title",
]
