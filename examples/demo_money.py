"""The invented chain from need to project to grant, and the grants of the night economy."""

from __future__ import annotations

import random
from datetime import date, timedelta

from demo_model import District, Place
from invented import company, day, dice, serial

from package_writer import Row

WORKS = (
    ("便民维修点", "repair", "new", 90_000, "附近没有修鞋、配钥匙的地方"),
    ("菜市场", "wet-market", "upgrade", 1_300_000, "菜市场地面积水，通风不好"),
    ("社区食堂", "community-canteen", "new", 420_000, "老人中午没有地方吃饭"),
    ("早餐店", "breakfast-shop", "equipment", 80_000, "早上买不到热的早餐"),
    ("日间照料中心", "elderly-day-care", "new", 650_000, "白天没有人照看老人"),
    ("再生资源回收点", "recycling", "new", 60_000, "旧家电没有地方回收"),
)
OPEN_NEEDS = (
    ("childcare", "双职工家庭想要临时托管"),
    ("bookstore", "孩子放学以后没有看书的地方"),
    ("parcel-post", "取快递要走很远"),
    ("laundry", "附近没有洗衣店"),
    (None, "路口没有盲道，轮椅上不去"),
)


def projects(district: District) -> None:
    """Make the lists of needs and projects: every project meets a need, and some needs have no project yet."""
    made: list[Row] = []
    needs: list[Row] = []
    for index, place in enumerate(district.places):
        for offset in range(1 if place.planned else 2):
            thing, category, kind, size, wish = WORKS[(index * 2 + offset) % len(WORKS)]
            project = _project(district.random, place, len(made) + 1, thing, category, kind, size)
            made.append(project)
            status = "met" if project["status"] in {"completed", "accepted"} else "planned"
            mentions = 20 + dice(district.random, 80)
            needs.append(_need(len(needs), place, category, wish, mentions, status, project))
        without, wish = OPEN_NEEDS[index % len(OPEN_NEEDS)]
        mentions = 5 + dice(district.random, 30)
        needs.append(_need(len(needs), place, without, wish, mentions, "declined" if without is None else "open"))
    district.tables |= {"needs": needs, "projects": [*made, _digital(len(made))]}


def _need(
    already: int,
    place: Place,
    category: str | None,
    wish: str,
    mentions: int,
    status: str,
    project: Row | None = None,
) -> Row:
    return {
        "need_id": serial("N", 901 + already, 3),
        "circle_id": place.circle_id,
        "category": category,
        "description": wish,
        "mentions": mentions,
        "status": status,
        "project_id": project["project_id"] if project else None,
    }


def _digital(already: int) -> Row:
    """Return a project that serves the whole district and so belongs to no circle."""
    name, code = company("示例智慧社区服务有限公司", 700)
    return {
        "project_id": serial("P", 901 + already, 3),
        "name": "示例区便民网点动态地图",
        "kind": "digital",
        "owner_name": name,
        "owner_uscc": code,
        "planned_investment_yuan": 360_000,
        "started_on": "2024-10-08",
        "status": "building",
    }


def _project(
    randomness: random.Random, place: Place, number: int, thing: str, category: str, kind: str, size: int
) -> Row:
    status = {"accepted": "accepted", "built": "completed", "building": "building", "planned": "approved"}[place.status]
    name, code = company(f"示例{place.name[2:]}商业运营有限公司", 600 + int(place.circle_id[-2:]))
    planned = size + 1_000 * dice(randomness, 40)
    done = status in {"accepted", "completed"}
    started = None if status == "approved" else day(2024, 1, 8) + timedelta(days=dice(randomness, 60))
    completed = started + timedelta(days=100 + dice(randomness, 60)) if started and done else None
    actual = planned - 1_000 * dice(randomness, 8) if done else None
    return {
        "project_id": serial("P", 900 + number, 3),
        "circle_id": place.circle_id,
        "name": f"{place.name}{thing}{'改造' if kind == 'upgrade' else '建设'}",
        "kind": kind,
        "category": category,
        "owner_name": name,
        "owner_uscc": code,
        "planned_investment_yuan": planned,
        "actual_investment_yuan": actual,
        "social_investment_yuan": actual * 3 // 5 if actual else None,
        "started_on": started,
        "completed_on": completed,
        "status": status,
    }


