"""The tag expressions of `circledata.values.tags`, under the name by which the converters know them."""

from circledata.values.tags import ANY, Expression, Index, Match, parse, values_of

__all__ = ["ANY", "Expression", "Index", "Match", "parse", "values_of"]
