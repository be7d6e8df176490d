"""What is never published, and why: data with errors unless it is a draft, and personal data in any case."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from circledata.findings.privacy import redact
from circledata.findings.report import Report, RuleCount
from circledata.sources.model import Package
from circledata.standard.model import Language, Standard, Text

_DIVISION = re.compile(r"[0-9]{6}(?:[0-9]{3}(?:[0-9]{3})?)?")
NAMED = 5
"""Rules that a sentence names; the check names them all."""
_SEE_ZH, _SEE_EN = "用 circledata validate 看每一处和改法。", "circledata validate shows each place and how to mend it."


class PublishError(Exception):
    """The command cannot be carried out as it was given; nothing was written. `exit_code` is the command's."""

    exit_code = 2

    def __init__(self, zh: str, en: str) -> None:
        self.text = Text(zh, en)
        super().__init__(en)

    def in_language(self, language: Language) -> str:
        """Say the problem in `language`."""
        return self.text.in_language(language)


class Refused(Exception):
    """The package may not be published; nothing was written. `reasons`: a sentence each, with what to do."""

    exit_code = 1

    def __init__(self, reasons: Sequence[Text]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(reason.en for reason in reasons))

    def in_language(self, language: Language) -> str:
        """Say all reasons in `language`."""
        return "\n".join(reason.in_language(language) for reason in self.reasons)


def check(report: Report, package: Package, *, draft: bool) -> None:
    """Raise Refused, with every reason there is, when the package may not be published.

    `draft`: faults do not matter then, but personal data does, and what must be known of a release does.
    """
    reasons = [*_personal(report, package), *_unknown(package)]
    if not draft:
        reasons += _faults(report)
    if reasons:
        raise Refused(reasons)


def _personal(report: Report, package: Package) -> Iterator[Text]:
    """Yield what would make personal data public."""
    if package.meta.profile == "exchange":
        yield Text(
            "这是交换档（exchange）的数据包，只在机关之间使用，不能发布。去掉个人信息和调查原始答卷，"
            "隐去 1 至 4 人的格子，把发布档改成 open 以后再发布。",
            "This package has the profile exchange, which stays between authorities; it cannot be published. Take out "
            "personal data and single answers of surveys, suppress cells of 1 to 4 people, set the profile to open, "
            "and publish again.",
        )
    elif package.meta.profile != "open":
        yield Text(
            "数据包没有写明发布档是 open，不能发布。确认没有个人信息以后，把 circledata.profile 填成 open。",
            "The package does not say that its profile is open; it cannot be published. Make sure that it holds no "
            "personal data and set circledata.profile to open.",
        )
    if "survey_responses" in package.tables:
        yield Text(
            "数据包里有调查原始答卷（survey_responses），不能发布。公开的数据只放汇总结果（survey_results）。",
            "The package holds single answers of surveys (survey_responses); it cannot be published. Publish only the "
            "counts (survey_results).",
        )
    found = [rule for rule in report.rules if _is_private(rule, report.standard) and rule.level != "advice"]
    if found:
        yield Text(
            "数据包里有个人信息或者能认出个人的内容，草稿也不能发布："
            f"{_names(found, report.standard, 'zh')}。{_SEE_ZH}",
            "The package holds personal data, or what people can be recognised by; not even a draft of it can be "
            f"published: {_names(found, report.standard, 'en')}. {_SEE_EN}",
        )
    if said_in(package.descriptor or {}):
        yield Text(
            "数据包的说明（datapackage.json，工作簿里是“基本信息”）里有个人手机号、证件号或银行卡号，不能发布。请删去。",
            "What the package says of itself (datapackage.json, or its sheet in a workbook) holds a private mobile "
            "number, an identity number or a bank card number; it cannot be published. Delete it.",
        )


def _is_private(rule: RuleCount, standard: Standard) -> bool:
    return standard.rules[rule.code].family == "privacy"


def said_in(descriptor: Mapping[str, Any]) -> bool:
    """Tell whether personal data stands in what a package says of itself; schemas and hashes are no texts."""
    said = {key: value for key, value in descriptor.items() if key != "resources"}
    resources = descriptor.get("resources")
    for resource in resources if isinstance(resources, list) else ():
        if isinstance(resource, dict):
            texts = {key: value for key, value in resource.items() if key not in {"schema", "hash", "bytes"}}
            said[f"resources/{resource.get('name')}"] = texts
    text = json.dumps(said, ensure_ascii=False)
    return redact(text) != text


def _unknown(package: Package) -> Iterator[Text]:
    """Yield what a release cannot do without."""
    if package.kind == "files" or package.descriptor is None:
        yield Text(
            "这不是数据包：没有 datapackage.json，看不出是谁的数据、用什么许可。"
            "用 circledata new 做一个，或者给出工作簿。",
            "This is no package: there is no datapackage.json, so nobody can tell whose data it is and under which "
            "licence. Make one with circledata new, or give a workbook.",
        )
        return
    for known, key, option in (
        (_DIVISION.fullmatch(package.meta.division_code or ""), "division_code", "--division"),
        (package.meta.as_of, "as_of", "--as-of"),
    ):
        if not known:
            yield Text(
                f"数据包没有写明 circledata.{key}，不能发布。请填好，或者用 {option} 给出。",
                f"The package does not say circledata.{key}; it cannot be published. Fill it in, or give {option}.",
            )


def _faults(report: Report) -> Iterator[Text]:
    """Yield what only a draft may have."""
    errors = [rule for rule in report.rules if rule.level == "error" and not _is_private(rule, report.standard)]
    if errors:
        count = sum(rule.count for rule in errors)
        yield Text(
            f"数据包有 {count:,} 处错误，没有发布：{_names(errors, report.standard, 'zh')}。{_SEE_ZH}"
            "改好再发布；只想给人看看的，加 --draft 作为草稿发布。",
            f"The package has {_errors(count)}; it was not published: {_names(errors, report.standard, 'en')}. "
            f"{_SEE_EN} Mend them and publish again; to publish it as a draft to be looked at, add --draft.",
        )
    elif not report.complete:
        yield Text(
            f"数据包有一部分读不出来，没有发布。{_SEE_ZH}",
            f"A part of the package cannot be read; it was not published. {_SEE_EN}",
        )


def _errors(count: int) -> str:
    return f"{count:,} error" + ("s" if count != 1 else "")


def _names(rules: Iterable[RuleCount], standard: Standard, language: Language) -> str:
    """Name rules by code and title with their counts; the first few when there are many."""
    found = list(rules)
    texts = []
    for rule in found[:NAMED]:
        title = standard.rules[rule.code].title.in_language(language)
        texts.append(
            f"{rule.code} {title} {rule.count:,} 处" if language == "zh" else f"{rule.code} {title} ({rule.count:,})"
        )
    more = len(found) - NAMED
    if language == "zh":
        return "、".join(texts) + (f"，另有 {more} 条规则" if more > 0 else "")
    return ", ".join(texts) + (f", and {more} more" if more > 0 else "")
