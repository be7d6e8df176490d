"""Reads one longitude or latitude as people write it: 116.404, 东经116°24′14″, N39.9, 39度54分, full width or not.

The grammar is our own reading of how such texts look in Chinese files; there is no standard for them. Degrees, minutes
and seconds follow ISO 6709 where that says something (hemisphere letters, minutes and seconds below 60).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from circledata.values.text import ascii_signs, clean

Axis = Literal["lon", "lat"]

_WORDS = (
    (re.compile("[东東][经經]"), "E"),
    (re.compile("西[经經]"), "W"),
    (re.compile("北[纬緯]"), "N"),
    (re.compile("南[纬緯]"), "S"),
    (re.compile("[经經]度|longitude|long|lng|lon", re.IGNORECASE), "LON"),
    (re.compile("[纬緯]度|latitude|lat", re.IGNORECASE), "LAT"),
)
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("º˚度", "°"),
        **dict.fromkeys("′’‘`´‵分", "'"),
        **dict.fromkeys("″”“〞〃秒", '"'),
    }
)
_AXES: dict[str, Axis] = {
    **dict.fromkeys(("LON", "E", "W"), "lon"),
    **dict.fromkeys(("LAT", "N", "S"), "lat"),
}
LIMITS: dict[str, float] = {"lon": 180.0, "lat": 90.0}

_NUMBER = r"[0-9]+(?:\.[0-9]*)?"
_PLAIN = re.compile(rf"[-+]?{_NUMBER}")
_LETTER = re.compile(r"(?<![A-Za-z])[nsew](?![A-Za-z])")
_PARTS = r"([0-9]{1,3})[ :-]([0-9]{1,2})[ :-]([0-9]{1,2}(?:\.[0-9]+)?)"
_REPAIRS = (
    # Degrees, minutes and seconds with blanks or hyphens between, which only a hemisphere tells from other numbers.
    (re.compile(rf"(?<![0-9.]){_PARTS}(?=\s*[NSEW])"), "\\1°\\2'\\3\""),
    (re.compile(rf"([NSEW])\s*{_PARTS}(?![0-9.])"), "\\1\\2°\\3'\\4\""),
    # The sign after the last part is often left out: 116°24, 116°24′14.
    (re.compile(rf"(?<=°)({_NUMBER})(?![0-9.]|\s*')"), r"\1'"),
    (re.compile(rf"(?<=[0-9]')({_NUMBER})(?![0-9.]|\s*\")"), r'\1"'),
)


def _angle(hemisphere_before: bool, suffix: str = "") -> str:
    """Return the pattern (verbose, of tidied text) of one angle; names of its groups end in `suffix`."""
    letter = rf"(?P<hemisphere{suffix}>[NSEW])"
    return (
        rf"(?: (?P<label{suffix}>LON|LAT) \s*[:=]?\s* )?"
        + (rf"(?: {letter} \s*[:=]?\s* )?" if hemisphere_before else "")
        + rf"(?P<sign{suffix}>[-+]?)\s*(?P<degrees{suffix}>{_NUMBER})"
        + rf"(?: \s*° (?: \s*(?P<minutes{suffix}>{_NUMBER})\s*' (?: \s*(?P<seconds{suffix}>{_NUMBER})\s*\" )? )? )?"
        + ("" if hemisphere_before else rf"(?: \s*{letter} )?")
    )


# Between two angles nothing is needed only where a letter, or a second and a degree sign, keep them apart.
_BETWEEN = r"""(?: \s*[,;/|&]\s* | \s+ | (?<=[NSEW]) | (?=LON|LAT|[NSEW]) | (?<=")(?=[0-9]{2,3}°) )"""
_ONE = tuple(re.compile(_angle(before), re.VERBOSE) for before in (True, False))
_TWO = tuple(re.compile(_angle(before, "1") + _BETWEEN + _angle(before, "2"), re.VERBOSE) for before in (True, False))


@dataclass(frozen=True, slots=True)
class Angle:
    """An angle in degrees, the axis that its letters name (None: they name none), and whether it has minutes."""

    degrees: float
    axis: Axis | None
    with_minutes: bool


def ordinary(text: str) -> str:
    """Return the text with ordinary blanks and, for full-width letters, digits and signs, ordinary ones."""
    return ascii_signs(clean(text))


def tidy(text: str) -> str:
    """Return the text with ordinary characters, one sign for each unit, and E, N, LON, LAT for such words."""
    plain = ordinary(text)
    for pattern, letters in _WORDS:
        plain = pattern.sub(letters, plain)
    plain = plain.translate(_SIGNS).replace("''", '"')
    plain = _LETTER.sub(lambda match: match.group().upper(), plain)
    for pattern, repaired in _REPAIRS:
        plain = pattern.sub(repaired, plain)
    return plain


def _build(match: re.Match[str], suffix: str = "") -> Angle | None:
    """Put an angle together as it is written; None where its parts contradict each other.

    Refused: a fraction before the last part, minutes or seconds of 60 and more, a sign beside a hemisphere, a label and
    a hemisphere of different axes.
    """
    found = match.groupdict()
    label, hemisphere, sign = (found[name + suffix] for name in ("label", "hemisphere", "sign"))
    written = [found[name + suffix] for name in ("degrees", "minutes", "seconds") if found[name + suffix] is not None]
    if any("." in part for part in written[:-1]) or any(float(part) >= 60 for part in written[1:]):
        return None
    axes = {_AXES[word] for word in (label, hemisphere) if word}
    if len(axes) > 1 or (hemisphere and sign):
        return None
    size = math.fsum(float(part) / 60**power for power, part in enumerate(written))
    negative = sign == "-" or hemisphere in {"S", "W"}
    return Angle(-size if negative else size, next(iter(axes), None), len(written) > 1)


def read_angle(text: str) -> Angle | None:
    """Read one angle of either axis, of any size; None for what is not clearly one."""
    if _PLAIN.fullmatch(text):
        return Angle(float(text), None, False)
    plain = tidy(text)
    if plain.startswith("'"):  # quoted, or marked as text for a spreadsheet
        plain = plain[1:].removesuffix("'")
    match = next((match for pattern in _ONE if (match := pattern.fullmatch(plain))), None)
    return _build(match) if match else None


def read_two(plain: str) -> tuple[Angle, Angle] | None:
    """Read two angles, of any size and in the order as written, from a text that `tidy` has tidied."""
    for pattern in _TWO:
        match = pattern.fullmatch(plain)
        if match:
            first, second = _build(match, "1"), _build(match, "2")
            return (first, second) if first and second else None
    return None


def read_degrees(text: str, axis: str) -> float | None:
    """Read a longitude (`axis` "lon") or a latitude ("lat"), in degrees; west and south are negative.

    None for a text that is not clearly an angle, that names the other axis, or that is beyond ±180 (latitude ±90).
    ValueError: `axis` is neither.
    """
    if axis not in LIMITS:
        raise ValueError(f"an axis is lon or lat, not {axis!r}")
    angle = read_angle(text)
    if angle is None or angle.axis not in {None, axis} or abs(angle.degrees) > LIMITS[axis]:
        return None
    return angle.degrees
