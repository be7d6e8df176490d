"""The invented outlets of one circle: what is sold where, by whom, and since when."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from demo_model import Place
from invented import company, dice, pick, serial, uscc

METRES = math.pi * 6_371_008.8 / 180


@dataclass(frozen=True)
class Kind:
    """How many outlets of a category a circle has, and what they are like."""

    category: str
    label: str
    count: int
    floor: int
    staff: int
    hours: str
    brand: str | None = None
    mobility: str = "fixed"


# 业态, 店名里的叫法, 每圈几家, 面积, 人数, 营业时间, 连锁品牌
KINDS = (
    Kind("convenience-store", "便利店", 8, 70, 3, "Mo-Su 07:00-23:00", "示例优家"),
    Kind("supermarket", "综合超市", 1, 1800, 24, "Mo-Su 08:00-22:00", "示例万惠"),
    Kind("wet-market", "菜市场", 1, 2200, 30, "Mo-Su 06:00-20:00"),
    Kind("fresh-food-store", "生鲜店", 3, 120, 4, "Mo-Su 07:00-21:00", "示例鲜到"),
    Kind("breakfast-shop", "早餐店", 3, 45, 3, "Mo-Su 05:30-11:00"),
    Kind("laundry", "洗衣店", 1, 60, 2, "Mo-Su 09:00-20:30", "示例净衣"),
    Kind("hairdressing", "美发店", 4, 55, 3, "Tu-Su 10:00-21:00"),
    Kind("photo-print", "图文店", 1, 40, 2, "Mo-Sa 09:00-19:00"),
    Kind("housekeeping", "家政服务点", 1, 35, 6, "Mo-Sa 08:30-18:00"),
    Kind("repair", "维修点", 1, 18, 1, "Mo-Sa 09:00-18:00"),
    Kind("shoe-repair", "修鞋摊", 1, 6, 1, "Mo-Sa 09:00-18:00", mobility="kiosk"),
    Kind("pharmacy", "药店", 2, 110, 4, "Mo-Su 08:00-22:00", "示例康民"),
    Kind("parcel-post", "快递服务点", 2, 50, 3, "Mo-Su 08:30-20:30"),
    Kind("parcel-locker", "快件箱", 1, 3, 0, "24/7", mobility="vending"),
    Kind("recycling", "回收点", 1, 40, 2, "Mo-Sa 08:00-18:00"),
    Kind("car-wash", "洗车店", 1, 150, 4, "Mo-Su 08:30-19:30"),
    Kind("restaurant", "餐馆", 6, 130, 7, "Mo-Su 10:30-14:00,17:00-21:30"),
    Kind("specialty-restaurant", "特色餐馆", 1, 180, 9, "Mo-Su 11:00-22:00"),
    Kind("demo-noodle-shop", "牛肉面馆", 2, 90, 5, "Mo-Su 06:30-14:30"),
    Kind("community-canteen", "社区食堂", 1, 160, 6, "Mo-Su 06:30-08:30,11:00-13:00,17:00-18:30"),
    Kind("elderly-care", "养老服务站", 1, 400, 9, "Mo-Su 08:00-18:00"),
    Kind("elderly-day-care", "日间照料中心", 1, 300, 7, "Mo-Fr 08:00-17:30"),
    Kind("fitness", "健身房", 1, 350, 5, "Mo-Su 09:00-22:00"),
    Kind("childcare", "托管点", 1, 140, 6, "Mo-Fr 08:00-18:30"),
    Kind("training", "培训点", 1, 120, 5, "Tu-Su 14:00-20:30"),
    Kind("bakery", "烘焙店", 1, 65, 3, "Mo-Su 07:30-21:00", "示例麦香"),
    Kind("tea-coffee", "茶咖店", 1, 75, 3, "Mo-Su 09:00-22:30"),
    Kind("flower-gift", "鲜花店", 1, 35, 2, "Mo-Su 09:00-20:00"),
    Kind("wellness", "理疗店", 1, 90, 4, "Mo-Su 11:00-23:00"),
    Kind("bookstore", "书店", 1, 160, 3, "Mo-Su 10:00-21:30"),
    Kind("pet-service", "宠物店", 1, 60, 2, "Mo-Su 10:00-20:00"),
    Kind("vending", "自助售货柜", 1, 2, 0, "24/7", mobility="vending"),
    Kind("breakfast-cart", "早餐车", 1, 4, 1, "Mo-Su 06:00-09:30", mobility="mobile"),
    Kind("demo-festival-stall", "节庆摊点", 1, 4, 1, "Fr-Su 17:00-22:00", mobility="mobile"),
    Kind("health-station", "卫生服务站", 1, 260, 8, "Mo-Fr 08:00-18:00"),
)
SERVICES = {
    "convenience-store": (["parcel", "bill-payment"], ["parcel", "top-up", "order-pickup"], ["bill-payment"]),
    "supermarket": (["bill-payment", "top-up"],),
    "photo-print": (["printing"],),
    "community-canteen": (["senior-meals", "meals"],),
    "parcel-post": (["parcel", "order-pickup"],),
    "laundry": (["repair-drop-off"],),
}
SUPPLY = {"supermarket", "wet-market", "convenience-store", "pharmacy"}
FIRST = "春夏秋冬晨暮星月云山河松竹梅兰菊荷桂枫杨柳槐杏桃李禾麦稻粟豆"
SECOND = "和顺安康宁泰祥瑞福禄嘉佳美华荣盛兴隆昌达通远恒久诚信义仁德善"


def outlets_of(
    randomness: random.Random, place: Place, index: int, places: Sequence[Place], already: int, as_of: date
) -> list[dict[str, object]]:
    """Return the outlets of one circle; a planned circle has only part of them."""
    rows: list[dict[str, object]] = []
    for kind in KINDS:
        count = kind.count if not place.planned else kind.count // 2
        for _ in range(count):
            rows.append(_outlet(randomness, place, kind, already + len(rows) + 1, as_of, index))
    if index % 4 < 3:
        # 快件箱紧挨着东边的邻圈，两个圈的居民都用。
        locker = next((row for row in rows if row["category"] == "parcel-locker"), None)
        if locker:
            locker["other_circles"] = [places[index + 1].circle_id]
    return rows


def _outlet(
    randomness: random.Random, place: Place, kind: Kind, number: int, as_of: date, index: int
) -> dict[str, object]:
    status, opened, closed = _life(randomness, number, as_of)
    own_name = f"示例{pick(randomness, FIRST)}{pick(randomness, SECOND)}{kind.label}"
    branded = kind.brand is not None and randomness.random() < 0.7
    name = f"{kind.brand}{kind.label}（{place.name[2:]}{number:03d}店）" if branded else own_name
    public = kind.category == "health-station"
    operator, code = _operator(kind, branded, number, own_name)
    lon, lat = _point(randomness, place)
    running = status in {"open", "suspended"}
    return {
        "outlet_id": serial("O", 900_000 + number, 6),
        "circle_id": place.circle_id,
        "name": name,
        "category": kind.category,
        "other_categories": ["breakfast-shop"] if kind.category == "demo-noodle-shop" else None,
        "services": pick(randomness, SERVICES[kind.category]) if kind.category in SERVICES else None,
        "brand": kind.brand if branded else None,
        "chain": ("franchise" if number % 3 else "chain") if branded else "unknown" if public else "independent",
        "operator_name": operator,
        "operator_uscc": code,
        "address": f"{place.street} {number} 号",
        "division_code": place.township,
        "longitude": lon,
        "latitude": lat,
        "opening_hours": kind.hours if running else None,
        "phone": f"0935-{number:07d}" if running and kind.staff else None,
        "status": status,
        "opened_on": opened,
        "closed_on": closed,
        "floor_area_m2": round(kind.floor * (0.8 + 0.4 * randomness.random()), 1),
        "staff_count": max(kind.staff - 1 + dice(randomness, 3), 0)
        if running and kind.staff
        else 0
        if running
        else None,
        "mobility": kind.mobility,
        "accepts_cash": kind.mobility != "vending",
        "age_friendly": randomness.random() < 0.6,
        "accessible": randomness.random() < 0.4,
        "mother_baby": kind.category in {"supermarket", "childcare"},
        "home_delivery": kind.category in {"supermarket", "fresh-food-store", "pharmacy"},
        "online_order": randomness.random() < 0.5,
        "emergency_supply": kind.category in SUPPLY,
        "verified_on": as_of - timedelta(days=10 + dice(randomness, 90)) if running else None,
        "source": "示例街道普查",
    }


def _life(randomness: random.Random, number: int, as_of: date) -> tuple[str, date | None, date | None]:
    """Return status, opening day and closing day; one in sixty is not open."""
    opened = date(2015, 1, 1) + timedelta(days=dice(randomness, 3_400))
    special = number % 60
    if special == 17:
        return "closed", opened, as_of - timedelta(days=30 + dice(randomness, 60))
    if special == 33:
        return "suspended", opened, None
    if special == 51:
        return "planned", None, None
    return "open", opened, None


def _operator(kind: Kind, branded: bool, number: int, own_name: str) -> tuple[str | None, str | None]:
    if kind.category == "health-station":
        return None, None
    if branded:
        return company(f"{kind.brand}商贸有限公司", 100 + KINDS.index(kind))
    return own_name, uscc("92", 10_000 + number)


def _point(randomness: random.Random, place: Place) -> tuple[float, float]:
    """Return a place within 540 m of the circle's centre, which every boundary here encloses."""
    radius = 540 * math.sqrt(randomness.random())
    angle = 2 * math.pi * randomness.random()
    lon = place.centre[0] + radius * math.cos(angle) / (METRES * math.cos(math.radians(place.centre[1])))
    return round(lon, 6), round(place.centre[1] + radius * math.sin(angle) / METRES, 6)
