"""What people have → the standard: converters, their mappings, and the writer of packages."""

from circledata.convert.model import Change, Conversion, ConversionError, LeftOut, SourceFile
from circledata.convert.output.summary import summary, summary_lines
from circledata.convert.run import SOURCES, convert_file, convert_files

__all__ = [
    "SOURCES",
    "Change",
    "Conversion",
    "ConversionError",
    "LeftOut",
    "SourceFile",
    "convert_file",
    "convert_files",
    "summary",
    "summary_lines",
]
