"""The wording of reasons and doubts in a suggested mapping, in both languages; short, since they stand in comments."""

from __future__ import annotations

from collections.abc import Sequence

from circledata.convert.mapping.model import field_rule
from circledata.convert.records.field_readers import reader_name
from circledata.convert.suggest.choose import Match
from circledata.convert.suggest.columns import SHAPES, percent
from circledata.standard import Standard
from circledata.standard.model import Field, Table, Text

_HEADERS = {
    "name": Text("表头“{header}”", 'header "{header}"'),
    "title": Text("表头“{header}”", 'header "{header}"'),
    "synonym": Text("表头“{header}”", 'header "{header}"'),
    "pinyin": Text("表头“{header}”是“{word}”的拼音", 'header "{header}" is {word} in pinyin'),
    "initials": Text("表头“{header}”是“{word}”的拼音首字母", 'header "{header}" has the initials of {word}'),
    "ending": Text("表头“{header}”以“{word}”结尾", 'header "{header}" ends with {word}'),
    "part": Text("表头“{header}”里有“{word}”", 'header "{header}" contains {word}'),
    "near": Text("表头“{header}”很像“{word}”", 'header "{header}" is much like {word}'),
}
_READ = {
    "date": Text("日期", "dates"),
    "amount": Text("金额", "amounts"),
    "area": Text("面积", "areas"),
    "number": Text("数", "numbers"),
    "integer": Text("整数", "whole numbers"),
    "share": Text("比例", "shares"),
    "degrees": Text("经纬度", "degrees"),
    "boolean": Text("“是”或“否”", "yes or no"),
    "phones": Text("电话", "telephone numbers"),
    "opening_hours": Text("营业时间", "opening hours"),
    "uscc": Text("统一社会信用代码", "USCCs"),
    "division": Text("区划", "divisions"),
}
_TEXT = Text("文字", "text")
_SURE = frozenset({"name", "title", "synonym", "pinyin"})
_OWN_FORM = frozenset({"phone", "opening_hours"})
"""Fields whose values look like those of no other."""
OWN_WORDS = {
    "@id": Text("各不相同的编号", "ids that differ"),
    "@both": Text("经纬度", "coordinates"),
    "longitude": Text("经度", "longitudes"),
    "latitude": Text("纬度", "latitudes"),
    "category": Text("认得的业态", "known categories"),
}


def both(zh: str, en: str) -> Text:
    """Make a text."""
    return Text(zh, en)


def joined(texts: Sequence[Text]) -> Text:
    """Join texts to one."""
    return Text("；".join(text.zh for text in texts), "; ".join(text.en for text in texts))


def slot_title(slot: str, table: Table) -> Text:
    """Return what a slot is called."""
    own = {"@id": Text("来源编号", "source id"), "@both": Text("经纬度", "coordinates")}
    return own[slot] if slot in own else table.by_name[slot].title


def header_reason(match: Match) -> Text:
    """Say what of the header speaks for a match."""
    if match.meaning is None:
        return Text("表头看不出，只看内容", "by the values alone")
    template, header = _HEADERS[match.meaning.how], match.column.name
    word = match.meaning.word
    return Text(template.zh.format(header=header, word=word), template.en.format(header=header, word=word))


def value_word(slot: str, table: Table, standard: Standard) -> Text:
    """Return the word for values as a slot wants them."""
    if slot in OWN_WORDS:
        return OWN_WORDS[slot]
    field_: Field = table.by_name[slot]
    if field_.codelist:
        title = standard.codelists[field_.codelist].title
        return Text(f"“{title.zh}”里的说法", f"words of {title.en}")
    return _READ.get(reader_name(field_, field_rule(slot, slot)), _TEXT)


def value_reason(match: Match, table: Table, standard: Standard) -> Text | None:
    """Say which part of the values is as the slot wants them; None for a column without values."""
    if match.fit is None:
        return None
    word, share = value_word(match.slot, table, standard), percent(match.fit.share)
    return Text(f"{share} 是{word.zh}", f"{share} {word.en}")


def reason(match: Match, table: Table, standard: Standard) -> Text:
    """Say why a column is taken for a slot: header, then values."""
    values = value_reason(match, table, standard)
    return joined([header_reason(match), *([values] if values else [])])


def header_doubt(match: Match) -> Text | None:
    """Say that the header is no sure sign; None where it is."""
    if match.meaning is None:
        return Text("请核对是不是这个字段", "check that it is this field")
    if match.meaning.how in _SURE or match.meaning.strength >= 0.8:
        return None
    own_form = match.slot in OWN_WORDS or match.slot in _OWN_FORM or match.slot.endswith("_uscc")
    if own_form and match.fit is not None and match.fit.share > 0.9:
        return None
    return Text("表头不够明确，请核对", "the header is not clear; check")


def contradiction(match: Match, table: Table) -> Text:
    """Say that header and values contradict each other."""
    title, looks = slot_title(match.slot, table), match.column.looks_like
    if looks:
        word = SHAPES[looks][1]
        return Text(
            f"表头“{match.column.name}”应是{title.zh}，内容却像{word.zh}",
            f'header "{match.column.name}" says {title.en}, but the values look like {word.en}',
        )
    return Text(
        f"表头“{match.column.name}”应是{title.zh}，内容却读不成",
        f'header "{match.column.name}" says {title.en}, but the values are not',
    )


def empty_column() -> Text:
    """Say that a column holds nothing."""
    return Text("这一列是空的", "the column is empty")
