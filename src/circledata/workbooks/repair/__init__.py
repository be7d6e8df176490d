"""Repairs what cannot change meaning and lists each change; everything else is left to a person."""

from circledata.workbooks.repair.model import Repair
from circledata.workbooks.repair.run import repair

__all__ = ["Repair", "repair"]
