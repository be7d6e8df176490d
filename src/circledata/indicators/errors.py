"""What a user can ask of indicators that makes no sense, said in one sentence."""

from __future__ import annotations

from circledata.sources.errors import UsageError
from circledata.standard.model import Language, Text

MESSAGES: dict[str, Text] = {
    "indicator-unknown": Text(
        "标准里没有名为 {name} 的指标。可用的指标：{names}。",
        "The standard has no indicator {name}. Its indicators are: {names}.",
    ),
    "scope-unknown": Text(
        "不能按 {scope} 计算，可以是：{scopes}。", "Figures cannot be computed by {scope}; it is one of {scopes}."
    ),
}


class IndicatorError(UsageError):
    """An indicator or a scope that there is none of."""

    def in_language(self, language: Language) -> str:
        """Say the problem in `language`."""
        return MESSAGES[self.code].in_language(language).format(**self.params)
