from __future__ import annotations

import pytest

from circledata.sources.encoding import codec_of, decide, decode

from .conftest import HEADER, ROW, found

CHINESE = f"{HEADER}\n620602-C001,凉州区东关街道社区,620602001001,10,20\n"


def test_gb18030_that_nobody_declared_is_read_and_reported_once(opened):
    package = opened({"communities.csv": (CHINESE + "short\n").encode("gb18030")}, "communities.csv")
    assert found(package.findings) == [("encoding-not-utf8", None), ("row-short", 3)]
    assert package.findings[0].params["encoding"] == "GB18030"
    raw = package.tables["communities"]
    assert (raw.encoding, raw.staged, raw.rows) == ("gb18030", True, 2)
    assert "凉州区东关街道社区" in raw.path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("codec", "label"), [("utf-16-le", "UTF-16LE"), ("utf-16-be", "UTF-16BE")])
@pytest.mark.parametrize("marked", [True, False])
def test_utf16(opened, codec, label, marked):
    text = ("\ufeff" if marked else "") + CHINESE + "short\n" + f"{ROW}\n" * 9000
    package = opened({"communities.csv": text.encode(codec)}, "communities.csv")
    assert found(package.findings) == [("encoding-not-utf8", None), ("row-short", 3)]
    assert package.findings[0].params["encoding"] == label
    assert package.tables["communities"].rows == 9002


def test_a_declared_encoding_that_is_right_is_still_not_utf8(opened):
    package = opened({"communities.csv": CHINESE.encode("gbk")}, "communities.csv", encoding="GBK")
    assert found(package.findings) == [("encoding-not-utf8", None)]


@pytest.mark.parametrize(
    ("declared", "actual", "label"),
    [
        ("utf-8", "gb18030", "GB18030"),
        ("gbk", "utf-8", "UTF-8"),
        ("ANSI", "utf-8", "UTF-8"),
        ("rot13", "utf-8", "UTF-8"),
    ],
)
def test_a_declared_encoding_that_is_wrong(opened, declared, actual, label):
    package = opened({"communities.csv": CHINESE.encode(actual)}, "communities.csv", encoding=declared)
    assert found(package.findings) == [("encoding-as-declared-fails", None)]
    params = package.findings[0].params
    assert (params["declared"], params["encoding"]) == (declared, label)
    assert package.tables["communities"].rows == 1


def test_the_offset_where_the_declared_encoding_fails(opened):
    package = opened({"communities.csv": CHINESE.encode("gb18030")}, "communities.csv", encoding="utf-8")
    assert package.findings[0].params["offset"] == CHINESE.index("凉")


def test_one_bad_byte_late_in_the_file(exact):
    before = f"{HEADER}\n" + f"{ROW}\n" * 30_000
    content = before.encode() + "a,东".encode() + b"\xff" + f",b,1,2\n{ROW}\nshort\n".encode()
    rows, findings = exact(content)
    assert found(findings) == [("byte-invalid", 30_002), ("row-short", 30_004)]
    assert dict(findings[0].params) == {"offset": len(before.encode()) + 5, "byte": "FF"}
    assert rows[30_000][:4] == ["30002", "1", "a", "东\ufffd"]
    assert rows[30_001][1] == ""


def test_a_bad_byte_in_the_head_is_found_when_the_package_is_opened(opened):
    package = opened({"communities.csv": CHINESE.encode() + b"a,\xe4\xb8,b,1,2\n"}, "communities.csv")
    assert found(package.findings) == [("byte-invalid", 3)]
    assert package.findings[0].params["offset"] == len(CHINESE.encode()) + 2


def test_each_bad_line_is_reported_once(exact):
    content = CHINESE.encode() * 3 + b"a,\xff\xff,b,1,\xfe\nb,c,\xff,1,2\n"
    _, findings = exact(content)
    assert [item for item in found(findings) if item[0] == "byte-invalid"] == [("byte-invalid", 7), ("byte-invalid", 8)]


def test_a_few_bad_bytes_in_gb18030(exact):
    good = f"{HEADER}\n" + "a,凉州区东关街道社区,b,1,2\n" * 200
    rows, findings = exact(good.encode("gb18030") + b"a,\xff,b,1,2\n" + f"{ROW}\n".encode("gb18030"))
    assert found(findings) == [("encoding-not-utf8", None), ("byte-invalid", 202)]
    assert [row[1] for row in rows[-2:]] == ["1", ""]


def test_ascii_head_and_gb18030_tail(exact):
    """The head alone cannot tell: the exact pass decides by the whole file."""
    text = f"{HEADER}\n" + "a,b,c,1,2\n" * 20_000 + "a,凉州区东关街道,c,1,2\n"
    rows, findings = exact(text.encode("gb18030"))
    assert found(findings) == [("encoding-not-utf8", None)]
    assert rows[-1][3] == "凉州区东关街道"


def test_big5_is_suspected_and_refused(opened):
    text = f"{HEADER}\n" + "a,一人大中國臺灣的商業網點,c,1,2\n" * 3
    package = opened({"communities.csv": text.encode("big5")}, "communities.csv")
    assert found(package.findings) == [("encoding-suspected-big5", None)]
    assert not package.tables
    assert not package.complete


def test_what_is_no_text_is_refused_with_line_and_byte(opened):
    content = f"{HEADER}\n{ROW}\n".encode("gb18030")[:60] + bytes([0xFF, 0xFE, 0x80, 0x81, 0xA0]) * 400
    package = opened({"communities.csv": content}, "communities.csv")
    assert [name for name, _ in found(package.findings)] == ["byte-invalid"]
    assert not package.complete


def test_characters_of_gb18030_2022(tmp_path):
    text, bad = decode(bytes.fromhex("A8BCA6D9FE51FE59"), "gb18030")
    assert (text, bad) == ("\u1e3f\ufe10\U00020087\u9fb4", [])


@pytest.mark.parametrize(
    ("name", "codec"),
    [("UTF8", "utf-8"), ("gb2312", "gb18030"), ("CP936", "gb18030"), ("x-unknown", None), (None, None), ("zlib", None)],
)
def test_names_of_encodings(name, codec):
    assert codec_of(name) == codec


def test_every_bad_byte_has_its_offset():
    text, bad = decode(b"a\xffb\xe4\xb8c", "utf-8", start=100)
    assert text == "a\ufffdb\ufffdc"
    assert [(item.offset, item.byte, item.place) for item in bad] == [(101, "FF", 1), (103, "E4", 3)]


def test_utf8_is_decided_by_evidence_not_by_luck(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes("联通公司".encode("gbk"))
    assert decide(path, None).codec == "gb18030"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_of_chinese_without_a_mark_is_known_by_its_line_ends(tmp_path, codec):
    path = tmp_path / "t.csv"
    path.write_bytes("名称，上级\n一上不，上海\n".encode(codec))
    assert decide(path, None).codec == codec


@pytest.mark.parametrize("data", [b"name,addr\nab\0cd,ef\n", b"a,b\n\0\n", "名称,地址\n甲\0,乙\n".encode()])
def test_a_zero_byte_alone_makes_no_utf16(tmp_path, data):
    path = tmp_path / "t.csv"
    path.write_bytes(data * 3)
    assert decide(path, None).codec == "utf-8"
