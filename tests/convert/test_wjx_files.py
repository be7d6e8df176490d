"""Whole files as 问卷星 writes them, through the reader: CSV in GBK, a workbook with a title row."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
from wjx_sample import AS_OF, DIVISION, checked, faults, results

from circledata.convert.model import Draft
from circledata.convert.options import ConvertOptions
from circledata.convert.records.ids import Ids
from circledata.convert.survey import convert_survey
from circledata.standard import load_standard

HEADER = [
    "序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP",
    "1、您的年龄段：", "2、您对以下方面满意吗？—总体", "菜市场", "3、您希望增加哪些业态？（多选题）", "4、其他建议",
]  # fmt: skip


def rows() -> list[list[str]]:
    found = []
    for number in range(1, 61):
        age = "18~20" if number % 2 else "20～22"
        scale = ("非常满意", "满意", "一般", "不满意", "非常不满意")[number % 5]
        wish = "书店┋维修点" if number % 3 else "(跳过)"
        found.append(
            [str(number), f"2024/10/{number % 28 + 1} 9:05:{number % 60:02d}", "88秒", "手机提交", "直接访问",
             f"10.1.2.{number}(甘肃-武威)", age, scale, scale, wish, f"第{number}条，希望“早一点”开门\n谢谢，辛苦了"]
        )  # fmt: skip
    return found


def convert(path: Path) -> Draft:
    standard = load_standard()
    return convert_survey(
        [path],
        standard=standard,
        division_code=DIVISION,
        as_of=AS_OF,
        options=ConvertOptions(Ids(standard, DIVISION)),
    )


def check(draft: Draft, folder: Path) -> None:
    assert (draft.rows_in, draft.rows_used) == (60, 60)
    assert results(draft, "q1") == {"18～20": "30", "20～22": "30"}
    assert results(draft, "q2_1") == dict.fromkeys("12345", "12")
    assert results(draft, "q3") == {"书店": "40", "维修点": "40"}
    questions = {row["question_id"]: (row["text"], row.get("topic")) for row in draft.tables["survey_questions"]}
    assert questions == {
        "q1": ("您的年龄段：", None),
        "q2_1": ("您对以下方面满意吗？—总体", "overall"),
        "q2_2": ("您对以下方面满意吗？—菜市场", "wet-market"),
        "q3": ("您希望增加哪些业态？（多选题）", None),
        "q4": ("其他建议", None),
    }
    folder.mkdir()
    assert faults(checked(draft, folder)) == []


def test_a_csv_in_gbk_with_line_breaks_inside_answers(tmp_path: Path) -> None:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\n') else text

    text = "\r\n".join(",".join(map(cell, row)) for row in [HEADER, *rows()]) + "\r\n"
    path = tmp_path / "2786_按文本_60_60.csv"
    path.write_bytes(text.encode("gb18030"))
    check(convert(path), tmp_path / "package")


def test_a_workbook_with_a_title_row(tmp_path: Path) -> None:
    path = tmp_path / "2786_按文本_60_60.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.merge_range(0, 0, 0, len(HEADER) - 1, "便民生活圈居民满意度调查问卷")
        for number, row in enumerate([HEADER, *rows()], start=1):
            for place, text in enumerate(row):
                if place == 0 and number > 1:
                    sheet.write_number(number, place, int(text))
                else:
                    sheet.write_string(number, place, text)
    draft = convert(path)
    assert draft.tables["surveys"][0]["instrument"] == "便民生活圈居民满意度调查问卷"
    check(draft, tmp_path / "package")
