"""The lines of a changes file that tell of records, made by the database as text."""

from __future__ import annotations

import json
from collections.abc import Iterator

from circledata.engine import Session, sql
from circledata.feeds.changes.match import Matched, Pair, runs_sql
from circledata.feeds.changes.model import KINDS
from circledata.feeds.changes.rebuild import BATCH
from circledata.feeds.changes.reminted import REMINTED
from circledata.feeds.changes.sides import NEW, OLD, ROW

RUNS = 1_000
"""Runs of the order that stand on one line."""
NAMES = ("name", "recipient_name", "text", "description")
"""Columns that tell a person what a record is, the first that a table has."""
LONGEST_NAME = 80


def compact(content: object) -> str:
    """Return JSON on one line."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # Half of a surrogate pair, which a JSON file may hold, cannot be written in UTF-8.
    return text if text.isprintable() or _writable(text) else json.dumps(content, separators=(",", ":"))


def _writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def record_lines(session: Session, pair: Pair) -> Iterator[str]:
    """Yield a line for each changed record: first those removed, then the others in the order of the new package."""
    cursor = session.connection.cursor()
    try:
        cursor.execute(f"SELECT line FROM ({lines_sql(pair)}) ORDER BY new_row NULLS FIRST, old_row")
        while batch := cursor.fetchmany(BATCH):
            for (line,) in batch:
                yield line
    finally:
        cursor.close()


def lines_sql(pair: Pair, condition: str = "true", more: str = "") -> str:
    """Return a query of `line`, `old_row` and `new_row` of the changed records under a condition on their kinds `d`.

    `more`: another column of the kinds to be there.
    """
    kinds = " || ".join(
        f"CASE WHEN d.{sql.name(kind)} THEN {sql.text(',' + compact(kind))} ELSE '' END" for kind in KINDS
    )
    start = sql.text('{"type":"record","table":' + compact(pair.name) + ',"kinds":[')
    parts = [
        start,
        f"substr({kinds}, 2)",
        """'],"key":{'""",
        _key(pair),
        "'}'",
        """CASE WHEN d.n > 1 THEN ',"n":' || d.n ELSE '' END""",
        _name(pair),
        """CASE WHEN d.old_row IS NULL THEN ',"row":' || d.new_row ELSE '' END""",
        """CASE WHEN d.metres IS NOT NULL THEN ',"metres":' || d.metres ELSE '' END""",
        _twin(pair),
        _record(pair),
        _fields(pair),
        "'}'",
    ]
    joins = ""
    if pair.old:
        joins += f" LEFT JOIN {pair.cells(OLD)} o ON o.{sql.name(ROW)} = d.old_row"
    if pair.new:
        joins += f" LEFT JOIN {pair.cells(NEW)} n ON n.{sql.name(ROW)} = d.new_row"
    text = " || ".join(part for part in parts if part)
    picked = f"{text} AS line, d.old_row, d.new_row{', ' + more if more else ''}"
    return f"SELECT {picked} FROM {pair.work('kinds')} d{joins} WHERE {condition}"


def _cell(pair: Pair, column: str) -> str:
    """SQL of a cell as it is now, or was where the record is gone."""
    name = sql.name(column)
    if pair.new is None:
        return f"o.{name}"
    return f"n.{name}" if pair.old is None else f"CASE WHEN d.new_row IS NULL THEN o.{name} ELSE n.{name} END"


def _json(text: str) -> str:
    return f"CAST(to_json({text}) AS VARCHAR)"


def _member(column: str, value: str) -> str:
    return f"{sql.text(',' + compact(column) + ':')} || {value}"


def _key(pair: Pair) -> str:
    """The key columns; without a primary key only the filled ones, and none of what is added: its record has them."""
    if not pair.keyless:
        items = [_member(column, _json(f"coalesce({_cell(pair, column)}, '')")) for column in pair.key]
        return f"substr({' || '.join(items)}, 2)"
    items = [
        f"CASE WHEN {_cell(pair, column)} IS NOT NULL THEN {_member(column, _json(_cell(pair, column)))} ELSE '' END"
        for column in pair.key
    ]
    joined = " || ".join(items) or "''"
    return f"CASE WHEN d.old_row IS NULL THEN '' ELSE substr({joined}, 2) END"


def _name(pair: Pair) -> str:
    found = next((column for column in NAMES if column in pair.common), None)
    if found is None or found in pair.key:
        return ""
    text = f"nullif(trim(substr({_cell(pair, found)}, 1, {LONGEST_NAME})), '')"
    return f"""coalesce(',"name":' || {_json(text)}, '')"""


def _twin(pair: Pair) -> str:
    if pair.name not in REMINTED or not (pair.old and pair.new):
        return ""
    return """coalesce(',"twin":' || d.twin, '')"""


def _record(pair: Pair) -> str:
    """The filled cells of an added record."""
    if pair.new is None:
        return ""
    items = [
        f"CASE WHEN n.{sql.name(column)} IS NOT NULL THEN {_member(column, _json('n.' + sql.name(column)))} ELSE '' END"
        for column in pair.new.columns
    ]
    return f"""CASE WHEN d.old_row IS NULL THEN ',"record":{{' || substr({" || ".join(items)}, 2) || '}}' ELSE '' END"""


def _fields(pair: Pair) -> str:
    """The cells of a record on both sides that differ; an empty cell is an empty text."""
    if not (pair.old and pair.new):
        return ""
    items = []
    for column in pair.new.columns:
        name = sql.name(column)
        old = f"o.{name}" if column in pair.old.columns else "CAST(NULL AS VARCHAR)"
        change = _change(old, f"n.{name}")
        items.append(f"CASE WHEN {old} IS DISTINCT FROM n.{name} THEN {_member(column, change)} ELSE '' END")
    return (
        "CASE WHEN d.old_row IS NOT NULL AND d.new_row IS NOT NULL "
        f"""THEN ',"fields":{{' || substr({" || ".join(items)}, 2) || '}}' ELSE '' END"""
    )


def _change(old: str, new: str) -> str:
    before, after = (_json(f"coalesce({text}, '')") for text in (old, new))
    return f"""'{{"old":' || {before} || ',"new":' || {after} || '}}'"""


def table_line(pair: Pair) -> str | None:
    """Return the line that tells of a table that appeared or vanished, or whose columns did; None where nothing did."""
    kind = "added" if pair.old is None else "removed" if pair.new is None else "changed"
    if kind == "changed" and not pair.fresh and not pair.gone:
        return None
    line: dict[str, object] = {"type": "table", "table": pair.name, "kinds": [kind]}
    if kind == "changed":
        line["columns"] = {"added": list(pair.fresh), "removed": list(pair.gone)}
    return compact(line)


def order_lines(session: Session, pair: Pair, matched: Matched) -> Iterator[str]:
    """Yield the order of the records that stayed, where it is another one than before."""
    if matched.ordered:
        return
    cursor = session.connection.cursor()
    try:
        cursor.execute(runs_sql(pair))
        while batch := cursor.fetchmany(RUNS):
            yield compact({"type": "order", "table": pair.name, "runs": [list(run) for run in batch]})
    finally:
        cursor.close()