PROGRAMME: Row = {
    "name": "示例区便民生活圈建设项目补助办法",
    "issuer": "示例区商务局",
    "rule_version": "2023",
    "document_number": "示商发〔2023〕1号",
    "valid_from": "2023-03-01",
    "valid_to": "2025-12-31",
    "budget_yuan": 9_000_000,
}
NIGHT_PROGRAMME: Row = {
    "name": "示例区夜间经济示范区、示范点补助办法",
    "issuer": "示例区商务局",
    "rule_version": "2024-试行",
    "document_number": "示商发〔2024〕2号",
    "valid_from": "2024-02-01",
    "valid_to": "2025-12-31",
    "rate": 0.5,
    "budget_yuan": 1_500_000,
    "eligible_costs": ["基础设施提升", "公共服务建设", "品牌推广"],
}
SMALL, MARKET, ZONE, POINT = (serial("F", 900 + number, 3) for number in range(1, 5))


def subsidies(district: District) -> None:
    """Make the programmes, and a grant for every project that belongs to a category."""
    district.tables["programmes"] = [
        {**PROGRAMME, "programme_id": SMALL, "subject": "便民服务点建设", "rate": 0.4, "cap_yuan": 200_000,
         "floor_investment_yuan": 50_000, "eligible_costs": ["装修", "设备"]},
        {**PROGRAMME, "programme_id": MARKET, "subject": "菜市场改造", "rate": 0.3, "cap_yuan": 500_000,
         "floor_investment_yuan": 500_000, "eligible_costs": ["土建", "给排水", "通风"]},
        {**NIGHT_PROGRAMME, "programme_id": ZONE, "subject": "夜间经济示范区", "cap_yuan": 800_000},
        {**NIGHT_PROGRAMME, "programme_id": POINT, "subject": "夜间经济示范点", "cap_yuan": 300_000},
    ]  # fmt: skip
    rows: list[Row] = []
    for number, project in enumerate(district.tables["projects"], start=1):
        if project.get("category"):
            rows.append(_subsidy(project, number))
    district.tables["subsidies"] = rows


PAID_STEPS = ("paid", "paid", "audited", "accepted")
EARLY_STEPS = ("applied", "screened", "reviewed", "publicised", "rejected", "withdrawn")


def _subsidy(project: Row, number: int) -> dict[str, object]:
    """Return the grant of one project, as far along as the project is."""
    market = project["category"] == "wet-market"
    rate, cap = (0.3, 500_000) if market else (0.4, 200_000)
    done = project["status"] in {"completed", "accepted"}
    if project["status"] == "accepted":
        status = PAID_STEPS[number % len(PAID_STEPS)]
    elif project["status"] == "completed":
        status = "accepted"
    elif project["status"] == "building":
        status = "awarded" if number % 2 else "building"
    else:
        status = EARLY_STEPS[number % len(EARLY_STEPS)]
    started = project["started_on"]
    awarded = started - timedelta(days=10) if isinstance(started, date) else None
    applied = awarded - timedelta(days=60) if awarded else day(2024, 11, 4) + timedelta(days=number % 7)
    eligible = int(str(project["actual_investment_yuan"] or project["planned_investment_yuan"])) * 9 // 10
    amount = min(int(eligible * rate), cap) // 100 * 100
    completed = project["completed_on"]
    accepted = completed + timedelta(days=20) if isinstance(completed, date) else None
    shown = awarded is not None or status == "publicised"
    return {
        "subsidy_id": serial("G", 900 + number, 3),
        "programme_id": MARKET if market else SMALL,
        "project_id": project["project_id"],
        "circle_id": project["circle_id"],
        "recipient_name": project["owner_name"],
        "recipient_uscc": project["owner_uscc"],
        "funding_level": "provincial" if number % 2 else "district",
        "applied_on": applied,
        "eligible_investment_yuan": eligible if shown or status == "reviewed" else None,
        "rate": rate if awarded else None,
        "awarded_yuan": amount if awarded else None,
        "publicity_from": applied + timedelta(days=40) if shown else None,
        "publicity_to": applied + timedelta(days=46) if shown else None,
        "awarded_on": awarded,
        "accepted_on": accepted if done else None,
        "disbursed_yuan": amount if status == "paid" else 0 if awarded else None,
        "disbursed_on": accepted + timedelta(days=25) if accepted and status == "paid" else None,
        "status": status,
    }


