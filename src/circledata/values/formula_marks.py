"""Marks text that a spreadsheet would take for a formula, and takes the mark away again: `=1+1` is written `'=1+1`.

A CSV file cannot say that a cell is text: quotes do not help, WPS and Excel compute what begins with a sign. The mark
is an apostrophe in front (own choice; people type one themselves to enter such text). A text that already begins with
apostrophes and then a sign gets one more, so what is read is always what was written.
"""

from __future__ import annotations

import re

MARK = "'"
SIGNS = "=+-@\t\r＝＋－＠"
"""What makes a formula when it comes first. Full-width signs count: input methods write them and some programs compute
them."""
PATTERN = r"^'*[=+@\t\r\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}-]"
"""As `is_formula_like` has it, in the syntax of RE2."""
NUMBER = r"^'*[+-]?[0-9]+(?:\.[0-9]+)?$"
"""Plain numbers, which are computed to what they are, in the syntax of RE2."""

_FORMULA = re.compile(rf"'*[{re.escape(SIGNS)}]")
_NUMBER = re.compile(r"'*[+-]?[0-9]+(?:\.[0-9]+)?")


def is_formula_like(text: str) -> bool:
    """Tell whether `text`, apart from apostrophes in front, begins with a sign of formulas and is no plain number."""
    return _FORMULA.match(text) is not None and _NUMBER.fullmatch(text) is None


def mark(text: str) -> str:
    """Return `text` as it is safe in a CSV file: with an apostrophe in front where a spreadsheet would compute it."""
    return MARK + text if is_formula_like(text) else text


def unmark(text: str) -> str:
    """Return the text that a cell means: `unmark(mark(text)) == text` for every text."""
    return text[1:] if text.startswith(MARK) and is_formula_like(text) else text
