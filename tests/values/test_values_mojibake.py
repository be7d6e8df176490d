"""Text read in the wrong encoding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circledata.values.mojibake import MojibakeReading, judge, judge_column, recognise, repair


def as_windows(raw: bytes) -> str:
    """Show bytes as Windows-1252 does, its holes as Latin-1."""
    return "".join(
        chr(byte) if byte in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else bytes([byte]).decode("cp1252") for byte in raw
    )


def as_code_page_936(raw: bytes) -> str:
    """Show UTF-8 bytes as Windows does in GBK: 80 alone is €, a byte without a partner is a question mark."""
    shown, place = "", 0
    while place < len(raw):
        try:
            shown += raw[place : place + 1].decode("ascii")
            place += 1
        except UnicodeDecodeError:
            pair = raw[place : place + 2]
            if raw[place] == 0x80:
                shown, place = shown + "€", place + 1
                continue
            try:
                shown, place = shown + pair.decode("gbk"), place + 2
            except UnicodeDecodeError:
                shown, place = shown + "?", place + 1
    return shown


TEXTS = ("文三路", "西湖区", "浙江省杭州市西湖区文三路90号", "便民菜店（文三路店）", "星巴克 Starbucks", "A座3楼便利店")


@pytest.mark.parametrize("text", TEXTS)
def test_gbk_read_as_western(text: str) -> None:
    raw = text.encode("gb18030")
    assert recognise(as_windows(raw)) == MojibakeReading("gbk-as-latin", text, True)
    assert recognise(raw.decode("latin-1")) == MojibakeReading("gbk-as-latin", text, True)


@pytest.mark.parametrize("text", [*TEXTS, "店", "Café", "naïve"])
def test_utf8_read_as_western(text: str) -> None:
    assert recognise(as_windows(text.encode())) == MojibakeReading("utf8-as-latin", text, True)


@pytest.mark.parametrize("text", ["商场", "一", "便民菜店便民", "商场便民", "百货商场"])
def test_utf8_read_as_gbk(text: str) -> None:
    shown = as_code_page_936(text.encode())
    assert "?" not in shown
    assert recognise(shown) == MojibakeReading("utf8-as-gbk", text, True)
    assert recognise("鍟嗗満") == MojibakeReading("utf8-as-gbk", "商场", True)


@pytest.mark.parametrize("text", ["文三路", "杭州", "文三路店", "浙江省杭州市西湖区文三路九十号"])
def test_half_a_character_lost_is_recognised_but_not_repaired(text: str) -> None:
    shown = as_code_page_936(text.encode())
    assert "?" in shown
    assert recognise(shown) == MojibakeReading("utf8-as-gbk", None, False)


@pytest.mark.parametrize(
    ("text", "certain"),
    [("锟斤拷锟斤拷", True), ("西湖\ufffd", True), ("????", False), ("??", False), ("??? 12", False)],
)
def test_lost(text: str, certain: bool) -> None:
    assert recognise(text) == MojibakeReading("lost", None, certain)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "KFC",
        "Café",
        "naïve",
        "Größe",
        "São João",
        "Ærøskøbing",
        "ÆØÅ",
        "Île-de-France",
        "CRÉÉE",
        "Señor",
        "façade",
        "Zürich",
        "smörgåsbord",
        "coöperatie",
        "Crème brûlée",
        "L’Oréal",
        "Pâtisserie “Été”",
        "Häagen-Dazs",
        "Müller 茶餐厅",
        "Nestlé®",
        "7‑Eleven",
        "ÖBB",
        "Fußgängerüberweg",
        "Ångström",
        "Łódź",
        "Đà Nẵng",
        "Ça va",
        "25°C",
        "m²·K",
        "«Bonjour»",
        "¿¿Qué??",
        "½",
        "£5",
        "µm",
        "10×12",
        "©®",
        "·",
        "é",
        "Ÿ",
        "ÄÖÜ",
        "联通",
        "西湖",
        "烫烫",
        "锟铻",
        "便民菜店（文三路店）",
        "囍镕珺",
        "ラーメン",
        "서울식당",
        "what???",
        "真的吗？？？",
        "Ｃａｆé",
        "臺州",
    ],
)
def test_right_text_is_left_alone(text: str) -> None:
    assert recognise(text) is None


def test_a_single_character_is_never_certain() -> None:
    assert recognise("µê") == MojibakeReading("gbk-as-latin", "店", False)
    assert recognise("KTVµê") is None
    assert repair("KTVµê", "gbk-as-latin") == "KTV店"
    assert repair("西湖", "gbk-as-latin") is None
    assert repair("KTV", "gbk-as-latin") == "KTV"


def test_a_column_is_judged_as_a_whole() -> None:
    wrong = [as_windows(text.encode("gb18030")) for text in TEXTS]
    assert judge(wrong) == 1.0
    assert judge([*TEXTS, "KFC"]) == 0.0
    assert judge([]) == 0.0
    column = judge_column([*wrong, "KFC", "西湖", "西湖"])
    assert (column.kind, column.looked_at, column.share) == ("gbk-as-latin", 8, 0.75)


_COMMON = "".join(bytes([lead, trail]).decode("gb2312") for lead in range(0xB0, 0xD7) for trail in range(0xA1, 0xFF))


@given(st.text(alphabet=_COMMON, min_size=2, max_size=30))
def test_common_chinese_comes_back_from_western(text: str) -> None:
    read = recognise(as_windows(text.encode("gb18030")))
    assert read is not None and read.repaired == text
    assert recognise(as_windows(text.encode())) == MojibakeReading("utf8-as-latin", text, True)
    assert repair(as_windows(text.encode("gb18030")), "gbk-as-latin") == text


@given(st.text(alphabet=_COMMON + "（），、0123456789AB号", min_size=1, max_size=30))
def test_right_chinese_is_never_taken(text: str) -> None:
    assert recognise(text) is None


_WORDS = st.from_regex("[A-Za-z]{1,6}[éèêëàâäáãåçñöóôõøüùûúíìîïßæœ][a-z]{1,5}", fullmatch=True)


@given(st.lists(_WORDS, min_size=1, max_size=5))
def test_words_with_accents_are_never_taken(words: list[str]) -> None:
    assert recognise(" ".join(words)) is None


@given(st.one_of(st.text(max_size=40), st.binary(max_size=40).map(as_windows)))
def test_never_raises(text: str) -> None:
    read = recognise(text)
    assert read is None or read.kind != "lost" or read.repaired is None
    for kind in ("gbk-as-latin", "utf8-as-latin", "utf8-as-gbk", "lost"):
        repair(text, kind)
