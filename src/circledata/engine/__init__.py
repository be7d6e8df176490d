"""The engine: loads tables into one DuckDB session, runs every rule there, and yields the findings."""

from circledata.engine.outcome import Outcome
from circledata.engine.run import run_rules
from circledata.engine.session import Session

__all__ = ["Outcome", "Session", "run_rules"]
