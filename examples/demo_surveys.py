"""The invented surveys: counts that add up, a question of every type, and small cells withheld."""

from __future__ import annotations

import random
from collections.abc import Sequence

from demo_model import Place
from invented import dice, serial

from package_writer import Row

SATISFACTION, NEEDS, YOUNG_AND_OLD = (serial("S", 900 + number, 3) for number in range(1, 4))
ORGANIZER = "示例区商务局"
WISHES = ("维修点", "社区食堂", "幼儿托管点", "书店", "再生资源回收点")


def surveys(randomness: random.Random, places: Sequence[Place]) -> dict[str, list[Row]]:
    """Return the tables surveys, survey_questions and survey_results."""
    surveyed = [place for place in places if not place.planned]
    results = [*_satisfaction(randomness, surveyed), *_needs(randomness), *_one_circle(surveyed[0])]
    people = sum(place.population for place in surveyed)
    base = max(int(str(row["base"])) for row in results if row["survey_id"] == SATISFACTION)
    return {
        "surveys": [
            {"survey_id": SATISFACTION, "kind": "satisfaction", "instrument": "示例满意度问卷（第 1 版）",
             "mode": "interview", "started_on": "2024-11-01", "ended_on": "2024-11-20", "population": people,
             "invited": 1800, "responses": base, "organizer": ORGANIZER},
            {"survey_id": NEEDS, "kind": "needs", "instrument": "示例需求问卷（第 1 版）", "mode": "online",
             "started_on": "2023-10-08", "ended_on": "2023-10-31", "population": people, "responses": 640,
             "organizer": ORGANIZER},
            {"survey_id": YOUNG_AND_OLD, "kind": "satisfaction", "circle_id": surveyed[0].circle_id,
             "instrument": "示例回访问卷", "mode": "phone", "started_on": "2024-12-05", "ended_on": "2024-12-12",
             "population": surveyed[0].population, "invited": 200, "responses": 128, "organizer": ORGANIZER},
        ],
        "survey_questions": [
            _question(SATISFACTION, "q1", "您对家附近的生活服务总体满意吗？", "likert5", "overall"),
            _question(SATISFACTION, "q2", "您对家附近的菜市场满意吗？", "likert4", "wet-market"),
            _question(SATISFACTION, "q3", "您平常怎么去买菜？", "single", "travel"),
            _question(NEEDS, "q1", "您家附近最缺什么？（可多选）", "multiple", "missing"),
            _question(NEEDS, "q2", "您走到最近的便利店要几分钟？", "number", "convenience-store"),
            _question(NEEDS, "q3", "您还有什么建议？", "text", "other"),
            _question(YOUNG_AND_OLD, "q1", "您对这个生活圈总体满意吗？", "likert5", "overall"),
        ],
        "survey_results": results,
    }  # fmt: skip


def _question(survey: str, question: str, text: str, kind: str, topic: str) -> Row:
    return {"survey_id": survey, "question_id": question, "text": text, "type": kind, "topic": topic}


def _counted(survey: str, question: str, counts: dict[str, int], base: int, circle: str | None = None) -> list[Row]:
    return [
        {
            "survey_id": survey,
            "circle_id": circle,
            "question_id": question,
            "option": option,
            "count": count,
            "base": base,
            "suppressed": False,
        }
        for option, count in counts.items()
    ]


def _satisfaction(randomness: random.Random, places: Sequence[Place]) -> list[Row]:
    rows: list[Row] = []
    total: dict[str, int] = {}
    for place in places:
        # 每格不少于 5 人，所以哪一格都不必隐去。
        counts = {"1": 5, "2": 5 + dice(randomness, 4), "3": 10 + dice(randomness, 8)}
        counts |= {"4": 45 + dice(randomness, 20), "5": 60 + dice(randomness, 30)}
        rows += _counted(SATISFACTION, "q1", counts, sum(counts.values()), place.circle_id)
        total = {option: total.get(option, 0) + count for option, count in counts.items()}
    base = sum(total.values())
    rows += _counted(SATISFACTION, "q1", total, base)
    rows += _counted(SATISFACTION, "q2", {"1": 60, "2": 140, "3": 610, "4": base - 830}, base - 20)
    rows += _counted(SATISFACTION, "q3", {"步行": base - 320, "骑车": 180, "开车": 90, "网上买": 50}, base)
    return rows


def _needs(randomness: random.Random) -> list[Row]:
    wishes = {wish: 90 + dice(randomness, 200) for wish in WISHES}
    minutes = {"0-5": 310, "6-10": 208, "11-15": 82, "16及以上": 40}
    return _counted(NEEDS, "q1", wishes, 640) + _counted(NEEDS, "q2", minutes, 640)


def _one_circle(place: Place) -> list[Row]:
    """Two groups without a total; in the second two cells are withheld, so that neither follows from the other."""
    young = {"1": 5, "2": 6, "3": 9, "4": 24, "5": 30}
    rows = _counted(YOUNG_AND_OLD, "q1", young, 74, place.circle_id)
    old = {"1": 0, "2": 0, "3": 8, "4": 16, "5": 24}
    rows += _counted(YOUNG_AND_OLD, "q1", old, 54, place.circle_id)
    return [_grouped(row) for row in rows]


def _grouped(row: Row) -> Row:
    old = row["base"] == 54
    return {
        **row,
        "group": "60岁及以上" if old else "18-59岁",
        "suppressed": old and row["option"] in {"1", "2"},
    }
