"""The portable SQL subset of the standard as sqlglot sees it: the tests refuse everything that is not named here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.tokens import TokenType

from circledata.standard.model import Function, Rule

_FUNCTIONS = """
abs coalesce nullif least greatest length substr lower upper trim replace concat concat_ws round floor ceil sqrt
sin cos atan2 asin radians pi power mod cast extract datediff count sum min max avg median string_agg row_number
regexp_matches strpos
"""
_WORDS = """
and or not in exists case when then else end as select from where join on using having by over between union all
distinct with partition order group left inner cross is
"""
_NODES = """
Select From Subquery Table TableAlias Alias Column Identifier Star Join Where Group Having Order Ordered Limit With
CTE Union And Or Not Paren In Between Is Null Boolean Literal Placeholder Case If Exists Distinct Var
EQ NEQ LT LTE GT GTE Add Sub Mul Div Neg DPipe Window WindowSpec RowNumber Cast DataType Extract DateDiff
Abs Coalesce Nullif Least Greatest Length Substring Lower Upper Trim Replace Concat ConcatWs Round Floor Ceil Sqrt
Sin Cos Atan2 Asin Radians Pi Pow Mod Count Sum Min Max Avg Median GroupConcat RegexpLike StrPosition
"""
FUNCTIONS = frozenset(_FUNCTIONS.split())
"""The functions that spec/README.md names, by the name that a rule writes."""
WORDS = frozenset(_WORDS.split())
"""Words that may stand before a bracket without being a function."""
NODES = frozenset(_NODES.split())
"""The kinds of node that a rule's tree may hold."""
ANY_TABLE, ANY_COLUMN = "any_table", "any_column"
"""Names that stand for the table of a rule about all tables and for `{column}`."""
TYPES = frozenset({"INT", "BIGINT", "DOUBLE", "TEXT", "VARCHAR", "DATE", "BOOLEAN"})
PARAMETERS = frozenset({"as_of", "division_code", "profile", "coordinate_system"})
EXTRACTED = frozenset({"YEAR", "MONTH", "DAY"})


@dataclass(frozen=True)
class Statement:
    """One SELECT that a rule asks for, and what it was made of."""

    rule: str
    sql: str


def statements(rule: Rule) -> Iterator[Statement]:
    """Yield every SELECT that a rule stands for, with `{column}` filled by a name that is no column of the standard."""
    if rule.query:
        yield Statement(rule.code, rule.query.rstrip().rstrip(";"))
        return
    if not rule.when:
        return
    items = ", ".join([f"{value} as p_{key}" for key, value in rule.params.items()] or ["1 as nothing"])
    table = ANY_TABLE if rule.table == "*" else rule.table
    wrong = f"({rule.gate}) and ({rule.when})" if rule.gate else rule.when
    text = f"select {items} from {table} {rule.join or ''} where {wrong}"
    yield Statement(rule.code, text.replace("{column}", ANY_COLUMN))


def parse(sql: str) -> exp.Expr:
    """Parse one statement as DuckDB reads it; sqlglot's ParseError when it is none."""
    return sqlglot.parse_one(_dollars(sql), dialect="duckdb")


def _dollars(sql: str) -> str:
    """Write `:as_of` as `$as_of`: sqlglot takes a colon after a word for DuckDB's way of naming a column in front."""
    return re.sub(rf"(?<![:\w]):({'|'.join(sorted(PARAMETERS))})\b", r"$\1", sql)


def problems(sql: str, named: Iterable[str] = ()) -> list[str]:
    """Return everything in a statement that is outside the subset; `named` are the standard's own functions."""
    found = [*_in_text(sql, frozenset(named))]
    for node in parse(sql).walk():
        found.extend(_in_node(node, frozenset(named)))
    return sorted(set(found))


