"""Takes addresses apart: house number, road and rest; takes off a division that an address repeats."""

from __future__ import annotations

import re
from dataclasses import dataclass

from circledata.values.text import clean, half_width

_NUMBER = re.compile(
    r"(?:[0-9]{1,5}弄)?[甲乙丙丁]?(?:[0-9]{1,6}[A-Za-z]?|[一二三四五六七八九十百零]{1,7})(?:[-—–~、,，/][甲乙丙丁]?[0-9]{1,6}[A-Za-z]?){0,6}号"
    r"(?!线|楼|门(?!面|店|市)|出[口入]|口|馆|航站|码头|厅|柜|铺|摊|桥|院?[东西南北]?(?:地铁|门(?!面|店|市))|店|窗|厂房|库|车间|机|段|地块|矿|井|闸|梯|营|公路|国道|台(?!州)|病)"
    r"(?:附[0-9]+号?|之[一二三四五六七八九十0-9]+|[-—–][0-9]+(?![0-9]*[楼室层幢栋]))?"
)
_REPEATED = re.compile(
    "^(?P<before>.{0,12}?)(?P<again>.{2,16}?[省市区县州旗盟道镇乡])(?P<province>[^省市区县]{2,7}(?:省|自治区))?(?P=again)"
)
_ROAD = re.compile(
    r"(?P<road>[^0-9\s,，()（）]{0,12}?(?:大道|大街|公路|胡同|[路街巷弄道里]))(?=[0-9一二三四五六七八九十甲乙丙丁附(（]|$|[与和]|[^路街巷道办])"
)


@dataclass(frozen=True, slots=True)
class AddressParts:
    """An address taken apart, as written: `division` (may be empty), `road`, `number`, and the `rest` behind them."""

    division: str
    road: str
    number: str
    rest: str


def house_number(address: str) -> str | None:
    """Return the house number of an address as written, in half width: 90号, 12-3号, 88弄5号; None without one.

    Numbers of buildings, floors, doors, metro lines and shops (3号楼, 2号线, 5号铺) are no house numbers. Of several
    the first that follows a road, else the first at all.
    """
    plain = half_width(clean(address))
    found = list(_NUMBER.finditer(plain))
    after_road = next((one for one in found if plain[: one.start()].rstrip()[-1:] in set("路街巷弄道里村同")), None)
    chosen = after_road or (found[0] if found else None)
    return chosen.group() if chosen else None


def strip_repeated(address: str) -> str:
    """Return an address with its division once: 浙江省杭州市浙江省杭州市西湖区… has it twice."""
    plain = clean(address)
    for _ in range(4):
        found = _REPEATED.match(plain)
        if found is None:
            break
        # 杭州市西湖区浙江省杭州市西湖区: the province stands before the second time only.
        before = found["before"] or found["province"] or ""
        plain = before + found["again"] + plain[found.end() :]
    return plain


def without_division(plain: str) -> AddressParts:
    """Take what stands behind the division apart: road with what is before it, house number, rest."""
    number = house_number(plain)
    road = _ROAD.search(plain[: plain.index(number)] if number else plain)
    end = plain.index(number) + len(number) if number else (road.end() if road else 0)
    before = plain[: road.start()] if road else ""
    return AddressParts("", before + (road["road"] if road else ""), number or "", plain[end:].strip())
