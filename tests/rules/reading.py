"""What a clerk would stumble over in the words of a finding: used on every finding of every failing case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from circledata.findings import fix, message
from circledata.findings.model import Finding
from circledata.findings.wording import field_of
from circledata.standard import LANGUAGES, Language, Standard

LONGEST: dict[Language, tuple[int, int]] = {"zh": (200, 260), "en": (360, 520)}
"""Characters that a message and the way to mend it may have, apart from what the user's own cell holds."""

_LEFT_OVER = re.compile(r"\{[a-z_]*(:[^{}]*)?\}")
_HAN = "\u4e00-\u9fff"
_SLIPS = {
    "zh": re.compile(rf"[{_HAN}][,;:!?]|[,;:!?][{_HAN}]|。。|，，|“（空）”|[{_HAN}]\.(?![a-z])|\bNone\b"),
    "en": re.compile(r"(?<!“)\.\.(?!\.)|,,| ,| \.(?![0-9a-z…])|“\(empty\)”|  |\bNone\b"),
}


def stumbles(finding: Finding, standard: Standard) -> Iterator[str]:
    """Yield what is wrong with the words of one finding, in both languages."""
    for language in LANGUAGES:
        wrong, mend = message(finding, standard, language).strip(), fix(finding, standard, language).strip()
        own = len(finding.value or "") + sum(len(str(value)) for value in finding.params.values())
        for text, limit in zip((wrong, mend), LONGEST[language], strict=True):
            if left := _LEFT_OVER.search(text):
                yield f"{left[0]} is not filled in: {text}"
            if len(text) - own > limit:
                yield f"{len(text) - own} characters, at most {limit}: {text}"
            said = text.replace(finding.value, "x") if finding.value else text
            if slip := _SLIPS[language].search(said):
                yield f"{slip[0]!r}: {text}"
        field = field_of(finding, standard)
        if field is not None and field.title.in_language(language) not in wrong:
            yield f"{field.name} is not called “{field.title.in_language(language)}”: {wrong}"
