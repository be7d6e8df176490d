"""Makes the reader of one field: by the mapping's rule and the field's type, checked against its constraints."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING

from circledata.convert.mapping.model import FieldRule
from circledata.convert.records.ids import name_key
from circledata.convert.records.readers import READERS, Reader, Reading, translate
from circledata.findings.privacy import HIDDEN, redact
from circledata.standard import Standard
from circledata.standard.model import CodeList, Field
from circledata.values.text import clean, half_width, is_placeholder

if TYPE_CHECKING:
    from circledata.convert.records.divisions import Divisions

_CACHED = 100_000
"""Texts of which one field's reader remembers the meaning; columns that repeat themselves have far fewer."""
_LIST_SIGNS = re.compile(r"[;；,，、/／|｜┋\n]+")
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_COUNT_WORDS = re.compile(r"(?:人|名|位|户|个|家|处|分钟|分|次|台|岗位|间)+$")
_YES = frozenset("是 有 √ ✓ ✔ 对 支持 可以 可 能 1 true yes y t on 已 具备 提供".split())  # noqa: SIM905
_NO = frozenset("否 无 没有 × ✗ ✘ x 不支持 不可以 不可 不能 0 false no n f off 不 未 不具备 不提供".split())  # noqa: SIM905
_DEFAULTS = {"integer": "integer", "number": "number", "date": "date", "boolean": "boolean"}
_BY_NAME = {"opening_hours": "opening_hours", "phone": "phones", "division_code": "division", "address": "address"}
_BY_UNIT = {"yuan": "amount", "m2": "area", "share": "share", "degree": "degrees"}


def reader_name(field: Field, rule: FieldRule) -> str:
    """Return the name of the reader that fills `field`: the one that the mapping names, or the one of its type."""
    if rule.read:
        return rule.read
    if field.codelist:
        return "codes"
    if field.type == "number" and field.unit in _BY_UNIT:
        return _BY_UNIT[field.unit]
    if field.name.endswith("_uscc"):
        return "uscc"
    if field.name in {"operator_name", "recipient_name", "owner_name"}:
        return "organisation"
    return _BY_NAME.get(field.name) or _DEFAULTS.get(field.type, "text")


def field_reader(
    field: Field,
    rule: FieldRule,
    standard: Standard,
    *,
    unit: str = "",
    missing: frozenset[str] = frozenset(),
    divisions: Divisions | None = None,
) -> Reader:
    """Return the reader of one column of a file.

    Its value always fits the field; what does not is unread. `unit`: of numbers that name none. `missing`: texts that
    mean nothing is known, beside the usual ones. A text that means nothing is read as nothing, by the rule `missing`.
    """
    name = reader_name(field, rule)
    read = _reader(name, field, rule, standard, unit, divisions)
    fits = _fitting(field, standard)
    # In a column of yes and no, 无 is no answer left out but the answer no.
    says_something = (_YES | _NO) if name == "boolean" else frozenset()
    keep_mobile = field.name == "phone"

    def whole(text: str) -> Reading:
        plain = clean(text)
        if plain in missing or (is_placeholder(plain) and plain.lower() not in says_something):
            return Reading("", rule="missing")
        reading = read(plain)
        if reading.value and not fits(reading.value):
            reading = Reading("", plain, rule="does-not-fit")
        if reading.unread and not reading.secret and redact(reading.unread, keep_mobile=keep_mobile) != reading.unread:
            return Reading(reading.value, HIDDEN, secret=True)
        return reading

    return whole if name in {"text", "address"} else _remembering(whole)


def _remembering(read: Reader) -> Reader:
    known: dict[str, Reading] = {}

    def remembering(text: str) -> Reading:
        found = known.get(text)
        if found is None:
            if len(known) >= _CACHED:
                known.clear()
            found = known[text] = read(text)
        return found

    return remembering


def _reader(
    name: str, field: Field, rule: FieldRule, standard: Standard, unit: str, divisions: Divisions | None
) -> Reader:
    if name == "codes":
        return _codes(field, rule, standard)
    if rule.values is not None:
        values = rule.values
        return lambda text: _with_rule(translate(text, values), "translated")
    makers: Mapping[str, Callable[[], Reader]] = {
        "amount": lambda: _amount(unit),
        "area": lambda: _area(unit),
        "number": lambda: _number(field),
        "integer": lambda: _integer,
        "share": lambda: _share(unit),
        "degrees": lambda: _degrees(field),
        "boolean": lambda: _boolean,
        "uscc": lambda: _uscc,
        "division": lambda: divisions.read if divisions is not None else READERS["text"],
    }
    return makers[name]() if name in makers else READERS[name]


def _with_rule(reading: Reading, rule: str) -> Reading:
    return Reading(reading.value, reading.unread, reading.secret, rule)


