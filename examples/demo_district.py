"""A whole district, invented: every table of the open profile, the chain from need to outlet, the night economy.

Everything follows from one seed; the same seed gives the same bytes. Nothing here describes a real place.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from demo_model import District, Place
from demo_money import night, projects, subsidies
from demo_outlets import outlets_of
from demo_surveys import surveys
from invented import DIVISION, company, day, dice, serial

from package_writer import Example, Row

SEED = 20241231
AS_OF = date(2024, 12, 31)
CENTRE = (103.10437, 38.05182)
STEP = (0.0190, 0.0150)
"""Distance of two neighbouring circles' centres in degrees, about 1.66 km each way."""
METRES = math.pi * 6_371_008.8 / 180

# 名称, English name, 街道代码, 状态, 目标类型, 现有类型
CIRCLES = (
    ("示例青禾", "Sample Qinghe", "620602001", "accepted", "quality", "quality"),
    ("示例云溪", "Sample Yunxi", "620602001", "accepted", "quality", "improved"),
    ("示例明塘", "Sample Mingtang", "620602002", "accepted", "improved", "improved"),
    ("示例松岗", "Sample Songgang", "620602002", "accepted", "improved", "basic"),
    ("示例望河", "Sample Wanghe", "620602003", "built", "improved", "improved"),
    ("示例槐里", "Sample Huaili", "620602003", "built", "basic", "basic"),
    ("示例石桥", "Sample Shiqiao", "620602004", "building", "improved", None),
    ("示例杏园", "Sample Xingyuan", "620602004", "building", "basic", None),
    ("示例东篱", "Sample Dongli", "620602005", "building", "basic", None),
    ("示例西泉", "Sample Xiquan", "620602005", "building", "quality", None),
    ("示例柳堤", "Sample Liudi", "620602007", "planned", "basic", None),
    ("示例长亭", "Sample Changting", "620602008", "planned", "basic", None),
)
FORMS = ("clustered", "street", "distributed")


def example() -> Example:
    """Return the package."""
    district = District(random.Random(SEED))
    _places(district)
    projects(district)
    _outlets(district)
    _circles(district)
    _communities(district)
    subsidies(district)
    night(district)
    district.tables |= surveys(district.random, district.places)
    _translations(district)
    return Example(
        name="demo-district",
        title="示例区便民生活圈（虚构数据）",
        description="全部内容都是编造的，用来演示标准的每一张公开的表。区划代码借用真实代码，只为通过检查；与真实的地方无关。",
        version="1.0.0",
        division_code=DIVISION,
        as_of=AS_OF.isoformat(),
        tables=district.tables,
        synthetic=True,
        extensions={"night-economy": "1.0"},
        boundaries={"type": "FeatureCollection", "features": district.features},
    )


def _places(district: District) -> None:
    for number, (name, _, township, status, _, _) in enumerate(CIRCLES, start=1):
        column, row = (number - 1) % 4, (number - 1) // 4
        centre = (CENTRE[0] + column * STEP[0], CENTRE[1] - row * STEP[1])
        ring = _ring(district.random, centre)
        place = Place(
            circle_id=serial("C", 900 + number, 3),
            name=name,
            township=township,
            status=status,
            centre=centre,
            street=f"示例{name[2:]}街",
            planned=status == "planned",
        )
        place.area_m2 = round(_area(ring))
        place.population = 12_000 + dice(district.random, 11) * 1_000 + dice(district.random, 900)
        district.places.append(place)
        district.features.append(
            {
                "type": "Feature",
                "properties": {"circle_id": place.circle_id},
                "geometry": {"type": "Polygon", "coordinates": [[list(point) for point in ring]]},
            }
        )


def _ring(randomness: random.Random, centre: tuple[float, float]) -> list[tuple[float, float]]:
    """Return a closed ring of twelve corners, 600 to 760 m from the centre, counter-clockwise."""
    corners = []
    for corner in range(12):
        radius = 600 + 160 * randomness.random()
        angle = math.radians(30 * corner)
        lon = centre[0] + radius * math.cos(angle) / (METRES * math.cos(math.radians(centre[1])))
        lat = centre[1] + radius * math.sin(angle) / METRES
        corners.append((round(lon, 6), round(lat, 6)))
    return [*corners, corners[0]]


def _area(ring: Sequence[tuple[float, float]]) -> float:
    """Return the area of a ring in square metres, on a plane at its own latitude."""
    width = METRES * math.cos(math.radians(ring[0][1]))
    twice = sum(
        (a[0] - ring[0][0]) * width * (b[1] - ring[0][1]) * METRES
        - (b[0] - ring[0][0]) * width * (a[1] - ring[0][1]) * METRES
        for a, b in pairwise(ring)
    )
    return abs(twice) / 2


