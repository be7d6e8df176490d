"""问卷星 exports of every shape become surveys, questions and counts; everything personal stays behind."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from wjx_sample import base, checked, convert, export, faults, question, results, table

from circledata.convert.model import ConversionError
from circledata.convert.records.ids import Ids
from circledata.convert.survey.words import DECISIONS, REASONS, RULES
from circledata.standard import load_standard

OVERALL = "3、您对家附近的生活服务总体满意吗？"
FIVE = ["非常满意", "满意", "一般", "不满意", "非常不满意"]


def of(*counted: tuple[str, int]) -> list[str]:
    """`of(("是", 3), ("否", 2))` is five answers."""
    return [text for text, count in counted for _ in range(count)]


def five_steps(*counts: int) -> list[str]:
    return of(*zip(FIVE, counts, strict=True))


def test_a_whole_export_becomes_a_valid_open_package(tmp_path: Path) -> None:
    count = 60
    draft = convert(
        export(
            {
                "1、您的性别": of(("男", 25), ("女", 35)),
                "2、您的年龄": of(("18~20", 20), ("20～22", 20), ("23 ~ 30", 20)),
                OVERALL: five_steps(30, 14, 8, 6, 2),
                "4、您家附近最缺什么？（可多选）": of(("维修点┋社区食堂", 30), ("维修点", 28), ("书店", 2)),
                "5、您走到最近的便利店要几分钟？": of(("5", 40), ("12分钟", 20)),
                "6、您还有什么建议？": [f"建议在第 {n} 栋楼下面开一家早餐店，谢谢" for n in range(count)],
                "7、您的手机号": [f"1380000{n:04d}" for n in range(count)],
            }
        )
    )
    assert (draft.rows_in, draft.rows_used, draft.left_out) == (60, 60, [])
    (survey,) = draft.tables["surveys"]
    assert survey == {
        "survey_id": "620602-S001", "kind": "satisfaction", "started_on": "2024-09-01", "ended_on": "2024-09-28",
        "responses": "60", "mode": "online",
    }  # fmt: skip
    types = {row["question_id"]: row["type"] for row in draft.tables["survey_questions"]}
    assert types == {
        "q1": "single", "q2": "single", "q3": "likert5", "q4": "multiple", "q5": "number", "q6": "text", "q7": "text"
    }  # fmt: skip
    assert question(draft, "q3")["topic"] == "overall"
    assert results(draft, "q2") == {"18～20": "20", "20～22": "20", "23～30": "20"}
    assert {(item.old, item.new) for item in draft.changes if item.rule == "answer-form" and item.column[0] == "2"} == {
        ("18~20", "18～20"),
        ("23 ~ 30", "23～30"),
    }
    assert results(draft, "q3") == {"1": "*", "2": "*", "3": "8", "4": "14", "5": "30"}
    assert results(draft, "q4") == {"维修点": "58", "社区食堂": "30", "书店": "*"}
    assert base(draft, "q4") == 60
    assert "survey_responses" not in draft.tables
    assert faults(checked(draft, tmp_path)) == []


def test_nothing_personal_is_left_anywhere() -> None:
    secret = ["张三丰", "13800001111", "我家在3栋2单元", "10.20.30.40", "10:00:05", "微信"]
    draft = convert(
        export(
            {
                "1、您的姓名": ["张三丰"] * 3 + ["李四"] * 3,
                "2、联系电话": ["13800001111"] * 6,
                "3、最缺什么": ["其他〖我家在3栋2单元〗", "其他：我家在3栋2单元", *["维修点"] * 4],
                "4、随便写写": ["我家在3栋2单元", "甲", "乙", "丙", "丁", "戊"],
            }
        ),
        profile="exchange",
    )
    whole = json.dumps(
        [draft.tables, [vars_of(item) for item in draft.changes], list(draft.unread), list(draft.unmapped)],
        ensure_ascii=False,
    )
    assert [text for text in secret if text in whole] == []
    assert results(draft, "q3") == {"维修点": "4", "其他": "2"}
    assert draft.decisions["written-in"] == 2
    assert draft.decisions["text-dropped"] == 3
    assert draft.unmapped["来自IP"] == 6


def vars_of(item: object) -> dict[str, object]:
    return {name: getattr(item, name) for name in item.__slots__}  # type: ignore[attr-defined]


def test_skipped_empty_and_blank_are_three_things_and_none_is_in_the_base() -> None:
    answers = [*of(("步行", 20), ("骑车", 10)), *["(跳过)"] * 9, *["(空)"] * 7, *[None] * 6]
    draft = convert(export({"1、怎么买菜": answers, "2、性别": of(("男", 26), ("女", 26))}))
    assert (base(draft, "q1"), draft.tables["surveys"][0]["responses"]) == (30, "52")
    found = question(draft, "q1")
    assert (found["x_skipped"], found["x_empty"], found["x_blank"]) == ("9", "7", "6")
    # 一道题也没有答的行不算有效答卷
    draft = convert(export({"1、怎么买菜": answers}))
    assert (draft.rows_used, {item.reason for item in draft.left_out}) == (30, {"no-answers"})


def test_a_row_that_answers_another_question_stays_in_responses() -> None:
    draft = convert(export({"1、甲": ["是"] * 10 + ["否"] * 10, "2、乙": ["(跳过)"] * 6 + ["好"] * 14}))
    assert draft.tables["surveys"][0]["responses"] == "20"
    assert (base(draft, "q1"), base(draft, "q2")) == (20, 14)


@pytest.mark.parametrize(
    "items", [("17、菜市场", "17、便利店"), ("菜市场", "便利店"), ("17、满意度—菜市场", "17、满意度—便利店")]
)
def test_a_matrix_is_a_question_a_line_with_its_stem(items: tuple[str, str]) -> None:
    answers = five_steps(10, 10, 10, 5, 5)
    draft = convert(
        export(
            {"17、满意度—快递点": answers, items[0]: answers[::-1], items[1]: answers, "18、其他的事": of(("是", 40))}
        )
    )
    texts = {row["question_id"]: row["text"] for row in draft.tables["survey_questions"]}
    assert texts == {
        "q17_1": "满意度—快递点", "q17_2": "满意度—菜市场", "q17_3": "满意度—便利店", "q18": "其他的事"
    }  # fmt: skip
    assert question(draft, "q17_2")["topic"] == "wet-market"
    assert question(draft, "q17_3")["topic"] == "convenience-store"
    assert results(draft, "q17_1")["5"] == "10"


def test_an_unnumbered_column_after_a_matrix_with_other_answers_is_its_own_question() -> None:
    answers = five_steps(10, 10, 10, 5, 5)
    draft = convert(
        export({"17、满意度—快递点": answers, "便利店": answers, "所在社区": of(("东街", 20), ("西街", 20))})
    )
    assert [row["question_id"] for row in draft.tables["survey_questions"]] == ["q17_1", "q17_2", "c9"]


@pytest.mark.parametrize(
    "headings",
    [
        ("5(早餐店)", "5(书店)", "5(维修点)"),
        ("5、最缺什么(早餐店)", "5、最缺什么(书店)", "5、最缺什么(维修点)"),
        ("5、最缺什么（早餐店）", "5、(书店)", "5、维修点"),
        ("Q5_1 早餐店", "Q5_2 书店", "Q5_3 维修点"),
    ],
)
def test_a_multiple_choice_with_a_column_for_each_option(headings: Sequence[str]) -> None:
    draft = convert(
        export(
            {
                headings[0]: of(("1", 20), ("0", 10), ("(跳过)", 5), ("0", 5)),
                headings[1]: of(("1", 10), ("0", 20), ("(跳过)", 5), ("0", 5)),
                headings[2]: of(("0", 20), ("1", 10), ("(跳过)", 5), ("0", 5)),
                "6、性别": of(("男", 20), ("女", 20)),
            }
        )
    )
    assert question(draft, "q5")["type"] == "multiple"
    assert results(draft, "q5") == {"早餐店": "20", "书店": "10", "维修点": "10"}
    assert base(draft, "q5") == 30  # 跳过的不算，一项也没选的不算
    assert question(draft, "q5")["x_empty"] == "5"


def test_options_in_cells_of_their_own_may_be_their_names() -> None:
    draft = convert(export({"5(早餐店)": of(("早餐店", 10)) + [None] * 8, "5(书店)": [None] * 8 + of(("书店", 10))}))
    assert results(draft, "q5") == {"早餐店": "10", "书店": "10"}
    assert base(draft, "q5") == 18


@pytest.mark.parametrize(
    "heading",
    [
        "1、甲题",
        "1.甲题",
        "1．甲题",
        "Q1 甲题",
        "Q1、甲题",
        "(1)甲题",
        "（1）甲题",
        "第1题：甲题",
        "１、甲题",
        "1、甲题 [单选题]",
    ],
)
def test_numbers_of_questions(heading: str) -> None:
    draft = convert(export({heading: of(("是", 20), ("否", 20))}))
    assert (question(draft, "q1")["text"], question(draft, "q1")["type"]) == ("甲题", "single")


def test_a_decimal_or_a_time_at_the_beginning_is_no_number_of_a_question() -> None:
    draft = convert(
        export({"1.5公里内有菜市场吗": of(("有", 20)), "8:30以前开门吗": of(("是", 20)), "2、乙": of(("是", 20))})
    )
    assert [row["question_id"] for row in draft.tables["survey_questions"]] == ["c7", "c8", "q2"]


def test_the_same_number_twice_gets_two_ids() -> None:
    draft = convert(export({"1、甲": of(("是", 20)), "2、乙": of(("是", 20)), "1、丙": of(("否", 20))}))
    assert [row["question_id"] for row in draft.tables["survey_questions"]] == ["q1", "q2", "q1-2"]


@pytest.mark.parametrize(
    ("answers", "type_", "steps"),
    [
        (FIVE, "likert5", "54321"),
        (["满意", "比较满意", "一般", "不太满意", "不满意"], "likert5", "54321"),
        (["非常同意", "同意", "一般", "不同意", "非常不同意"], "likert5", "54321"),
        (["非常认同", "比较认同", "一般", "不太认同", "很不认同"], "likert5", "54321"),
        (["非常重要", "重要", "一般", "不重要", "非常不重要"], "likert5", "54321"),
        (["总是", "经常", "有时", "很少", "从不"], "likert5", "54321"),
        (["非常满意", "满意", "不满意", "非常不满意"], "likert4", "4321"),
        (["非常满意", "一般", "满意"], "likert5", "534"),
        (["满意", "比较满意"], "likert5", "54"),
    ],
)
def test_scales_in_words(answers: Sequence[str], type_: str, steps: str) -> None:
    draft = convert(export({"1、题": [answer for answer in answers for _ in range(10)]}))
    assert question(draft, "q1")["type"] == type_
    assert list(results(draft, "q1")) == [str(step) for step in range(1, int(type_[-1]) + 1)]
    words = {change.old: change.new for change in draft.changes if change.rule == "scale-word"}
    assert words == dict(zip(answers, steps, strict=True))


@pytest.mark.parametrize(
    "answers",
    [
        ["满意", "一般", "不满意"],
        ["同意", "不同意"],
        ["非常满意", "满意"],
        ["方便", "一般", "不方便"],
        ["很满意", "非常满意", "满意"],
    ],
)
def test_what_may_be_two_scales_stays_a_choice_in_words(answers: Sequence[str]) -> None:
    draft = convert(export({"1、题": [answer for answer in answers for _ in range(10)]}))
    assert question(draft, "q1")["type"] == "single"
    assert set(results(draft, "q1")) == set(answers)
    assert draft.decisions["scale-unsure"] == 1


def test_another_question_of_the_form_decides_between_two_scales() -> None:
    draft = convert(
        export({"1、甲": five_steps(10, 10, 10, 10, 10), "2、乙": of(("满意", 20), ("一般", 20), ("不满意", 10))})
    )
    assert results(draft, "q2") == {"1": "0", "2": "10", "3": "20", "4": "20", "5": "0"}
    assert draft.decisions["scale-as-elsewhere"] == 1


def test_a_person_can_say_the_type() -> None:
    draft = convert(export({"1、甲": of(("非常满意", 20), ("满意", 20))}), types={1: "likert5"})
    assert results(draft, "q1") == {"1": "0", "2": "0", "3": "0", "4": "20", "5": "20"}
    draft = convert(export({"1、甲": of(("非常满意", 20), ("满意", 20))}), types={"甲": "likert4"})
    assert results(draft, "q1") == {"1": "0", "2": "0", "3": "20", "4": "20"}


def test_cannot_say_is_in_neither_the_scale_nor_the_base() -> None:
    draft = convert(export({"1、甲": [*five_steps(10, 10, 10, 10, 10), *["说不清"] * 7]}))
    assert (base(draft, "q1"), draft.decisions["no-opinion"]) == (50, 7)


@pytest.mark.parametrize("form", ["{}", "{}分", "{}.0", " {} "])
def test_scales_in_digits_beside_choices_in_words(form: str) -> None:
    answers = [form.format(number) for number in (5, 4, 3, 2, 1) for _ in range(10)]
    draft = convert(export({"1、性别": of(("男", 25), ("女", 25)), "2、您对环境的满意程度": answers}))
    assert question(draft, "q2")["type"] == "likert5"
    assert results(draft, "q2") == dict.fromkeys("12345", "10")


def test_digits_alone_do_not_tell_which_end_is_best() -> None:
    answers = of(("1", 30), ("2", 10), ("5", 10))
    source = export({"1、性别": of(("1", 25), ("2", 25)), "2、您对环境的满意程度": answers})
    draft = convert(source)
    assert (question(draft, "q2")["type"], draft.decisions["scale-direction"]) == ("single", 1)
    assert (question(draft, "q1")["type"], draft.decisions["coded-answers"]) == ("single", 1)
    assert results(convert(source, numbers="low-best"), "q2") == {"1": "10", "2": "0", "3": "0", "4": "10", "5": "30"}
    assert results(convert(source, numbers="high-best"), "q2") == {"1": "30", "2": "10", "3": "0", "4": "0", "5": "10"}


@pytest.mark.parametrize(
    ("heading", "best"),
    [
        ("2、满意程度（1=非常满意，5=非常不满意）", "1"),
        ("2、满意度打分，5分非常满意", "5"),
        ("2、满意度（1表示非常不满意）", "5"),
    ],
)
def test_a_heading_may_say_which_end_is_best(heading: str, best: str) -> None:
    draft = convert(
        export({heading: of((best, 30), ("3", 10), ("6" if best == "6" else "1" if best == "5" else "5", 10))})
    )
    assert results(draft, "q2") == {"1": "10", "2": "0", "3": "10", "4": "0", "5": "30"}


def test_numbers_are_counted_in_ranges_and_their_sum_is_the_base() -> None:
    draft = convert(
        export({"1、性别": of(("男", 50), ("女", 50)), "2、几口人": [*map(str, [*range(1, 8)] * 14), "很多", "99"]})
    )
    assert question(draft, "q2")["type"] == "number"
    found = results(draft, "q2")
    assert list(found) == ["1", "2", "3", "4", "5", "6", "7及以上"]
    assert (base(draft, "q2"), draft.decisions["number-unread"]) == (99, 1)
    assert sum(map(int, found.values())) == 99


def test_a_ranking_is_carried_as_a_multiple_choice_and_told() -> None:
    draft = convert(export({"1、请排序": of(("菜市场→便利店→书店", 10), ("书店→菜市场", 10))}))
    assert results(draft, "q1") == {"菜市场": "20", "便利店": "10", "书店": "20"}
    assert draft.decisions["ranking"] == 1


def test_a_semicolon_inside_an_option_does_not_split_it() -> None:
    draft = convert(export({"1、甲": of(("早;晚┋中", 10))}), profile="exchange")
    assert {row["value"] for row in draft.tables["survey_responses"]} == {"早；晚;中"}


def test_rows_that_are_no_questionnaires_are_left_out_with_their_reason() -> None:
    header = ["序号", "提交答卷时间", "1、甲", "2、乙"]
    rows = [
        ["1", "2024/9/1 8:00:00", "是", "好"],
        ["1", "2024/9/1 8:00:00", "是", "好"],  # 贴了两遍
        header,  # 两份导出贴在一起
        ["1", "2024/9/2 9:00:00", "否", "好"],  # 序号重复，内容不同：两份都算
        ["2", "2024/9/3 9:00:00", "(跳过)", "(空)"],
        ["合计", None, "3", None],
    ]
    draft = convert(table(header, rows))
    assert [(item.row, item.reason) for item in draft.left_out] == [
        (3, "duplicate"), (4, "header-again"), (6, "no-answers"), (7, "total")
    ]  # fmt: skip
    assert draft.rows_in == draft.rows_used + len(draft.left_out) == 6
    assert draft.tables["surveys"][0]["responses"] == "2"
    assert draft.decisions["serial-repeated"] == 1


def test_without_number_and_time_equal_rows_are_different_people() -> None:
    draft = convert(
        export({"1、甲": ["是"] * 20}, meta=False), started_on="2024-09-01", ended_on="2024-09-30", kind="needs"
    )
    assert (draft.rows_used, base(draft, "q1")) == (20, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024/9/1 8:00", "2024-09-01"),
        ("2024-09-01T08:00:00", "2024-09-01"),
        ("2024年9月1日", "2024-09-01"),
        ("45536.5", "2024-09-01"),
    ],
)
def test_times_are_used_as_days(text: str, day: str) -> None:
    draft = convert(table(["序号", "提交答卷时间", "1、甲"], [["1", text, "是"]]), kind="needs")
    assert draft.tables["surveys"][0]["started_on"] == day


def test_without_times_the_days_are_left_to_a_person() -> None:
    draft = convert(table(["序号", "提交答卷时间", "1、甲"], [["1", "昨天", "是"]]))
    assert "started_on" not in draft.tables["surveys"][0]
    assert {"survey-dates-missing", "time-unread", "kind-missing"} <= set(draft.decisions)


def test_the_latest_day_is_the_day_of_the_data_where_nobody_gave_one() -> None:
    source = export({"1、甲": ["是"] * 20})
    assert convert(source, as_of=None).settings["as_of"] == "2024-09-20"
    assert convert(source).settings == {}


def test_several_overall_questions_are_left_to_a_person(tmp_path: Path) -> None:
    source = export(
        {"1、您总体满意吗": five_steps(10, 10, 10, 10, 10), "2、整体环境满意吗": five_steps(10, 10, 10, 10, 10)}
    )
    draft = convert(source, kind="satisfaction")
    assert draft.decisions["overall-several"] == 2
    assert not any(row.get("topic") for row in draft.tables["survey_questions"])
    draft = convert(source, kind="satisfaction", overall_question=2)
    assert question(draft, "q2")["topic"] == "overall"
    assert faults(checked(draft, tmp_path)) == []


COMMUNITIES = {
    "1、所在社区": of(("东街", 30), ("西街", 30), ("南街", 3)),
    "2、总体满意吗": five_steps(20, 20, 10, 7, 6),
}


def test_communities_without_ids_are_groups() -> None:
    draft = convert(export(COMMUNITIES), circle_question=1)
    assert results(draft, "q2", group="东街")["5"] == "20"
    assert results(draft, "q2", group="南街") == {}  # 只有 3 人，整组不公布
    assert draft.decisions["sets-withheld"] == 1


def test_circles_by_name_of_the_same_conversion_or_as_a_person_says(tmp_path: Path) -> None:
    ids = Ids(load_standard(), "620602")
    for name in ("东街", "西街"):
        ids.call("circles", ids.new("circles"), name)
    draft = convert(export(COMMUNITIES), ids=ids, circle_question="所在社区", circles={"南街": "620602-C009"})
    ids.take("circles", "620602-C009")
    circles = {row.get("circle_id") for row in draft.tables["survey_results"]}
    assert circles == {None, "620602-C001", "620602-C002"}
    assert draft.decisions["circle-not-in-package"] == 1
    draft.tables["circles"] = [
        {"circle_id": f"620602-C00{n}", "name": f"圈{n}", "division_code": "620602", "status": "building"}
        for n in (1, 2)
    ]
    assert faults(checked(draft, tmp_path)) == []


def test_a_name_without_a_circle_counts_in_the_total_only() -> None:
    draft = convert(export(COMMUNITIES), circle_question=1, circles={"东街": "620602-C001"})
    assert draft.unread == {("circle_id", "西街"): 30, ("circle_id", "南街"): 3}
    assert draft.decisions["circle-unknown"] == 2


def test_groups_by_the_options_of_questions(tmp_path: Path) -> None:
    draft = convert(
        export(
            {
                "1、性别": of(("男", 30), ("女", 30)),
                "2、年龄": of(("60岁以下", 28), ("60岁及以上", 32)),
                "3、总体满意吗": five_steps(20, 20, 10, 7, 3),
            }
        ),
        group_questions=[1, 2],
        kind="satisfaction",
    )
    assert {row.get("group") for row in draft.tables["survey_results"]} == {None, "男", "女", "60岁以下", "60岁及以上"}
    assert results(draft, "q1", group="男") == {}  # 自己不按自己分
    assert faults(checked(draft, tmp_path)) == []


def test_single_answers_are_written_for_exchange_only(tmp_path: Path) -> None:
    draft = convert(
        export(
            {
                "1、甲": ["是", "否", "(跳过)"],
                OVERALL: ["非常满意", "一般", "不满意"],
                "4、几个（可多选）": ["a┋b", "(空)", "b"],
            }
        ),
        profile="exchange",
    )
    assert [(row["response_id"], row["question_id"], row["value"]) for row in draft.tables["survey_responses"]] == [
        ("r000001", "q1", "是"), ("r000001", "q3", "5"), ("r000001", "q4", "a;b"),
        ("r000002", "q1", "否"), ("r000002", "q3", "3"),
        ("r000003", "q3", "2"), ("r000003", "q4", "b"),
    ]  # fmt: skip
    assert results(draft, "q1") == {"是": "1", "否": "1"}  # 交换档不隐去
    assert draft.settings == {"profile": "exchange"}
    assert faults(checked(draft, tmp_path)) == []


def test_two_tables_are_two_surveys_unless_said_otherwise() -> None:
    one, other = (export({"1、甲": ["是"] * 20}, name=name) for name in ("a.csv", "b.csv"))
    apart = convert(one, other)
    assert [row["survey_id"] for row in apart.tables["surveys"]] == ["620602-S001", "620602-S002"]
    assert apart.decisions["several-surveys"] == 2
    together = convert(one, other, together=True)
    assert [row["responses"] for row in together.tables["surveys"]] == ["40"]


def test_a_table_that_is_no_survey_is_left_out_beside_one_that_is() -> None:
    codes = table(["代码", "名称"], [["1", "东街"], ["2", "西街"]], name="answers.xlsx", sheet="代码表")
    draft = convert(export({"1、甲": ["是"] * 20}), codes)
    assert [item.reason for item in draft.left_out] == ["not-a-survey"] * 2
    with pytest.raises(ConversionError, match="does not look like answers"):
        convert(codes)


def test_the_title_above_the_header_names_the_questionnaire_and_may_tell_its_kind() -> None:
    draft = convert(export({"1、甲": ["是"] * 20}, above=[["便民生活圈需求调查问卷"]]))
    assert (draft.tables["surveys"][0]["instrument"], draft.tables["surveys"][0]["kind"]) == (
        "便民生活圈需求调查问卷",
        "needs",
    )


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"grup_questions": [1]}, "group_questions"),
        ({"kind": "happy"}, "satisfaction"),
        ({"types": {"1": "likert7"}}, "likert5"),
        ({"scales": [{"type": "likert5", "steps": [["好"]]}]}, "scales"),
        ({"group_questions": ["第八题"]}, "第八题"),
        ({"circle_question": 1, "circles": {"是": "C1"}}, "C1"),
        ({"group_questions": [2]}, "single"),
    ],
)
def test_options_that_make_no_sense_are_named(given: dict[str, object], says: str) -> None:
    source = export({"1、甲": ["是"] * 20, "2、乙（可多选）": ["a┋b"] * 20})
    with pytest.raises(ConversionError) as caught:
        convert(source, **given)
    assert says in caught.value.text.zh
    assert says in caught.value.text.en


def test_every_code_has_its_words() -> None:
    draft = convert(export(COMMUNITIES), circle_question=1)
    assert set(draft.decisions) <= set(DECISIONS)
    assert {item.rule for item in draft.changes} <= set(RULES)
    assert {item.reason for item in draft.left_out} <= set(REASONS)
    assert all(text.zh and text.en and ("{count}" in text.zh) == ("{count}" in text.en) for text in DECISIONS.values())