def _fitting(field: Field, standard: Standard) -> Callable[[str], bool]:
    pattern = re.compile(field.pattern) if field.pattern else None
    longest = field.max_length or 1_000_000
    least, most = field.minimum, field.maximum

    def fits(value: str) -> bool:
        if len(value) > longest or (pattern is not None and not pattern.fullmatch(value)):
            return False
        if least is None and most is None:
            return True
        number = float(value)
        return (least is None or number >= least) and (most is None or number <= most)

    return fits


def code_names(codelist: CodeList, values: Mapping[str, str] | None) -> dict[str, str]:
    """Return the codes of a list by every way to write them: the mapping's own words first, then titles and aliases."""
    names = {name_key(text): code for text, code in (values or {}).items()}
    for name, code in codelist.by_name.items():
        names.setdefault(name_key(name), code)
    return names


def _codes(field: Field, rule: FieldRule, standard: Standard) -> Reader:
    names = code_names(standard.codelists[field.codelist or ""], rule.values)
    signs = re.compile("|".join(map(re.escape, rule.split))) if rule.split else _LIST_SIGNS

    def one(text: str) -> Reading:
        code = names.get(name_key(text))
        return Reading("", text) if code is None else Reading(code, rule="translated")

    def several(text: str) -> Reading:
        whole = names.get(name_key(text))
        if whole is not None:
            return Reading(whole, rule="translated")
        parts = [part.strip() for part in signs.split(text) if part.strip()]
        found = [names.get(name_key(part)) for part in parts]
        unread = [part for part, code in zip(parts, found, strict=True) if code is None]
        codes = dict.fromkeys(code for code in found if code)
        return Reading(";".join(codes), ";".join(unread), rule="translated" if codes else "")

    return several if field.list else one


def _decimal(text: str) -> Decimal | None:
    if _PLAIN_NUMBER.fullmatch(text):
        try:
            return Decimal(text)
        except InvalidOperation:
            return None
    from circledata.values.amounts import read_number

    return read_number(text)


def plain_number(number: Decimal, decimals: int | None = None) -> str:
    """Write a number as the standard does: no exponent, no zeros at the end, at most `decimals` decimals."""
    exponent = number.as_tuple().exponent
    if decimals is not None and isinstance(exponent, int) and -exponent > decimals:
        number = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def _number(field: Field) -> Reader:
    def read(text: str) -> Reading:
        number = _decimal(text)
        return Reading("", text) if number is None else Reading(plain_number(number, field.decimals))

    return read


def _integer(text: str) -> Reading:
    number = _decimal(_COUNT_WORDS.sub("", half_width(text)).strip())
    if number is None or number != number.to_integral_value():
        return Reading("", text)
    return Reading(plain_number(number))


def _amount(unit: str) -> Reader:
    def read(text: str) -> Reading:
        from circledata.values.amounts import read_amount

        amount = read_amount(text, unit=unit or None)
        if amount is None or not amount.certain:
            return Reading("", text)
        return Reading(plain_number(amount.yuan, 2), rule="unit-to-yuan" if amount.unit != "元" else "")

    return read


def _area(unit: str) -> Reader:
    def read(text: str) -> Reading:
        from circledata.values.areas import read_area

        area = read_area(text, unit=unit or None)
        if area is None or not getattr(area, "certain", True):
            return Reading("", text)
        return Reading(plain_number(area.m2, 4))

    return read


def _share(unit: str) -> Reader:
    def read(text: str) -> Reading:
        from circledata.values.amounts import read_share

        bare = unit == "%" and _PLAIN_NUMBER.fullmatch(text)
        share = read_share(f"{text}%" if bare else text)
        return Reading("", text) if share is None else Reading(plain_number(share), rule="read-as-share")

    return read


def _degrees(field: Field) -> Reader:
    axis = "lon" if field.name == "longitude" else "lat"

    def read(text: str) -> Reading:
        degrees = degrees_of(text, axis)
        return Reading("", text) if degrees is None else Reading(degrees)

    return read


def degrees_of(text: str, axis: str) -> str | None:
    """Return decimal degrees as text, a plain number as it stands; None when `text` is none. `axis`: `lon` or `lat`."""
    if _PLAIN_NUMBER.fullmatch(text):
        return text
    try:
        from circledata.values.positions import read_degrees
    except ImportError:
        return None
    degrees = read_degrees(text, axis)
    return None if degrees is None else f"{degrees:.9f}".rstrip("0").rstrip(".")


def _boolean(text: str) -> Reading:
    word = half_width(text).lower()
    if word in _YES or word in _NO:
        return Reading("true" if word in _YES else "false", rule="translated")
    return Reading("", text)


def _uscc(text: str) -> Reading:
    from circledata.values.identifiers import normalise_uscc

    found = normalise_uscc(text)
    if found is not None and found.kind == "resident-id":
        return Reading("", HIDDEN, secret=True)
    if found is None or not found.valid:
        return Reading("", text, rule="uscc-invalid")
    return Reading(found.code)
