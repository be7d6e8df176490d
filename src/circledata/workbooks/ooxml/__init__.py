"""Changes an XLSX workbook inside its ZIP: everything that nobody asked to change stays as it was, byte for byte."""

from circledata.workbooks.ooxml.book import reference
from circledata.workbooks.ooxml.cells import FIRST_FILLED
from circledata.workbooks.ooxml.edit import CHANGES, FINDINGS, BookEdit
from circledata.workbooks.ooxml.listing import Item, Line, Listing, Look

__all__ = ["CHANGES", "FINDINGS", "FIRST_FILLED", "BookEdit", "Item", "Line", "Listing", "Look", "reference"]