def night(district: District) -> None:
    """Make the zones of the night economy, their grants, and the outlets that belong to them."""
    first, fifth, tenth = district.places[0], district.places[4], district.places[9]
    operators = [company("示例青禾夜市管理有限公司", 801), company("示例望河文化有限公司", 802)]
    zones: list[dict[str, object]] = [
        {"zone_id": serial("Z", 901, 3), "name": "示例青禾夜市", "kind": "zone", "status": "recognised",
         "operator_kind": "enterprise-led", "street_length_m": 420, "area_m2": 9_600,
         "formats": ["night-shopping", "night-dining", "night-shows"], "circle_id": first.circle_id,
         "recognised_on": "2024-06-20", "programme_id": ZONE},
        {"zone_id": serial("Z", 902, 3), "name": "示例望河夜读角", "kind": "point", "status": "recognised",
         "operator_kind": "government-led", "area_m2": 800, "formats": ["night-reading"],
         "circle_id": fifth.circle_id, "recognised_on": "2024-07-05", "programme_id": POINT},
        {"zone_id": serial("Z", 903, 3), "name": "示例西泉食街", "kind": "zone", "status": "applied",
         "operator_kind": "enterprise-led", "street_length_m": 350,
         "formats": ["night-dining", "night-tasting"], "circle_id": tenth.circle_id},
    ]  # fmt: skip
    for zone, place, operator in zip(zones[:2], (first, fifth), operators, strict=True):
        zone |= {"operator_name": operator[0], "operator_uscc": operator[1]}
        zone |= {"longitude": round(place.centre[0], 6), "latitude": round(place.centre[1], 6)}
    district.tables["night_zones"] = list(zones)
    district.tables["subsidies"] = [
        *district.tables["subsidies"],
        _night_grant(981, zones[0], 1_400_000, 700_000, paid=700_000),
        _night_grant(982, zones[1], 380_000, 190_000, paid=95_000),
    ]
    district.tables["outlets"] = [_at_night(row, zones[0]) for row in district.tables["outlets"]]


def _night_grant(number: int, zone: Row, eligible: int, amount: int, paid: int) -> Row:
    return {
        "subsidy_id": serial("G", number, 3),
        "programme_id": zone["programme_id"],
        "circle_id": zone["circle_id"],
        "recipient_name": zone["operator_name"],
        "recipient_uscc": zone["operator_uscc"],
        "funding_level": "city",
        "applied_on": "2024-04-08",
        "eligible_investment_yuan": eligible,
        "rate": 0.5,
        "awarded_yuan": amount,
        "publicity_from": "2024-07-10",
        "publicity_to": "2024-07-16",
        "awarded_on": "2024-07-25",
        "accepted_on": "2024-10-15",
        "disbursed_yuan": paid,
        "disbursed_on": "2024-11-08",
        "status": "paid" if paid == amount else "accepted",
        "zone_id": zone["zone_id"],
    }


NIGHT_FORMATS = {
    "specialty-restaurant": ["night-dining"],
    "demo-noodle-shop": ["night-dining"],
    "convenience-store": ["night-shopping"],
}


def _at_night(row: Row, zone: Row) -> Row:
    """Return an outlet with what it does at night, if it stands in the zone's circle."""
    formats = NIGHT_FORMATS.get(str(row["category"]))
    if row["circle_id"] != zone["circle_id"] or not formats or row["status"] != "open":
        return row
    return {**row, "zone_id": zone["zone_id"], "night_formats": formats}
