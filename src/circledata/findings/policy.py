"""Reads a policy file: rules whose level is changed or that are switched off, each with a reason and an end date.

```yaml
rules:
  - rule: CD412              # code or name
    level: warning           # error, warning, advice, or off
    reason: 系统九月上线前无法补齐
    until: 2026-12-31
```
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from circledata.findings.model import LEVELS, Note
from circledata.findings.report import PolicyEntry
from circledata.standard.model import Language, Standard, Text

KEYS = ("rule", "level", "reason", "until")
LARGEST = 1 << 20
"""Bytes of a policy file. One entry has some 150 bytes and the standard some 150 rules."""

MESSAGES: dict[str, Text] = {
    "missing": Text("找不到策略文件 {path}。", "There is no policy file {path}."),
    "unreadable": Text("策略文件 {path} 读不出来：{reason}。", "The policy file {path} cannot be read: {reason}."),
    "too-large": Text(
        "{path} 太大，不像策略文件（最多 {limit} 字节）。",
        "{path} is too large for a policy file (at most {limit} bytes).",
    ),
    "not-text": Text("策略文件 {path} 不是 UTF-8 文本。", "The policy file {path} is not UTF-8 text."),
    "not-yaml": Text(
        "策略文件 {path} 第 {line} 行不是正确的 YAML。",
        "Line {line} of the policy file {path} is no valid YAML.",
    ),
    "no-rules": Text(
        "策略文件 {path} 里要有一个列表 rules，并且没有别的键。",
        "The policy file {path} must hold a list `rules` and no other key.",
    ),
    "not-entry": Text(
        "策略文件 {path} 的第 {number} 项要写成 rule、level、reason、until 四个键。",
        "Entry {number} of the policy file {path} must be made of rule, level, reason and until.",
    ),
    "key-missing": Text(
        "策略文件 {path} 的第 {number} 项缺少 {key}。",
        "Entry {number} of the policy file {path} lacks {key}.",
    ),
    "key-unknown": Text(
        "策略文件 {path} 的第 {number} 项有不认识的键 {key}。",
        "Entry {number} of the policy file {path} has an unknown key {key}.",
    ),
    "level-unknown": Text(
        "策略文件 {path} 的第 {number} 项：level 只能是 error、warning、advice 或 off，不能是 {value}。",
        "Entry {number} of the policy file {path}: level is error, warning, advice or off, not {value}.",
    ),
    "until-unreadable": Text(
        "策略文件 {path} 的第 {number} 项：until 要写成 2026-12-31 这样的日期，不能是 {value}。",
        "Entry {number} of the policy file {path}: until is a date such as 2026-12-31, not {value}.",
    ),
    "rule-unknown": Text(
        "策略文件 {path}：标准里没有规则 {rule}。", "Policy file {path}: the standard has no rule {rule}."
    ),
    "rule-twice": Text(
        "策略文件 {path}：规则 {rule} 出现了两次。", "Policy file {path}: the rule {rule} stands there twice."
    ),
}
"""What can be wrong with a policy file, in both languages."""


class PolicyError(Exception):
    """The policy file cannot be used: a mistake of its author, so the command ends with exit code 2."""

    exit_code = 2

    def __init__(self, message_code: str, **params: object) -> None:
        self.code = message_code
        self.params = params
        super().__init__(self.in_language("en"))

    def in_language(self, language: Language) -> str:
        """Say the problem in `language`."""
        return MESSAGES[self.code].in_language(language).format(**self.params)


@dataclass(frozen=True, slots=True)
class Policy:
    """The entries of one policy file, as written: `rule` may be a code, a name or a former name."""

    path: str
    entries: tuple[PolicyEntry, ...]

    def at(
        self, day: date | None, standard: Standard, *, today: Callable[[], date] = date.today
    ) -> tuple[Sequence[PolicyEntry], Sequence[Note]]:
        """Return the entries in force on `day` (today when None), by rule code, and a note for each that has ended.

        An entry still counts on the day of its `until`. PolicyError when the standard does not know a rule, or an entry
        names a rule that another one has.
        """
        day = day or today()
        applied: dict[str, PolicyEntry] = {}
        notes = []
        for entry in self.entries:
            rule = standard.rules_by_name.get(entry.rule.lower())
            if rule is None:
                raise PolicyError("rule-unknown", path=self.path, rule=entry.rule)
            if entry.until < day:
                notes.append(Note("policy-expired", {"rule": rule.code, "until": entry.until.isoformat()}))
            elif rule.code in applied:
                raise PolicyError("rule-twice", path=self.path, rule=rule.code)
            else:
                applied[rule.code] = replace(entry, rule=rule.code)
        return tuple(applied.values()), tuple(notes)


def load_policy(path: Path) -> Policy:
    """Read a policy file; PolicyError when it cannot be read or is not made as one."""
    content = _content(path)
    if not isinstance(content, dict) or set(content) != {"rules"} or not isinstance(content["rules"], list):
        raise PolicyError("no-rules", path=path)
    return Policy(str(path), tuple(_entry(path, n, raw) for n, raw in enumerate(content["rules"], start=1)))


def _content(path: Path) -> Any:
    import yaml

    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise PolicyError("missing", path=path) from error
    except OSError as error:
        raise PolicyError("unreadable", path=path, reason=error.strerror or type(error).__name__) from error
    if len(raw) > LARGEST:
        raise PolicyError("too-large", path=path, limit=LARGEST)
    try:
        return yaml.safe_load(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise PolicyError("not-text", path=path) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # ValueError: YAML takes 2026-13-45 for a date and fails to make one.
        mark = getattr(error, "problem_mark", None)
        raise PolicyError("not-yaml", path=path, line=mark.line + 1 if mark else "?") from error


def _entry(path: Path, number: int, raw: object) -> PolicyEntry:
    if not isinstance(raw, dict):
        raise PolicyError("not-entry", path=path, number=number)
    for key in raw:
        if key not in KEYS:
            raise PolicyError("key-unknown", path=path, number=number, key=key)
    for key in KEYS:
        # Written out, a few nested aliases of YAML would fill the memory.
        if isinstance(raw.get(key), (list, dict, set, tuple)):
            raise PolicyError("not-entry", path=path, number=number)
        if raw.get(key) is None or not str(raw[key]).strip():
            raise PolicyError("key-missing", path=path, number=number, key=key)
    # YAML 1.1 reads a bare `off` as false.
    level = "off" if raw["level"] is False else raw["level"]
    if level != "off" and level not in LEVELS:
        raise PolicyError("level-unknown", path=path, number=number, value=level)
    return PolicyEntry(
        rule=str(raw["rule"]).strip(),
        level=next((known for known in LEVELS if known == level), None),
        reason=str(raw["reason"]).strip(),
        until=_day(path, number, raw["until"]),
    )


def _day(path: Path, number: int, value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str) and len(value) == 10:
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise PolicyError("until-unreadable", path=path, number=number, value=value)
