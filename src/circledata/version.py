"""The version of the tool; the standard has versions of its own."""

__version__ = "0.1.0"
