"""Numbers: thousands separators, signs, units of the cell and of the column's head, percentages, Chinese numerals."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from circledata.sources.mending.model import LONGEST, Mended, Read, Wrong, plain, unlike, width_or_blanks
from circledata.standard.model import Field
from circledata.values.amounts import quantity, read_amount, read_number, read_share
from circledata.values.areas import read_area
from circledata.values.numerals import DIGITS
from circledata.values.units import AREA, MONEY, canonical_unit, unit_of_header

_WRITTEN = re.compile(r"([-+]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,18})?(?:\.([0-9]{0,15}))?")
_ANY_DIGIT = re.compile(f"[0-9{DIGITS}十百千万]")
_DEGREES = re.compile("(-?[0-9]{1,3}(?:\\.[0-9]{1,15})?)[°度]")
_COUNT = re.compile(r"((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})(?:\.[0-9]{1,6})?)([万千]?)([^0-9万千.,]{0,3})")
_COUNTERS: Final[dict[str | None, frozenset[str]]] = {
    "people": frozenset("人 名 位 口".split()),  # noqa: SIM905
    "households": frozenset("户 家".split()),  # noqa: SIM905
    "jobs": frozenset("人 个 名 岗 个岗位 岗位".split()),  # noqa: SIM905
    "outlets": frozenset("个 家 处 间".split()),  # noqa: SIM905
    "minutes": frozenset({"分钟", "分", "min"}),
    None: frozenset("个 份 人 次 条 户 家 名 人次".split()),  # noqa: SIM905
}
"""Words that people put behind a count, by the unit of the field (this standard's own choice)."""
_HEADS: Final[dict[str | None, dict[str, Decimal]]] = {
    "yuan": MONEY,
    "m2": AREA,
    "share": {"%": Decimal("0.01"), "‰": Decimal("0.001")},
    "people": {"人": Decimal(1), "万人": Decimal(10_000)},
    "jobs": {"人": Decimal(1), "个": Decimal(1), "万人": Decimal(10_000)},
    "households": {"户": Decimal(1), "万户": Decimal(10_000)},
    "minutes": {"分钟": Decimal(1), "小时": Decimal(60)},
}
"""Units that a column's head may name, and how much of the field's own unit one is."""
_ROUNDED = frozenset({"", "rounded"})


def head_unit(field: Field, header: str) -> tuple[str | None, Decimal]:
    """Return the unit that `header` names, with its factor, when it is one of the field's kind and not its own."""
    named = unit_of_header(header) if field.unit in _HEADS else None
    factor = _HEADS[field.unit].get(named) if named else None
    return (None, Decimal(1)) if named is None or factor is None or factor == 1 else (named, factor)


def names_other_unit(field: Field, header: str) -> bool:
    """Tell whether `header` names a unit that the field's numbers cannot be converted from, such as 元/月."""
    named = unit_of_header(header) if field.unit in _HEADS else None
    return named is not None and named not in _HEADS[field.unit]


def written(number: Decimal) -> str:
    """Write a number as the standard does: no exponent, no zeros behind the decimals."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


class Numbers:
    """Reads the cells of one column of numbers or integers."""

    def __init__(self, field: Field, header: str) -> None:
        self._field = field
        self._whole = field.type == "integer"
        self.unit, self._factor = head_unit(field, header)
        self._rate = names_other_unit(field, header)

    def way(self) -> tuple[Wrong, Read]:
        """Return how the column is looked at and mended."""
        own = "-?[0-9]+" if self._whole else r"-?[0-9]+(?:\.[0-9]+)?"
        return (unlike(own) if self.unit is None else bool), self.read

    def read(self, text: str, number: bool = False) -> Mended | None:
        """Mend one cell; None when it is right or not certain."""
        if len(text) > LONGEST or "、" in text:
            return None
        bare = plain(text)
        if not bare:
            return Mended("", width_or_blanks(text)) if text else None
        short = bare[1:] if bare[0] == "'" else bare
        found = _WRITTEN.fullmatch(short)
        if found and (found[2] or found[3]):
            return self._bare(text, bare, short, found)
        if not short or self._rate or short[0] in "(-+" or not _ANY_DIGIT.search(short):
            return None
        value, change = self._with_unit(short)
        if value is None or (self._whole and value != value.to_integral_value()):
            return None
        return Mended(written(value), change)

    def _bare(self, text: str, bare: str, short: str, found: re.Match[str]) -> Mended | None:
        """Mend a number without any unit."""
        sign, digits, decimals = found.groups()
        whole = (digits or "0").replace(",", "")
        if self.unit is not None:
            return self._scaled(Decimal(f"{'-' if sign == '-' else ''}{whole}.{decimals or '0'}"), text)
        if self._whole and (decimals or "").strip("0"):
            return None
        keep = f".{decimals}" if decimals and not self._whole else ""
        mended = f"{'-' if sign == '-' else ''}{whole}{keep}"
        if mended == text:
            return None
        if "," in (digits or ""):
            return Mended(mended, "thousands")
        if mended != short:
            return Mended(mended, "decimal-forms")
        return Mended(mended, "number-text" if short != bare else width_or_blanks(text))

    def _scaled(self, value: Decimal, text: str) -> Mended | None:
        """Convert a bare number by the unit in the column's head."""
        if self._field.unit == "share" and not 1 < value <= 1 / self._factor:
            # A cell with the format 50% holds 0.5, so a small number in such a column has two readings.
            return None
        if len(value.as_tuple().digits) > 18:
            return None
        scaled = value * self._factor
        if self.unit == "亩":
            scaled = (value * 10_000 / 15).quantize(Decimal("0.01"), ROUND_HALF_UP)
        if self._whole and scaled != scaled.to_integral_value():
            return None
        mended = written(scaled)
        return None if mended == text else Mended(mended, "unit-in-header")

    def _with_unit(self, text: str) -> tuple[Decimal | None, str]:
        """Return the value of a number that names its unit, or is written in Chinese numerals."""
        unit = self._field.unit
        if sum(map(str.isdigit, text)) > 18:
            return None, ""
        han = not any("0" <= character <= "9" for character in text)
        change = "chinese-numerals" if han else "unit-in-cell"
        if unit == "yuan":
            amount = read_amount(text, unit=self.unit)
            return (amount.yuan, change) if amount and amount.certain and not amount.note else (None, "")
        if unit == "m2":
            area = read_area(text, unit=self.unit)
            return (area.m2, change) if area and area.certain and area.note in _ROUNDED else (None, "")
        if unit == "share":
            is_share = text[-1] in "%‰" or text.startswith(("百分之", "千分之"))
            return (read_share(text) if is_share else None), "percent"
        if unit == "degree":
            degrees = _DEGREES.fullmatch(text)
            return (Decimal(degrees[1]) if degrees else None), "unit-in-cell"
        return self._counted(text, han), change

    def _counted(self, text: str, han: bool) -> Decimal | None:
        """Return the value of a count such as 12人, 1.2万人, 十五."""
        if self.unit is not None:
            return None
        words = _COUNTERS.get(self._field.unit, frozenset())
        found = _COUNT.fullmatch(text)
        if found:
            digits, scale, word = found.groups()
            value = Decimal(digits.replace(",", "")) * {"": 1, "千": 1_000, "万": 10_000}[scale]
            return value if not word or word in words else None
        if not han:
            return None
        counted = quantity(text)
        word = counted.unit if counted else ""
        if counted is None or counted.note or (word and word not in words):
            return None
        return counted.value if word else read_number(text)


def own_unit(field: Field, header: str) -> bool:
    """Tell whether `header` names the unit that the standard itself uses for the field."""
    named = unit_of_header(header) if field.unit in _HEADS else None
    return named is not None and _HEADS[field.unit].get(canonical_unit(named) or named) == 1
