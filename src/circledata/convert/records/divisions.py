"""Reads division codes: from codes with lost or added zeros, names inside the package's division, addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from circledata.convert.records.ids import name_key
from circledata.convert.records.readers import Reading
from circledata.standard import Code, Standard

if TYPE_CHECKING:
    from circledata.values.addresses import DivisionFinder

_CODE = re.compile(r"([0-9]{6}|[0-9]{9}|[0-9]{12})(?:\.0)?")


class Divisions:
    """The divisions of the standard as one package sees them: names count only inside the package's division."""

    def __init__(self, standard: Standard, division_code: str) -> None:
        self._standard = standard
        self._code = division_code
        self._names: dict[str, str | None] | None = None
        self._finder: DivisionFinder | None = None
        self._found: dict[str, str | None] = {}

    def read(self, text: str) -> Reading:
        """Read a code or a name; a name that several divisions have is not read."""
        code = _CODE.fullmatch(text)
        if code:
            digits = code.group(1)
            while len(digits) > 6 and digits.endswith("000"):
                digits = digits[:-3]
            known = len(digits) > 6 or digits in self._standard.codelists["divisions"].codes
            return Reading(digits) if known else Reading("", text)
        found = self._by_name().get(name_key(text)) or self.find(text)
        return Reading(found, rule="division-by-name") if found else Reading("", text)

    def find(self, address: str) -> str | None:
        """Return the code of the smallest division that an address names for certain; None when it names none."""
        if address not in self._found:
            if len(self._found) > 100_000:
                self._found.clear()
            self._found[address] = self._find(address)
        return self._found[address]

    def _find(self, address: str) -> str | None:
        if self._finder is None:
            self._finder = self._make_finder()
        found = self._finder.find(address, self._code)
        if not found or not found[0].certain:
            return None
        return found[0].township or found[0].code

    def _make_finder(self) -> DivisionFinder:
        from circledata.values.addresses import DivisionFinder

        divisions = self._standard.codelists["divisions"].codes.values()
        return DivisionFinder(map(_row, divisions), map(_row, self._townships()))

    def _townships(self) -> list[Code]:
        """Return the townships of the package's own division; all of the country's are too many to look through."""
        inside = self._code[:2] if self._code.endswith("0000") else self._code[: 4 if self._code[4:6] == "00" else 6]
        townships = self._standard.codelists["townships"].codes
        return [entry for code, entry in townships.items() if code.startswith(inside)]

    def _by_name(self) -> dict[str, str | None]:
        if self._names is None:
            names: dict[str, str | None] = {}
            inside = self._code[:4] if self._code[4:6] == "00" else self._code[:6]
            divisions = self._standard.codelists["divisions"].codes.values()
            current = [entry for entry in divisions if not entry.extra.get("valid_to")]
            for entry in (*current, *self._townships()):
                if entry.code.startswith(inside):
                    for word in (entry.title.zh, *entry.aliases):
                        key = name_key(word)
                        names[key] = entry.code if names.get(key, entry.code) == entry.code else None
            self._names = names
        return self._names


def _row(entry: Code) -> dict[str, str]:
    """Return an entry of a code list as its CSV has it, text by column."""
    return {"code": entry.code, "zh": entry.title.zh, "aliases": ";".join(entry.aliases), **entry.extra}
