"""Suggests a mapping for an unknown file: what each column may be, with the reasons and the doubts."""

from circledata.convert.suggest.model import FieldSuggestion, Suggestion, TableSuggestion
from circledata.convert.suggest.run import suggest, suggest_mapping

__all__ = ["FieldSuggestion", "Suggestion", "TableSuggestion", "suggest", "suggest_mapping"]
