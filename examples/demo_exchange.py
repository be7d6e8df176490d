"""A small invented package of the exchange profile: single answers of a survey, which the open profile never holds."""

from __future__ import annotations

import random

from invented import DIVISION, dice, serial

from package_writer import Example, Row

SEED = 20241215
SURVEY = serial("S", 951, 3)
ANSWERS = 36
REMARKS = ("希望菜市场早点开门", "修鞋的地方太远", "社区食堂的饭菜软烂，老人爱吃", "晚上路灯有点暗")


def example() -> Example:
    """Return the package."""
    randomness = random.Random(SEED)
    circles: list[Row] = [
        {
            "circle_id": serial("C", 950 + number, 3),
            "name": name,
            "division_code": "620602003",
            "status": "building",
            "planned_completion": "2025-12-31",
        }
        for number, name in enumerate(("示例桐荫", "示例鹿鸣"), start=1)
    ]
    responses, scores = _responses(randomness, [str(row["circle_id"]) for row in circles])
    return Example(
        name="demo-exchange",
        title="示例区满意度调查答卷（虚构数据，交换档）",
        description="全部内容都是编造的，用来演示只在机关之间交换的个人答卷表。答卷里没有姓名、电话和住址。",
        version="1.0.0",
        division_code=DIVISION,
        as_of="2024-12-31",
        profile="exchange",
        synthetic=True,
        tables={
            "circles": circles,
            "surveys": [
                {"survey_id": SURVEY, "kind": "satisfaction", "instrument": "示例满意度问卷（第 1 版）",
                 "mode": "paper", "started_on": "2024-12-02", "ended_on": "2024-12-13", "invited": 60,
                 "responses": ANSWERS, "organizer": "示例区商务局"},
            ],
            "survey_questions": [
                {"survey_id": SURVEY, "question_id": "q1", "text": "您对家附近的生活服务总体满意吗？",
                 "type": "likert5", "topic": "overall"},
                {"survey_id": SURVEY, "question_id": "q2", "text": "您还有什么建议？", "type": "text",
                 "topic": "other"},
            ],
            "survey_results": [
                {"survey_id": SURVEY, "question_id": "q1", "option": str(score), "count": scores.count(score),
                 "base": ANSWERS, "suppressed": False}
                for score in range(1, 6)
            ],
            "survey_responses": responses,
        },
    )  # fmt: skip


def _responses(randomness: random.Random, circles: list[str]) -> tuple[list[Row], list[int]]:
    rows: list[Row] = []
    scores = []
    for number in range(1, ANSWERS + 1):
        scores.append((1, 2, 3, 3, 4, 4, 4, 5, 5, 5)[dice(randomness, 10)])
        answer = {
            "survey_id": SURVEY,
            "response_id": f"r{number:03d}",
            "circle_id": circles[number % len(circles)],
        }
        rows.append({**answer, "question_id": "q1", "value": str(scores[-1])})
        if number % 6 == 0:
            rows.append({**answer, "question_id": "q2", "value": REMARKS[(number // 6) % len(REMARKS)]})
    return rows, scores
