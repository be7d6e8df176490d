"""Words and cuts for finding a brand inside the name of an outlet; own choice throughout, no official list exists."""

from __future__ import annotations

import re
from collections.abc import Iterable

from circledata.values.category_matches import CategoryEntry
from circledata.values.outlet_names import BRANCH_ENDINGS

_NEVER = """
沙县小吃 兰州拉面 兰州牛肉面 兰州牛肉拉面 牛肉拉面 黄焖鸡米饭 重庆小面 重庆火锅 桂林米粉 柳州螺蛳粉 螺蛳粉 东北饺子
新疆烤串 杭州小笼包 天津包子 天津灌汤包 安徽板面 武汉热干面 西安凉皮 陕西凉皮 四川火锅 过桥米线 云南过桥米线
老北京布鞋 北京烤鸭 缙云烧饼 千里香馄饨 西北拉面 青海拉面 清真牛肉面 中国体育彩票 中国福利彩票 公共自行车
食堂 餐厅 小卖铺 coffee cafe café bar restaurant hotel supermarket shop store market bakery pharmacy
"""
NEVER_BRANDS = frozenset(_NEVER.split())
"""Names that many unrelated shops bear: dishes with their place, and signs of the state lotteries. A user's list of
brands may still name them."""

MODIFIERS = (
    *(
        "便民",
        "惠民",
        "利民",
        "平价",
        "社区",
        "连锁",
        "放心",
        "24小时",
        "自助",
        "无人",
        "智能",
        "综合",
        "生活",
        "家庭",
        "本地",
    ),
    *("百姓", "大众", "特价", "精品", "品牌", "正宗", "老字号", "中式", "西式", "清真", "新", "老", "大", "小"),
)
"""Words that only praise or describe; a name of these and of kinds of shop is no brand."""

NOT_BRANDS = re.compile(
    "(?:路|街|巷|弄|大道|小区|花园|家园|公寓|社区|村|镇|乡|街道|区|县|市|大学|学院|学校|小学|中学|初中|高中|幼儿园|医院|卫生院|卫生室"
    "|派出所|法院|委员会|居委会|村委会|公园|广场|大厦|停车场|站点|政府|中心小学|分校|工程|地铁|单元|号楼|[东西南北]门)$"
)
"""Endings of names of places and institutions, which are no brands of shops."""

MALLS = (
    *(
        "广场",
        "商场",
        "购物中心",
        "购物公园",
        "百货",
        "大厦",
        "商城",
        "银泰",
        "银泰城",
        "万象城",
        "万象汇",
        "大悦城",
        "天街",
        "印象城",
    ),
    *(
        "吾悦",
        "万达",
        "中心",
        "城",
        "里",
        "汇",
        "天地",
        "mall",
        "路",
        "街",
        "大道",
        "巷",
        "站",
        "机场",
        "医院",
        "大学",
        "学院",
        "校区",
    ),
    *("小区", "花园", "家园", "村", "镇", "区", "县", "市", "服务区", "公园", "景区", "楼", "层", "号", "口", "门"),
)
"""Endings of a place that may stand before the brand: 万达广场肯德基."""

DOUBTFUL = re.compile("维修|修理|回收|二手|配件|批发|培训|招商|总部|公司|仿|专修|代理|工厂")
"""Beside a brand these words say that the outlet deals with it rather than belongs to it."""

_BRANCH_WORDS = tuple(sorted(BRANCH_ENDINGS, key=len, reverse=True))
_STAND = re.compile("^(?:甜品站|得来速|汽车餐厅|咖啡吧|取餐点|自提点)$")


_REMEMBERED = 1 << 16
"""Names of which it is remembered what is left without the kind of shop: each is asked for several times."""


def generic_words(entries: Iterable[CategoryEntry]) -> set[str]:
    """Return the words of two characters or more that name kinds of shop: titles, aliases and endings of the list."""
    return {
        word.casefold()
        for entry in entries
        for word in (entry.zh, entry.en, *entry.aliases, *entry.endings)
        if len(word) >= 2 and "(" not in word and "（" not in word
    }


