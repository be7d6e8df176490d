"""Headers are understood in Chinese, English and pinyin; the words stand once, in the spec."""

from __future__ import annotations

import pytest
import yaml

from circledata.convert.suggest.pinyin import spellings, syllables
from circledata.convert.suggest.vocabulary import NO_FIELDS, usual_names, vocabularies
from circledata.sources.header import key, names_of
from circledata.standard import load_standard

STANDARD = load_standard()
SYNONYMS = yaml.safe_load((STANDARD.root / "synonyms.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("word", "pinyin", "initials"),
    [
        ("网点名称", "wangdianmingcheng", "wdmc"),
        ("地址", "dizhi", "dz"),
        ("经营地址", "jingyingdizhi", "jydz"),
        ("联系电话", "lianxidianhua", "lxdh"),
        ("行政区划", "xingzhengquhua", "xzqh"),
        ("注册日期", "zhuceriqi", "zcrq"),
        ("统一社会信用代码", "tongyishehuixinyongdaima", "tyshxydm"),
        ("行业类型", "hangyeleixing", "hylx"),
        ("女职工", "nvzhigong", "nzg"),
        ("绿地率", "lvdilv", "ldl"),
        ("60岁以上", "60suiyishang", "60sys"),
    ],
)
def test_pinyin_and_initials_follow_from_the_order_of_gb_2312(word: str, pinyin: str, initials: str) -> None:
    assert (pinyin, initials) in list(spellings(word))


def test_a_character_that_the_order_does_not_tell_gives_no_spelling() -> None:
    assert syllables("鑫") == ()
    assert list(spellings("鑫店")) == []
    assert syllables("A") == ()


def test_every_chinese_word_for_a_column_can_be_spelt() -> None:
    words = [field.title.zh for table in STANDARD.tables.values() for field in table.fields]
    words += [word for slots in SYNONYMS["fields"].values() for names in slots.values() for word in names]
    assert [word for word in words if not list(spellings(word))] == []


@pytest.mark.parametrize(
    ("header", "table", "slot"),
    [
        ("WDMC", "outlets", "name"),
        ("jydz", "outlets", "address"),
        ("LXDH", "outlets", "phone"),
        ("XZQH", "outlets", "division_code"),
        ("dizhi", "outlets", "address"),
        ("店名", "outlets", "name"),
        ("门店名称*", "outlets", "name"),
        ("3、营业时间（必填）", "outlets", "opening_hours"),
        ("联系/电话", "outlets", "phone"),
        ("location.lng", "outlets", "longitude"),
        ("storeName", "outlets", "name"),
        ("医院名称", "outlets", "name"),
        ("补贴金额（万元）", "subsidies", "awarded_yuan"),
        ("BTJE", "subsidies", "awarded_yuan"),
        ("Awarded (yuan)", "subsidies", "awarded_yuan"),
        ("yingyeshij", "outlets", "opening_hours"),
        ("序号", "outlets", "@number"),
    ],
)
def test_a_header_means_a_field(header: str, table: str, slot: str) -> None:
    assert vocabularies(STANDARD)[table].meanings(header)[0].slot == slot


@pytest.mark.parametrize("header", ["备注", "qwertz", "评分", "", "1"])
def test_other_headers_mean_nothing(header: str) -> None:
    assert not [item for item in vocabularies(STANDARD)["outlets"].meanings(header) if item.strength > 0.5]


def test_the_words_name_fields_and_stand_nowhere_else() -> None:
    for name, slots in SYNONYMS["fields"].items():
        table = STANDARD.tables[name]
        usual, titles = usual_names(table, STANDARD), names_of(table)
        for slot, words in slots.items():
            assert slot in table.by_name or slot in NO_FIELDS
            keys = [key(word) for word in words]
            assert len(set(keys)) == len(keys), (name, slot)
            assert not set(keys) & {key(word) for word in usual.get(slot, ())}, (name, slot)
            assert not [word for word in words if titles.field_of(word) == slot], (name, slot)
    assert set(SYNONYMS["tables"]) <= set(STANDARD.tables)
