"""Every indicator's SQL stays in the portable subset, reads what it says it needs, and can be written as Spark SQL."""

from __future__ import annotations

import portable
import pytest
import sqlglot

from circledata.indicators.places import TABLES
from circledata.standard import load_standard
from circledata.standard.model import Function, Indicator

STANDARD = load_standard()
FUNCTIONS = {function.name: function for function in STANDARD.functions}
READABLE = {*(f"placed.{table}" for table in TABLES), "placed.kinds", "categories", "codes.categories"}
COLUMNS = {"place", "item", "numerator", "denominator", "known", "records", "reason"}
INDICATORS = [pytest.param(indicator, id=name) for name, indicator in STANDARD.indicators.items()]


@pytest.mark.parametrize("indicator", INDICATORS)
def test_indicator_stays_in_the_portable_subset(indicator: Indicator) -> None:
    assert portable.problems(indicator.sql, FUNCTIONS) == []


@pytest.mark.parametrize("indicator", INDICATORS)
def test_indicator_can_be_written_as_spark_sql(indicator: Indicator) -> None:
    spark = portable.to_spark(indicator.sql, FUNCTIONS)
    assert sqlglot.parse_one(spark, dialect="spark").sql(dialect="spark") == spark


@pytest.mark.parametrize("indicator", INDICATORS)
def test_indicator_reads_what_it_needs_and_nothing_else(indicator: Indicator) -> None:
    read = portable.tables_read(indicator.sql)
    assert read <= READABLE
    needed = {f"placed.{need.partition('.')[0]}" for need in indicator.needs}
    assert needed <= read | {"placed.outlets" if "placed.kinds" in read else ""}
    columns = {column.name for column in portable.parse(indicator.sql).find_all(sqlglot.exp.Column)}
    assert {need.partition(".")[2] for need in indicator.needs} - {""} <= columns


@pytest.mark.parametrize("indicator", INDICATORS)
def test_indicator_gives_the_columns_that_it_must(indicator: Indicator) -> None:
    given = portable.parse(indicator.sql).named_selects
    assert set(given) <= COLUMNS
    assert {"place", "numerator", "known", "records"} <= set(given)
    assert ("item" in given) == (indicator.by is not None)
    assert ("denominator" in given) == (indicator.denominator is not None)


def test_a_statement_outside_the_subset_is_told() -> None:
    assert portable.problems("select place, list(category) as numerator from placed.outlets group by all") != []
    assert portable.to_spark(
        "select distance_m(a, b, c, d) from t", {"distance_m": Function("distance_m", tuple("wxyz"), "w")}
    )
