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
    from circledata.findings import Finding, fix, location, message
    from circledata.findings.report import Report
    from circledata.standard import Standard, load_standard
    from circledata.workbooks.repair import Repair, repair
    from circledata.workbooks.template import Template, write_template

_HOMES = {
    "validate": "circledata.api",
    "Conversion": "circledata.convert",
    "ConversionError": "circledata.convert",
    "convert_files": "circledata.convert",
    "export_package": "circledata.convert.export",
    "import_package": "circledata.convert.export",
    "Report": "circledata.findings.report",
    "Finding": "circledata.findings",
    "message": "circledata.findings",
    "fix": "circledata.findings",
    "location": "circledata.findings",
    "Standard": "circledata.standard",
    "load_standard": "circledata.standard",
    "Repair": "circledata.workbooks.repair",
    "repair": "circledata.workbooks.repair",
    "Template": "circledata.workbooks.template",
    "write_template": "circledata.workbooks.template",
}

__all__ = [
    "Conversion",
    "ConversionError",
    "Finding",
    "Repair",
    "Report",
    "Standard",
    "Template",
    "__version__",
    "convert_files",
    "export_package",
    "fix",
    "import_package",
    "load_standard",
    "location",
    "message",
    "repair",
    "validate",
    "write_template",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `circledata --help` does not wait for the engine."""
    if name not in _HOMES:
        raise AttributeError(f"module 'circledata' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