def _in_text(sql: str, named: frozenset[str]) -> Iterator[str]:
    before = ""
    for token, following in pairwise(sqlglot.tokenize(_dollars(sql), dialect="duckdb")):
        word = token.text.lower()
        if token.token_type == TokenType.DCOLON:
            yield "cast with ::"
        called = following.token_type == TokenType.L_PAREN and token.token_type != TokenType.STRING
        known = word in FUNCTIONS | named | WORDS or before in {"with", "as"}
        if called and not known and re.fullmatch("[a-z_][a-z0-9_]*", word):
            yield f"function {word}"
        before = word


def _in_node(node: exp.Expr, named: frozenset[str]) -> Iterator[str]:
    kind = type(node).__name__
    if isinstance(node, exp.Anonymous):
        if node.name.lower() not in named:
            yield f"function {node.name.lower()}"
        return
    if isinstance(node, exp.Identifier) and node.quoted:
        yield f"quoted identifier {node.name}"
    if isinstance(node, exp.DataType) and node.this.name not in TYPES:
        yield f"type {node.this.name}"
    if isinstance(node, exp.Placeholder) and node.name not in PARAMETERS:
        yield f"parameter {node.name}"
    if isinstance(node, exp.Extract) and node.name.upper() not in EXTRACTED:
        yield f"extract {node.name}"
    if isinstance(node, exp.Column) and node.args.get("db"):
        yield f"column {node.sql()} with a schema"
    if isinstance(node, exp.Join) and (node.method or node.side or node.kind) not in {"", "LEFT", "INNER", "CROSS"}:
        yield f"{node.method or node.side or node.kind} join".lower()
    if isinstance(node, exp.RegexpLike):
        yield from _in_pattern(node.expression)
    if kind not in NODES:
        yield f"syntax {kind}"


_CLASSES = re.compile(r"\\[dDwWsSbB]|\(\?[=!<]|\(\?P|\\p|\[:")


def _in_pattern(pattern: exp.Expr) -> Iterator[str]:
    """A regular expression is written out: a literal without classes that mean one thing in RE2 and another in Java."""
    if not isinstance(pattern, exp.Literal):
        yield "computed regular expression"
    elif _CLASSES.search(pattern.name):
        yield f"regular expression {pattern.name}"


def expand(tree: exp.Expr, functions: Mapping[str, Function]) -> exp.Expr:
    """Replace calls of named functions by their SQL, also inside one another."""

    def replaced(node: exp.Expr) -> exp.Expr:
        if not isinstance(node, exp.Anonymous) or node.name.lower() not in functions:
            return node
        function = functions[node.name.lower()]
        given = dict(zip(function.parameters, node.expressions, strict=True))
        body = parse(f"select {function.sql}").selects[0]
        body = expand(body.copy(), functions)

        def argument(inner: exp.Expr) -> exp.Expr:
            if isinstance(inner, exp.Column) and not inner.table and inner.name in given:
                return exp.paren(expand(given[inner.name].copy(), functions))
            return inner

        return exp.paren(body.transform(argument))

    return tree.transform(replaced)


def to_spark(sql: str, functions: Mapping[str, Function]) -> str:
    """Return a statement as Spark SQL, named functions written out; UnsupportedError when Spark has no word for it."""
    tree = expand(parse(sql), functions)
    return tree.sql(dialect="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)


def tables_read(sql: str) -> set[str]:
    """Return the tables that a statement reads, with their schema; names of its own WITH clauses are left out."""
    tree = parse(sql)
    own = {cte.alias_or_name for cte in tree.find_all(exp.CTE)}
    found = set()
    for table in tree.find_all(exp.Table):
        name = f"{table.db}.{table.name}" if table.db else table.name
        if name not in own:
            found.add(name)
    return found


def shipped(root: Path) -> list[Path]:
    """Return the rule files of the standard and of its extensions."""
    return sorted([*root.glob("1.0/rules/*/*.yaml"), *root.glob("extensions/*/*/rules/*/*.yaml")])


__all__ = [
    "ANY_COLUMN",
    "ANY_TABLE",
    "FUNCTIONS",
    "NODES",
    "Statement",
    "expand",
    "parse",
    "problems",
    "shipped",
    "statements",
    "tables_read",
    "to_spark",
]
