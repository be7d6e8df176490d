"""Names of private persons are told from names of businesses. All people are invented."""

from __future__ import annotations

import pytest

from circledata.values.person_names import looks_like_person, without_form


@pytest.mark.parametrize(
    "text",
    [
        *("王小明", "李伟", "欧阳小明", "欧阳明", "阿依古丽·买买提", "张*", "李某某", "王*明", " 王 小 明 "),
        *("王小明（个体工商户）", "王小明(个体工商户)", "王府井"),
    ],
)
def test_names_of_people(text: str) -> None:
    assert looks_like_person(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "张记",
            "马家店",
            "老百姓",
            "王小明面馆",
            "李记五金",
            "周黑鸭食品",
            "东街便利店（个体工商户）",
            "7-11",
            "KFC",
        ),
        *("星巴克", "百果园", "王婆大虾馆", "高老庄", "某某", "示例"),
    ],
)
def test_names_of_businesses(text: str) -> None:
    assert not looks_like_person(text)


def test_the_legal_form_is_dropped() -> None:
    assert without_form("东街便利店 （个体工商户） ") == "东街便利店"
    assert without_form("东街便利店(东关店)") == "东街便利店(东关店)"
