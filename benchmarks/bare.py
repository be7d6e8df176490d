"""The yardstick: DuckDB reads every cell of a CSV file as text and does nothing with it.

python -m benchmarks.bare FILE
"""

from __future__ import annotations

import sys

import duckdb


def main(path: str) -> int:
    """Read `path` once, touching every cell of every column."""
    text = path.replace("'", "''")
    reader = f"read_csv('{text}', all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"')"
    connection = duckdb.connect()
    connection.execute(f"select max(hash(columns(*))) from {reader}").fetchall()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
