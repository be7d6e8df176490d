"""Chooses the language that the command line speaks."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from circledata.standard.model import Language

OPTION = "--lang"
VARIABLE = "CIRCLEDATA_LANG"
LANGUAGES = ("zh", "en")

_CHINESE = 0x04
"""Primary language of a Windows language id; its low ten bits."""


def choose(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the language of `--lang`, else of CIRCLEDATA_LANG, else of the locale, else Chinese.

    The arguments are looked at before they are parsed, because help and errors of the parser are worded too.
    """
    for wanted in (_option(arguments), environment.get(VARIABLE)):
        if wanted == "zh":
            return "zh"
        if wanted == "en":
            return "en"
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        locale = environment.get(variable)
        if locale:
            return from_locale(locale)
    return _from_windows()


def _option(arguments: Sequence[str]) -> str | None:
    found = None
    for number, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == OPTION:
            found = arguments[number + 1] if number + 1 < len(arguments) else None
        elif argument.startswith(f"{OPTION}="):
            found = argument.removeprefix(f"{OPTION}=")
    return found


def from_locale(locale: str) -> Language:
    """Return Chinese for a Chinese locale, for any language of China, and where no language is named (C, POSIX)."""
    name = locale.partition(".")[0].partition("@")[0]
    language, _, territory = name.partition("_")
    if language.lower() in {"", "c", "posix", "zh"} or territory.upper() == "CN":
        return "zh"
    return "en"


def _from_windows() -> Language:
    if sys.platform != "win32":
        return "zh"
    import ctypes

    identifier: int = ctypes.windll.kernel32.GetUserDefaultUILanguage()
    return "zh" if identifier & 0x3FF == _CHINESE else "en"
