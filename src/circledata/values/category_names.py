"""Recognises the category of an outlet by its name: what it is, how it ends, what it contains.

The words are titles, aliases and `name_endings` of the code list of categories; the rules are this standard's own
choice: no official text says how a category follows from a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from circledata.values.category_matches import CategoryEntry, CategoryMatch, Confidence
from circledata.values.outlet_names import split_name, tidy

_VICINITY = re.compile(
    "^.*(?:斜对面|对面|旁边|附近|隔壁|旁侧|旁|门前|楼上|楼下|后面|前面|[东南西北]侧|往[东南西北]|[0-9]+米)的?"
)
_NEAR = frozenset("面边近壁侧旁前上下往米")
"""Up to here a name tells where something is, not what it is: 药店旁边的…"""

_NO_OUTLET = (
    *(
        "停车场",
        "停车位",
        "停车库",
        "车库",
        "停车楼",
        "停车点",
        "宿舍",
        "宿舍楼",
        "家属院",
        "家属楼",
        "小区",
        "工地",
        "入口",
        "出口",
    ),
    *(
        "东门",
        "西门",
        "南门",
        "北门",
        "大门",
        "正门",
        "公交站",
        "公交车站",
        "地铁站",
        "路口",
        "厕所",
        "卫生间",
        "仓库",
        "库房",
    ),
    *(
        "办公室",
        "办公楼",
        "办事处",
        "管理处",
        "管理所",
        "项目部",
        "自行车租赁点",
        "批发市场",
        "批发城",
        "工厂",
        "厂房",
        "学校",
    ),
)
"""Names that end so are no outlet of the kind that stands before: 便利店停车场, 药店宿舍, 某某超市(入口)."""
_NO_OUTLET_ENDS = frozenset(word[-1] for word in _NO_OUTLET)
"""Most names end in none of these characters, which is told sooner than that they end in none of the words."""

_COMPANY = re.compile("(?:股份)?(?:有限)?(?:责任)?(?:集团)?(?:总)?公司$|集团$")
_ALSO = re.compile("^(?:含|内含|内设|附设|附带|兼营|兼|内有|带)有?")
_SEPARATORS = re.compile("[|;、/,+&]")
_NOT_A_BRANCH = re.compile("^(?:街|路|巷|大道|旁|对面|附近|城|里|弄|村)")
_BRANCHES = ("店", "校区", "专柜", "门市", "门市部", "分部", "分馆", "营业部")
_WEAK = 2


class NameFinder:
    """Finds categories by name. Made once from the entries of the code list; every search is by dictionary."""

    def __init__(self, entries: Sequence[CategoryEntry]) -> None:
        self._names: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._excluded: set[str] = set()
        for entry in entries:
            for word in (entry.zh, entry.en, *entry.aliases):
                if word:
                    self._names.setdefault(_key(word), entry.code)
        self._words.update({word: code for word, code in self._names.items() if not word.isascii()})
        for entry in entries:
            for word in entry.endings:
                self._words.setdefault(_key(word), entry.code)
            self._excluded.update(_key(word) for word in entry.exclusions)
        lengths: dict[str, set[int]] = {}
        firsts: dict[str, set[int]] = {}
        for word in (*self._words, *self._excluded):
            lengths.setdefault(word[-1], set()).add(len(word))
            firsts.setdefault(word[0], set()).add(len(word))
        self._ending_lengths = {last: sorted(found, reverse=True) for last, found in lengths.items()}
        self._word_lengths = {
            first: sorted((length for length in found if length >= _WEAK), reverse=True)
            for first, found in firsts.items()
        }

    def exact(self, text: str) -> str:
        """Return the category whose title or alias `text` is, in any spelling of brackets and capitals; else empty."""
        return self._names.get(_key(text), "")

    def ending(self, text: str) -> tuple[str, str]:
        """Return the longest known ending of `text` and its category; ("", "") without one or with an exclusion."""
        key = text.casefold()
        for length in self._ending_lengths.get(key[-1:], ()):
            end = key[-length:]
            if end in self._excluded:
                return end, ""
            if end in self._words:
                return end, self._words[end]
        return "", ""

    def find(self, name: str) -> list[CategoryMatch]:
        """Return what `name` speaks for, the main category first; empty when it says nothing.

        Exact title or alias, also before a branch in brackets: certain. Ends with a known word: likely. Contains one,
        or is the name of a company: possible. Names of what is no outlet (…停车场, …宿舍, 药店旁边) give nothing.
        """
        full = tidy(name)
        if code := self._names.get(full.casefold()):
            return [_match(code, "name-is", full, "certain")]
        parts = [part for part in _SEPARATORS.split(full) if part] if _SEPARATORS.search(full) else ()
        if len(parts) > 1:
            found = [self._single(part) for part in parts]
            if all(matches and matches[0].confidence != "possible" for matches in found):
                return _once(match for matches in found for match in matches)
        return self._single(full)

    def _single(self, full: str) -> list[CategoryMatch]:
        parts = split_name(full)
        brackets = [*parts.notes, *filter(None, parts.branch.split("/"))] if parts.notes or parts.branch else ()
        if any(text.endswith(_NO_OUTLET) for text in brackets):
            return []
        stem = parts.stem if _NEAR.isdisjoint(parts.stem) else _VICINITY.sub("", parts.stem)
        main = self._stem(stem, whole=stem == parts.stem)
        if not stem or main is None:
            return []
        also = []
        for text in brackets:
            inside = _ALSO.sub("", text)
            if inside == text and (main or not self.exact(text)):
                continue
            code = self.exact(inside) or self.ending(inside)[1]
            if code:
                also.append(_match(code, "name-also" if inside != text else "name-bracket", inside, "likely"))
        if len(main) == 1 and not also:
            return main
        sure = [match for match in main if match.confidence != "possible"]
        return _once([*sure, *also]) or _once(main)

    def _stem(self, stem: str, *, whole: bool) -> list[CategoryMatch] | None:
        """Matches of a name without brackets; None when it is known to be something else. `whole`: nothing was cut."""
        if whole and (code := self._names.get(stem.casefold())):
            return [_match(code, "name-is", stem, "certain")]
        end, code = self.ending(stem)
        if code:
            return [_match(code, "name-ends-with", end, "likely")]
        if end or stem.endswith(_NO_OUTLET):
            return None
        company = _COMPANY.search(stem)
        if company:
            end, code = self.ending(stem[: company.start()])
            return [_match(code, "name-company", end, "possible")] if code else None
        inside = list(self._inside(stem))
        if stem.endswith(_BRANCHES):
            before = {code: word for word, code, rest in inside if len(rest) > _WEAK and not _NOT_A_BRANCH.match(rest)}
            if len(before) == 1:
                return [_match(code, "name-before-branch", word, "likely") for code, word in before.items()]
        return [_match(code, "name-contains", word, "possible") for word, code, _ in inside]

    def _inside(self, stem: str) -> Iterator[tuple[str, str, str]]:
        """Yield (word, category, what follows) for the words inside `stem`, none within a longer one, from the left."""
        key = stem.casefold()
        start = 0
        while start < len(key):
            step = 1
            for length in self._word_lengths.get(key[start], ()):
                word = key[start : start + length]
                if word in self._words:
                    yield word, self._words[word], key[start + length :]
                elif word not in self._excluded:
                    continue
                step = length
                break
            start += step


def only_near(stem: str) -> bool:
    """Tell whether a name says that something is near something else: 药店旁边, 肯德基对面的修鞋摊."""
    return not _NEAR.isdisjoint(stem) and _VICINITY.match(stem) is not None


def no_outlet(name: str) -> str:
    """Return the words by which `name` says that it is no outlet (停车场, 入口, 公交站 …); empty when it does not.

    Source: map exports name gates, car parks and stops after the outlet beside them; the list is this standard's own.
    """
    parts = split_name(name)
    for text in (parts.stem, *parts.notes, *parts.branch.split("/")) if parts.branch else (parts.stem, *parts.notes):
        if text[-1:] in _NO_OUTLET_ENDS and text.endswith(_NO_OUTLET):
            return max((word for word in _NO_OUTLET if text.endswith(word)), key=len)
    return ""


def _key(text: str) -> str:
    return tidy(text).casefold()


@lru_cache(maxsize=1 << 14)
@lru_cache(maxsize=1 << 12)
def _match(code: str, rule: str, text: str, confidence: Confidence) -> CategoryMatch:
    return CategoryMatch(code, rule, "name", text, confidence)


def _once(matches: Iterator[CategoryMatch] | Sequence[CategoryMatch]) -> list[CategoryMatch]:
    """Each category once, by its first match."""
    first: dict[str, CategoryMatch] = {}
    for match in matches:
        first.setdefault(match.category, match)
    return list(first.values())
