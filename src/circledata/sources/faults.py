"""The faults that the reader itself finds, by the name of their rule; the wording stands in the rules' own files."""

from __future__ import annotations

from circledata.findings.model import Finding, Level, Scalar

CODES: dict[str, tuple[str, Level]] = {
    "descriptor-missing": ("CD101", "error"),
    "descriptor-not-json": ("CD102", "error"),
    "descriptor-invalid": ("CD103", "error"),
    "resource-missing": ("CD104", "error"),
    "table-twice": ("CD105", "error"),
    "path-unsafe": ("CD106", "error"),
    "path-remote": ("CD107", "error"),
    "link-leaves-package": ("CD108", "error"),
    "hash-differs": ("CD109", "error"),
    "size-differs": ("CD110", "error"),
    "archive-encrypted": ("CD111", "error"),
    "archive-over-limit": ("CD112", "error"),
    "archive-damaged": ("CD113", "error"),
    "workbook-damaged": ("CD114", "error"),
    "workbook-protected": ("CD115", "error"),
    "formula-without-value": ("CD116", "error"),
    "table-unknown": ("CD117", "warning"),
    "no-table": ("CD118", "error"),
    "package-sheet-missing": ("CD119", "error"),
    "version-unknown": ("CD120", "error"),
    "extension-unknown": ("CD121", "warning"),
    "file-not-listed": ("CD122", "advice"),
    "descriptor-duplicate-key": ("CD123", "error"),
    "file-empty": ("CD130", "error"),
    "table-without-records": ("CD131", "warning"),
    "encoding-not-utf8": ("CD132", "error"),
    "encoding-as-declared-fails": ("CD133", "error"),
    "byte-invalid": ("CD134", "error"),
    "nul-character": ("CD135", "error"),
    "line-ends-irregular": ("CD136", "warning"),
    "blank-line": ("CD137", "warning"),
    "row-short": ("CD138", "error"),
    "row-long": ("CD139", "error"),
    "quote-unclosed": ("CD140", "error"),
    "quote-misplaced": ("CD141", "error"),
    "quote-stray": ("CD142", "warning"),
    "header-not-found": ("CD143", "error"),
    "header-not-first": ("CD144", "error"),
    "header-duplicate": ("CD145", "error"),
    "header-empty": ("CD146", "error"),
    "column-missing": ("CD147", "error"),
    "column-unknown": ("CD148", "error"),
    "delimiter-not-comma": ("CD149", "error"),
    "cell-too-long": ("CD150", "error"),
    "columns-too-many": ("CD151", "error"),
    "geojson-not-json": ("CD152", "error"),
    "geojson-invalid": ("CD153", "error"),
    "encoding-suspected-big5": ("CD154", "error"),
    "input-over-limit": ("CD155", "error"),
    "header-is-title": ("CD156", "error"),
    "value-understood": ("CD157", "advice"),
    "totals-row": ("CD158", "advice"),
    "column-extra": ("CD159", "advice"),
    "leading-zero-lost": ("CD160", "warning"),
    "digits-lost": ("CD161", "error"),
    "feed-not-json": ("CD162", "error"),
    "feed-invalid": ("CD163", "error"),
    "feed-file-missing": ("CD164", "error"),
    "feed-size-differs": ("CD165", "error"),
    "feed-hash-differs": ("CD166", "error"),
    "feature-invalid": ("CD167", "error"),
    "geometry-not-rfc7946": ("CD168", "error"),
    "geometry-not-wgs84": ("CD169", "error"),
}
"""Code and level by rule name; a test holds this in step with `spec/1.0/rules/structure/`."""


def fault(
    rule: str,
    /,
    *,
    table: str | None = None,
    file: str | None = None,
    sheet: str | None = None,
    row: int | None = None,
    column: str | None = None,
    column_number: int | None = None,
    value: str | None = None,
    **params: Scalar,
) -> Finding:
    """Make the finding of the reader's rule `rule`; further keywords become the wording's params."""
    code, level = CODES[rule]
    return Finding(code, level, table, file, sheet, row, column, column_number, value, params)


def too_large(file: str, limit: int, actual: int, table: str | None = None) -> Finding:
    """Make the finding that a file has more bytes than are read."""
    zh, en = "文件字节数", "The size of the file in bytes"
    return fault(
        "input-over-limit", table=table, file=file, limit=limit, actual=actual, what="bytes", what_zh=zh, what_en=en
    )