class Kinds:
    """The words for kinds of shop and the names of places, for taking them off a name."""

    def __init__(self, generic: Iterable[str], places: Iterable[str]) -> None:
        self._kinds = {word.casefold() for word in generic if word}
        lengths: dict[str, set[int]] = {}
        for word in self._kinds:
            lengths.setdefault(word[-1], set()).add(len(word))
        self._lengths = {last: sorted(found, reverse=True) for last, found in lengths.items()}
        self.places = {place.casefold() for place in places if len(place) >= 2}
        self._place_lengths = sorted({len(place) for place in self.places}, reverse=True)
        self._cut: dict[str, str] = {}

    def without_kind(self, stem: str) -> str:
        """Return `stem` without the longest word for a kind of shop at its end; the stem itself when there is none."""
        cut = self._cut.get(stem)
        if cut is None:
            if len(self._cut) >= _REMEMBERED:
                self._cut.clear()
            lengths = self._lengths.get(stem[-1:], ())
            cut = self._cut[stem] = next((stem[:-length] for length in lengths if stem[-length:] in self._kinds), stem)
        return cut

    def starts_with_place(self, text: str) -> str:
        """Return the longest known place with which `text` begins; empty when there is none."""
        return next((text[:length] for length in self._place_lengths if text[:length] in self.places), "")

    def never(self, stem: str) -> bool:
        """Tell whether `stem` can be no brand by itself: a kind of shop, a place, an institution, a dish, a number."""
        if len(stem) < 2 or stem in NEVER_BRANDS or stem in self.places or stem.isdigit():
            return True
        # Without the kind of shop, lest 永辉超市 be taken for a city.
        if NOT_BRANDS.search(self.without_kind(stem)):
            return True
        core = stem.removeprefix(self.starts_with_place(stem))
        while core:
            shorter = self.without_kind(core)
            if shorter.endswith(MODIFIERS) or shorter.startswith(MODIFIERS):
                for word in MODIFIERS:
                    shorter = shorter.removeprefix(word).removesuffix(word)
            if shorter == core:
                break
            core = shorter
        return len(core) < 2 or core in NEVER_BRANDS

    def is_rest(self, rest: str) -> bool:
        """Tell whether what follows a brand may follow one: a branch, a kind of shop, or a kind and a branch."""
        if rest.endswith(_BRANCH_WORDS) and not self.ends_with_kind(rest):
            return len(rest) >= 2 or rest == "店"
        return rest == "" or self.without_kind(rest) == "" or _STAND.match(rest) is not None

    def ends_with_kind(self, text: str) -> bool:
        """Tell whether `text` ends with a word for a kind of shop and has more before it."""
        return self.without_kind(text) not in {text, ""}

    def is_mall(self, prefix: str) -> bool:
        """Tell whether what stands before a brand is a place (万达广场, 凉州区), or a separator follows it."""
        return prefix == "" or prefix in self.places or prefix.endswith(MALLS) or prefix.endswith(("-", "·", "—"))


class BrandTwice(ValueError):
    """A spelling in a list of brands that stands for two of them; `line` is counted from 1."""

    def __init__(self, line: int, spelling: str, brand: str) -> None:
        self.line, self.spelling, self.brand = line, spelling, brand
        super().__init__(f"line {line}: {spelling} already stands for {brand}")


def read_brands(text: str) -> dict[str, tuple[str, ...]]:
    """Read a user's list of brands: brand → its spellings, the brand itself first.

    One brand a line, spellings after it: `肯德基;KFC;肯德鸡` (also with `,` or tabs), or as YAML `肯德基: [KFC,
    肯德鸡]`. Empty lines, lines that begin with `#` and a first line of headings (brand, 品牌) are passed over.
    BrandTwice where a spelling stands for two brands.
    """
    brands: dict[str, tuple[str, ...]] = {}
    owner: dict[str, str] = {}
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        plain = line.strip().removeprefix("- ").strip()
        if not plain or plain.startswith("#") or plain == "---":
            continue
        head, colon, tail = plain.partition(":")
        parts = [head, *_split(tail.strip(" []"))] if colon else _split(plain)
        words = [word for part in parts if (word := part.strip(" '\"[]"))]
        if not words or (not brands and words[0].casefold() in {"brand", "品牌", "brands"}):
            continue
        for word in words:
            if owner.setdefault(word.casefold(), words[0]) != words[0]:
                raise BrandTwice(number, word, owner[word.casefold()])
        brands[words[0]] = tuple(dict.fromkeys((*brands.get(words[0], ()), *words)))
    return brands


def _split(text: str) -> list[str]:
    return re.split("[;；,，、\t]", text)


def is_latin_edge(left: str, right: str) -> bool:
    """Tell whether a Latin word would be cut between `left` and `right`: KFC in KFCX."""
    return (
        bool(left and right) and left[-1].isascii() and left[-1].isalnum() and right[0].isascii() and right[0].isalnum()
    )
