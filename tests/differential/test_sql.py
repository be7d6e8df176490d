"""Every rule's SQL stays in the portable subset, says truly what it reads, and can be written as Spark SQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import portable
import pytest
import sqlglot
import yaml

from circledata.standard import spec_root
from circledata.standard.generate import names_of
from circledata.standard.load import rule_from
from circledata.standard.model import Function, Rule

ROOT = spec_root()
NAMES = names_of(ROOT / "1.0")
"""Fills in the numbers that a rule takes from an assessment profile."""


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def rule_of(path: Path) -> Rule:
    raw = read(path)
    if "query" in raw:
        raw["query"] = NAMES.fill(raw["query"], raw["table"], "zh")
    return rule_from({"family": path.parent.name, **raw})


RULES = [rule for path in portable.shipped(ROOT) if (rule := rule_of(path)).check is None]
FUNCTIONS = {
    entry["name"]: Function(entry["name"], tuple(entry["parameters"]), entry["sql"])
    for entry in read(ROOT / "1.0" / "functions.yaml")
}
STATEMENTS = [pytest.param(rule, statement, id=rule.name) for rule in RULES for statement in portable.statements(rule)]


@pytest.mark.parametrize(("rule", "statement"), STATEMENTS)
def test_rule_stays_in_the_portable_subset(rule: Rule, statement: portable.Statement) -> None:
    assert portable.problems(statement.sql, FUNCTIONS) == []


@pytest.mark.parametrize(("rule", "statement"), STATEMENTS)
def test_rule_can_be_written_as_spark_sql(rule: Rule, statement: portable.Statement) -> None:
    spark = portable.to_spark(statement.sql, FUNCTIONS)
    again = sqlglot.parse_one(spark, dialect="spark")
    assert again.sql(dialect="spark") == spark
    left = {node.name.lower() for node in again.find_all(sqlglot.exp.Anonymous)}
    assert not left & set(FUNCTIONS), "a named function is unknown to Spark and must be written out"


@pytest.mark.parametrize(("rule", "statement"), STATEMENTS)
def test_needs_are_the_tables_that_the_sql_reads(rule: Rule, statement: portable.Statement) -> None:
    read_by_sql = portable.tables_read(statement.sql) - {rule.table, portable.ANY_TABLE}
    assert read_by_sql == set(rule.needs) | set(rule.optional)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_named_function_is_a_portable_expression_of_its_parameters(name: str) -> None:
    function = FUNCTIONS[name]
    order = list(FUNCTIONS)
    sql = f"select {function.sql}"
    assert portable.problems(sql, order[: order.index(name)]) == [], "a function may use those above it only"
    columns = {column.name for column in portable.parse(sql).find_all(sqlglot.exp.Column)}
    assert columns <= set(function.parameters)
    spark = portable.to_spark(f"select {name}({', '.join(function.parameters)}) from t", FUNCTIONS)
    assert sqlglot.parse_one(spark, dialect="spark").sql(dialect="spark") == spark


REFUSED = {
    "lambda": ("select list_transform(x, lambda a: a + 1) from t", "function list_transform"),
    "list": ("select [1, 2] from t", "syntax Array"),
    "struct": ("select {'a': 1} from t", "syntax Struct"),
    "qualify": ("select a from t qualify row_number() over (order by a) = 1", "syntax Qualify"),
    "short cast": ("select a::integer from t", "cast with ::"),
    "quoted name": ('select "a" from t', "quoted identifier a"),
    "own function": ("select levenshtein(a, 'x') from t", "function levenshtein"),
    "try_cast": ("select try_cast(a as date) from t", "syntax TryCast"),
    "full match": ("select regexp_full_match(a, 'x') from t", "function regexp_full_match"),
    "class of digits": (r"select regexp_matches(a, '^\d$') from t", r"regular expression ^\d$"),
    "look ahead": ("select regexp_matches(a, '^(?!x)$') from t", "regular expression ^(?!x)$"),
    "built pattern": ("select regexp_matches(a, b || '$') from t", "computed regular expression"),
    "asof join": ("select a from t asof join u using (a)", "asof join"),
    "hour": ("select extract(hour from a) from t", "extract HOUR"),
    "type": ("select cast(a as hugeint) from t", "type INT128"),
    "parameter": ("select a from t where a = $today", "parameter today"),
    "exclude": ("select * exclude (a) from t", "function exclude"),
    "columns of a pattern": ("select max(columns('a.*')) from t", "function columns"),
    "sample": ("select a from t using sample 10", "syntax TableSample"),
    "pivot": ("pivot t on a using sum(b)", "syntax Pivot"),
    "full outer join": ("select a from t full join u on t.a = u.a", "full join"),
}


@pytest.mark.parametrize(("sql", "problem"), REFUSED.values(), ids=list(REFUSED))
def test_what_is_outside_the_subset_is_refused(sql: str, problem: str) -> None:
    assert problem in portable.problems(sql)


def test_readme_names_the_functions_that_are_allowed() -> None:
    text = (ROOT / "README.en.md").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("- Functions: `abs`"))
    assert set(line.removeprefix("- Functions: ").rstrip(".").replace("`", "").split()) == portable.FUNCTIONS


def test_named_function_inside_another_is_written_out() -> None:
    functions = {
        "double": Function("double", ("x",), "x * 2"),
        "fourfold": Function("fourfold", ("x",), "double(double(x))"),
    }
    spark = portable.to_spark("select fourfold(a + 1) from t", functions)
    assert spark == "SELECT ((((((a + 1)) * 2)) * 2)) FROM t"
