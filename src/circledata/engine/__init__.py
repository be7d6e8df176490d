"""The engine: loads tables into one DuckDB session, runs every rule there, and yields the findings."""

from circledata.engine.outcome import Outcome
from circledata.engine.parallel import side_by_side
from circledata.engine.run import prepare, run_rules
from circledata.engine.session import Session

__all__ = ["Outcome", "Session", "prepare", "run_rules", "side_by_side"]
