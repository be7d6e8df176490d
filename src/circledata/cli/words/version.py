"""The words of `circledata version`."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "version": ("显示工具和标准的版本。", "Show the versions of tool and standard."),
    "version-about": (
        "显示工具的版本，以及它带有的标准和扩展的版本。",
        "Show the version of the tool, and the versions of the standard and its extensions that it carries.",
    ),
    "version-tool": ("circledata {version}", "circledata {version}"),
    "version-spec": ("标准 {versions}", "standard {versions}"),
    "version-extension": ("扩展 {name} {versions}", "extension {name} {versions}"),
    "version-runtime": ("Python {python}，DuckDB {duckdb}", "Python {python}, DuckDB {duckdb}"),
}
