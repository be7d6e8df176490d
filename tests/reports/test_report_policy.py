"""Policy files: read strictly, applied until their day, and plain about every mistake."""

from datetime import date
from pathlib import Path

import pytest
from report_sample import STANDARD

from circledata.findings.policy import MESSAGES, Policy, PolicyError, load_policy
from circledata.standard.model import LANGUAGES

ENTRY = "- {rule: CD220, level: off, reason: 试点, until: 2026-12-31}"


def policy(folder: Path, text: str | bytes) -> Policy:
    path = folder / "policy.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_policy(path)


def test_reads_and_resolves(tmp_path: Path) -> None:
    text = f"rules:\n{ENTRY}\n- rule: required-empty\n  level: warning\n  reason: x\n  until: '2025-01-01'\n"
    entries, notes = policy(tmp_path, text).at(date(2025, 1, 1), STANDARD)
    assert [(entry.rule, entry.level, entry.until) for entry in entries] == [
        ("CD220", None, date(2026, 12, 31)),
        ("CD201", "warning", date(2025, 1, 1)),
    ]
    assert not notes


def test_ends_after_its_day(tmp_path: Path) -> None:
    read = policy(tmp_path, f"rules:\n{ENTRY}")
    entries, notes = read.at(date(2027, 1, 1), STANDARD)
    assert not entries
    assert (notes[0].code, dict(notes[0].params)) == ("policy-expired", {"rule": "CD220", "until": "2026-12-31"})
    assert read.at(None, STANDARD, today=lambda: date(2026, 12, 31))[0]
    assert not read.at(None, STANDARD, today=lambda: date(2027, 1, 1))[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no-rules"),
        ("rules: 1", "no-rules"),
        ("rules: []\nmore: 1", "no-rules"),
        ("rules:\n- CD220", "not-entry"),
        ("rules:\n- {rule: CD220, level: off, reason: x, until: 2026-12-31, who: me}", "key-unknown"),
        ("rules:\n- {rule: CD220, level: off, until: 2026-12-31}", "key-missing"),
        ("rules:\n- {rule: CD220, level: off, reason: ' ', until: 2026-12-31}", "key-missing"),
        ("rules:\n- {rule: CD220, level: off, reason: x}", "key-missing"),
        ("rules:\n- {rule: CD220, level: fatal, reason: x, until: 2026-12-31}", "level-unknown"),
        ("rules:\n- {rule: CD220, level: on, reason: x, until: 2026-12-31}", "level-unknown"),
        ("rules:\n- {rule: CD220, level: [], reason: x, until: 2026-12-31}", "not-entry"),
        ("rules:\n- {rule: CD220, level: off, reason: {a: b}, until: 2026-12-31}", "not-entry"),
        ("rules:\n- {rule: CD220, level: off, reason: x, until: 明年}", "until-unreadable"),
        ("rules:\n- {rule: CD220, level: off, reason: x, until: 2026-12-31T00:00:00}", "until-unreadable"),
        ("rules: [", "not-yaml"),
        ("rules:\n- {until: 2026-13-45}", "not-yaml"),
        ("[" * 100_000, "not-yaml"),
        (b"rules: \xd0\xd0", "not-text"),
        (b"#" * (1 << 21), "too-large"),
    ],
)
def test_mistakes(tmp_path: Path, text: str | bytes, code: str) -> None:
    with pytest.raises(PolicyError) as caught:
        policy(tmp_path, text)
    assert caught.value.code == code
    assert caught.value.exit_code == 2


def test_line_of_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as caught:
        policy(tmp_path, "rules:\n- rule: a\n  level: [")
    assert "第 3 行" in caught.value.in_language("zh")


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "no.yaml", "missing"), (tmp_path, "unreadable")):
        with pytest.raises(PolicyError) as caught:
            load_policy(path)
        assert caught.value.code == code


def test_unknown_and_double_rules(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="no rule CD999"):
        policy(tmp_path, f"rules:\n{ENTRY.replace('CD220', 'CD999')}").at(None, STANDARD)
    with pytest.raises(PolicyError, match="twice"):
        policy(tmp_path, f"rules:\n{ENTRY}\n{ENTRY.replace('CD220', 'spaces-around')}").at(date(2025, 1, 1), STANDARD)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_said(language: str) -> None:
    values = dict.fromkeys(("path", "reason", "limit", "line", "number", "key", "value", "rule"), "x")
    for text in MESSAGES.values():
        assert "{" not in getattr(text, language).format(**values)
