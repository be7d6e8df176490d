"""The standard: tables, fields, code lists and rules, read from `spec/`."""

from circledata.standard.load import extension_versions, load_standard
from circledata.standard.locate import spec_root, versions
from circledata.standard.model import (
    LANGUAGES,
    Code,
    CodeList,
    Field,
    ForeignKey,
    Function,
    Language,
    Rule,
    Standard,
    Table,
    Text,
)

__all__ = [
    "LANGUAGES",
    "Code",
    "CodeList",
    "Field",
    "ForeignKey",
    "Function",
    "Language",
    "Rule",
    "Standard",
    "Table",
    "Text",
    "extension_versions",
    "load_standard",
    "spec_root",
    "versions",
]