def _outlets(district: District) -> None:
    rows: list[dict[str, object]] = []
    for index, place in enumerate(district.places):
        rows.extend(outlets_of(district.random, place, index, district.places, len(rows), AS_OF))
    rows.extend(_outside(district, len(rows)))
    made = {
        (project["circle_id"], project["category"]): project
        for project in district.tables["projects"]
        if project["status"] in {"completed", "accepted"}
    }
    for row in rows:
        place_and_kind = row["circle_id"], row["category"]
        project = made.pop(place_and_kind) if place_and_kind in made else None
        if project and row["status"] == "open" and isinstance(completed := project["completed_on"], date):
            row |= {"project_id": project["project_id"], "opened_on": completed + timedelta(days=10)}
    district.tables["outlets"] = list(rows)
    district.tables["categories"] = [
        {"category": "demo-noodle-shop", "name": "示例牛肉面馆", "parent": "specialty-restaurant", "class": "basic"},
        {"category": "demo-festival-stall", "name": "示例节庆摊点", "parent": "mobile-stall"},
    ]


def _outside(district: District, already: int) -> list[dict[str, object]]:
    """Return a few outlets that stand between the circles and belong to none."""
    rows: list[dict[str, object]] = []
    for index in (0, 1, 5, 6):
        place = district.places[index]
        gap = replace(place, centre=(place.centre[0] + STEP[0] / 2, place.centre[1] - STEP[1] / 2))
        row = outlets_of(district.random, gap, 3, district.places, already + len(rows), AS_OF)[0]
        rows.append(row | {"circle_id": None})
    return rows


def _circles(district: District) -> None:
    rows: list[Row] = []
    for number, (place, entry) in enumerate(zip(district.places, CIRCLES, strict=True)):
        _, _, _, status, target, grade = entry
        open_here = [
            row for row in district.tables["outlets"] if row["circle_id"] == place.circle_id and row["status"] == "open"
        ]
        works = [row for row in district.tables["projects"] if row.get("circle_id") == place.circle_id]
        spent = [row for row in works if row["actual_investment_yuan"]]
        name, code = company(f"示例{place.name[2:]}商业运营有限公司", 600 + int(place.circle_id[-2:]))
        done = status in {"built", "accepted"}
        rows.append(
            {
                "circle_id": place.circle_id,
                "name": place.name,
                "division_code": place.township,
                "status": status,
                "target_grade": target,
                "grade": grade,
                "grade_basis": {"accepted": "accepted", "built": "self-assessed"}.get(status),
                "form": FORMS[number % len(FORMS)],
                "planned_completion": "2024-12-31" if done else "2025-12-31",
                "completed_on": day(2024, 9, 10) + timedelta(days=number * 5) if done else None,
                "accepted_on": day(2024, 12, 3) + timedelta(days=number) if status == "accepted" else None,
                "walking_minutes": 15,
                "area_m2": place.area_m2,
                "longitude": round(place.centre[0], 6),
                "latitude": round(place.centre[1], 6),
                "population": place.population,
                "population_60_plus": place.population * 22 // 100,
                "households": place.population * 10 // 26,
                "commercial_floor_area_m2": sum(float(str(row["floor_area_m2"] or 0)) for row in open_here) * 1.1,
                "operator_name": name,
                "operator_uscc": code,
                "total_investment_yuan": sum(int(str(row["actual_investment_yuan"])) for row in spent) or None,
                "social_investment_yuan": sum(int(str(row["social_investment_yuan"])) for row in spent) or None,
                "jobs": sum(int(str(row["staff_count"] or 0)) for row in open_here),
                "updated_on": day(2024, 12, 20) + timedelta(days=number % 8),
            }
        )
    district.tables["circles"] = rows


def _communities(district: District) -> None:
    rows: list[Row] = []
    count: dict[str, int] = {}
    for place in district.places:
        first = place.population * 55 // 100
        for part, people in enumerate((first, place.population - first), start=1):
            # 900 以后的号码没有真实的社区使用，一看就是编的。
            count[place.township] = count.get(place.township, 900) + 1
            rows.append(
                {
                    "circle_id": place.circle_id,
                    "name": f"{place.name}第{'一二'[part - 1]}社区",
                    "community_code": f"{place.township}{count[place.township]}",
                    "population": people,
                    "households": people * 10 // 26,
                }
            )
    district.tables["communities"] = rows


def _translations(district: District) -> None:
    rows: list[Row] = [
        {"table": "circles", "id": place.circle_id, "field": "name", "language": "en", "text": entry[1]}
        for place, entry in zip(district.places, CIRCLES, strict=True)
    ]
    rows.append(
        {
            "table": "categories",
            "id": "demo-noodle-shop",
            "field": "name",
            "language": "en",
            "text": "Sample noodle shop",
        }
    )
    district.tables["translations"] = rows
