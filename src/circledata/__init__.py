"""circledata: the open data standard of China's 15-minute living circles, and the tool that checks it.

>>> from circledata import validate
>>> report = validate("examples/demo-district")  # doctest: +SKIP
>>> report.valid  # doctest: +SKIP
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from circledata.version import __version__

if TYPE_CHECKING:
    from circledata.api import validate
    from circledata.convert import Conversion, ConversionError, convert_files
    from circledata.convert.export import export_package, import_package
    from circledata.feeds import Published, Refused
    from circledata.feeds.changes import Changes, diff
    from circledata.feeds.changes import apply as apply_changes
    from circledata.feeds.manifest import write_manifest
    from circledata.findings import Finding, fix, location, message
    from circledata.findings.report import Report
    from circledata.indicators import Figure, Figures
    from circledata.indicators import figures_of as figures
    from circledata.indicators.assess import assess
    from circledata.reports.publishing import publish
    from circledata.reports.scoreboard import aggregate
    from circledata.standard import Standard, load_standard
    from circledata.workbooks.repair import Repair, repair
    from circledata.workbooks.template import Template, write_template

_HOMES = {
    "aggregate": "circledata.reports.scoreboard",
    "validate": "circledata.api",
    "Conversion": "circledata.convert",
    "ConversionError": "circledata.convert",
    "convert_files": "circledata.convert",
    "export_package": "circledata.convert.export",
    "import_package": "circledata.convert.export",
    "Report": "circledata.findings.report",
    "Figure": "circledata.indicators",
    "Figures": "circledata.indicators",
    "figures": "circledata.indicators:figures_of",
    "assess": "circledata.indicators.assess",
    "Changes": "circledata.feeds.changes",
    "diff": "circledata.feeds.changes",
    "apply_changes": "circledata.feeds.changes:apply",
    "Finding": "circledata.findings",
    "message": "circledata.findings",
    "fix": "circledata.findings",
    "location": "circledata.findings",
    "Standard": "circledata.standard",
    "load_standard": "circledata.standard",
    "Published": "circledata.feeds",
    "Refused": "circledata.feeds",
    "publish": "circledata.reports.publishing",
    "write_manifest": "circledata.feeds.manifest",
    "Repair": "circledata.workbooks.repair",
    "repair": "circledata.workbooks.repair",
    "Template": "circledata.workbooks.template",
    "write_template": "circledata.workbooks.template",
}

__all__ = [
    "Changes",
    "Conversion",
    "ConversionError",
    "Figure",
    "Figures",
    "Finding",
    "Published",
    "Refused",
    "Repair",
    "Report",
    "Standard",
    "Template",
    "__version__",
    "aggregate",
    "apply_changes",
    "assess",
    "convert_files",
    "diff",
    "export_package",
    "figures",
    "fix",
    "import_package",
    "load_standard",
    "location",
    "message",
    "publish",
    "repair",
    "validate",
    "write_manifest",
    "write_template",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `circledata --help` does not wait for the engine."""
    if name not in _HOMES:
        raise AttributeError(f"module 'circledata' has no attribute {name!r}")
    from importlib import import_module

    home, _, other = _HOMES[name].partition(":")
    return getattr(import_module(home), other or name)
