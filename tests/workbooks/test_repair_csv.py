"""`repair` of CSV files: what is mended, what stays byte for byte, twice is once, and what is refused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from circledata import ConversionError, Repair, load_standard, repair, validate
from circledata.sources.errors import UsageError

HEAD = "outlet_id,name,category,status,opened_on,staff_count"
ROW = "620602-O000001,惠民超市,supermarket,open,2026-03-01,5"


def mended(folder: Path, content: str | bytes, name: str = "outlets.csv", **options: object) -> tuple[Repair, bytes]:
    source, out = folder / name, folder / "out.csv"
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = repair(source, out, table="outlets", overwrite=True, **options)  # type: ignore[arg-type]
    return done, out.read_bytes()


def listed(done: Repair) -> list[list[str]]:
    assert done.list is not None
    with done.list.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))[1:]


def test_every_kind_of_change_is_made_and_listed(tmp_path: Path) -> None:
    content = (
        "网点编号,网点名称,业态,营业状态,开业日期,从业人数,营业面积（亩）\r\n"
        "620602-o000001, 惠民超市 ,综合超市,营业,2026年3月1日,１２,3\r\n"
        '620602-O000002,"二\n店",supermarket,open,46082,"1,200",1.5\r\n'
        "\r\n"
        '620602-O000003,三"店,supermarket,open,2026/3/1,5.0,0\n'
    )
    done, out = mended(tmp_path, content.encode("gb18030"))
    names = load_standard().tables["outlets"].by_name
    assert out.decode("utf-8-sig") == (
        "outlet_id,name,category,status,opened_on,staff_count,floor_area_m2\r\n"
        "620602-O000001,惠民超市,supermarket,open,2026-03-01,12,2000\r\n"
        "620602-O000002,二 店,supermarket,open,2026-03-01,1200,1000\r\n"
        '620602-O000003,"三""店",supermarket,open,2026-03-01,5,0\r\n'
    ), names
    assert out.startswith(b"\xef\xbb\xbf")
    assert done.counts == {
        "header-title": 7,
        "code-spelling": 1,
        "spaces": 1,
        "code-title": 2,
        "date-form": 2,
        "full-width": 1,
        "unit-in-header": 2,
        "invisible": 1,
        "date-serial": 1,
        "thousands": 1,
        "blank-line": 1,
        "quotes": 1,
        "decimal-forms": 1,
        "encoding": 1,
        "line-ends": 1,
    }
    rows = listed(done)
    assert len(rows) == done.changes == 24
    assert ["outlets.csv", "", "2", "开业日期", "2026年3月1日", "2026-03-01", "日期写法"] in rows
    assert ["outlets.csv", "", "3", "网点名称", "二⏎店", "二 店", "换行和看不见的字符"] in rows
    assert ["outlets.csv", "", "5", "", "", "", "空行"] in rows
    assert ["outlets.csv", "", "", "", "GB18030", "UTF-8", "编码"] in rows


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    _, once = mended(tmp_path, f"{HEAD}\n620602-o000001, 店,综合超市,营业,2026年3月1日,１２\n短,行\n".encode("gbk"))
    done, twice = mended(tmp_path, once)
    assert twice == once
    assert done.counts == {}
    assert listed(done) == []


def test_what_was_mended_is_not_found_again(tmp_path: Path) -> None:
    content = f"{HEAD.replace('outlet_id', '网点编号')}\r620602-o000001, 店,综合超市,营业,2026年3月1日,1２人\r"
    source = tmp_path / "outlets.csv"
    source.write_bytes(content.encode("gb18030"))
    before = {item.name for item in validate(source, table="outlets").rules}
    _, out = mended(tmp_path, source.read_bytes())
    after = {item.name for item in validate(tmp_path / "out.csv", table="outlets").rules}
    gone = {
        *("header-is-title", "pattern-mismatch", "spaces-around", "category-unknown", "code-unknown", "not-a-date"),
        *("not-an-integer", "encoding-not-utf8", "line-ends-irregular"),
    }
    assert gone <= before
    assert not gone & after
    assert b"\r" not in out


@pytest.mark.parametrize(
    "content",
    [
        f"{HEAD}\n{ROW}\n",
        f"{HEAD}\r\n{ROW}\r\n",
        f"{HEAD}\n{ROW}",
        f"\ufeff{HEAD}\n{ROW}\n",
        f"{HEAD}\n",
        HEAD,
        f'{HEAD}\n"620602-O000001","惠民,超市","supermarket","open","2026-03-01","5"\n',
        f"网点台账,,,,,\n{HEAD}\n{ROW}\n",
        f"{HEAD}\n{ROW}\n3/1/2026,x\n",
        f'{HEAD}\n{ROW}\n620602-O000002,"没有收尾,supermarket,open,2026-03-01,5\n{ROW.replace("1,惠", "3,惠")}\n',
        f'{HEAD}\n{ROW}\n620602-O000002,"引号"后面,supermarket,open,2026年3月1日,5\n',
        f"{HEAD}\n620602-O000001,'=1+1,supermarket,open,2026-03-01,5\n",
    ],
)
def test_what_needs_no_repair_or_cannot_be_told_apart_stays_byte_for_byte(tmp_path: Path, content: str) -> None:
    done, out = mended(tmp_path, content)
    assert out == content.encode()
    assert done.counts == {}


def test_a_ragged_row_stays_beside_rows_that_are_mended(tmp_path: Path) -> None:
    content = f"{HEAD}\n620602-O000001,店,综合超市,营业,2026/3/1,5\n 620602,２店\n"
    done, out = mended(tmp_path, content)
    assert out.decode().splitlines()[1:] == [
        "620602-O000001,店,supermarket,open,2026-03-01,5",
        " 620602,２店",
    ]
    assert done.counts == {"code-title": 2, "date-form": 1}


@pytest.mark.parametrize("sign", [";", "\t", "|", "，"])
def test_the_separator_becomes_a_comma(tmp_path: Path, sign: str) -> None:
    done, out = mended(tmp_path, f"{HEAD}\n{ROW.replace('惠民超市', '惠民+超市')}\n".replace(",", sign))
    assert out.decode() == f"{HEAD}\n{ROW.replace('惠民超市', '惠民+超市')}\n"
    assert done.counts == {"delimiter": 1}
    _, out = mended(tmp_path, f"{HEAD}\n{ROW}\n".replace(",", ";").replace("惠民超市", "惠民,超市"))
    assert '"惠民,超市"' in out.decode()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "big5"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    content = f"{HEAD}\n{ROW}\n".replace("惠民超市", "惠民超市商店")
    done, out = mended(tmp_path, content.encode(encoding), encoding=encoding.replace("-le", "le"))
    assert out.decode("utf-8-sig") == content
    assert done.counts == {"encoding": 1}


def test_a_column_with_a_unit_is_converted_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    head = HEAD.replace("staff_count", "营业面积（亩）")
    good = f"{head}\n{ROW.replace(',5', ',3')}\n{ROW.replace(',5', ',')}\n{ROW.replace(',5', ',0')}\n"
    done, out = mended(tmp_path, good)
    assert [line.rpartition(",")[2] for line in out.decode().splitlines()] == ["floor_area_m2", "2000", "", "0"]
    assert not done.left
    for bad in ("约3", "3-5", "暂无"):
        content = good + ROW.replace(",5", f",{bad}") + "\n"
        done, out = mended(tmp_path, content)
        assert out.decode() == content
        assert "营业面积（亩）" in done.left[0].zh
    done, out = mended(tmp_path, good + "缺,列\n")
    assert out.decode() == good + "缺,列\n"
    assert len(done.left) == 1


def test_a_head_of_money_without_its_unit_stays(tmp_path: Path) -> None:
    content = "project_id,name,status,计划投资,实际投资（元）\n620602-P000001,改造,planned,3,5\n"
    source, out = tmp_path / "projects.csv", tmp_path / "o.csv"
    source.write_text(content, encoding="utf-8")
    repair(source, out)
    assert out.read_text(encoding="utf-8").splitlines()[0] == ("project_id,name,status,计划投资,actual_investment_yuan")


def test_text_that_looks_like_a_formula_stays_harmless(tmp_path: Path) -> None:
    _, out = mended(tmp_path, f"{HEAD}\n620602-O000001, =1+1,supermarket,open,2026-03-01,5\n")
    assert out.decode().splitlines()[1].split(",")[1] == "'=1+1"
    _, out = mended(tmp_path, f"{HEAD}\n620602-O000001,'=1+1 ,supermarket,open,2026-03-01,5\n")
    assert out.decode().splitlines()[1].split(",")[1] == "'=1+1"


def test_the_list_hides_personal_data_and_is_safe_to_open(tmp_path: Path) -> None:
    content = (
        f"{HEAD}\n620602-O000001, 店13800138000,supermarket,open,2026-03-01,5\n620602-O000002,=x ,supermarket,open,,\n"
    )
    done, _ = mended(tmp_path, content)
    assert [row[4:6] for row in listed(done)] == [[" 店***", "店***"], ["'=x ", "'=x"]]


def test_the_list_speaks_english(tmp_path: Path) -> None:
    source = tmp_path / "outlets.csv"
    source.write_text(f"{HEAD}\n{ROW.replace('2026-03-01', '2026/3/1')}\n", encoding="utf-8")
    done = repair(source, tmp_path / "o.csv", language="en")
    assert done.list == tmp_path / "o-changes.csv"
    text = done.list.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == "File,Sheet,Row,Column,Before,After,What was changed"
    assert "written form of the date" in text


def test_a_nul_and_stray_quotes_are_put_right(tmp_path: Path) -> None:
    done, out = mended(tmp_path, f'{HEAD}\n{ROW}\n620602-O000002,店\0"x,supermarket,open,2026-03-01,5\n')
    assert out.decode().splitlines()[2] == '620602-O000002,"店""x",supermarket,open,2026-03-01,5'
    assert done.counts == {"invisible": 1, "quotes": 1}
    assert "\0" not in (done.list or Path()).read_text(encoding="utf-8")


@pytest.mark.parametrize("row", [',,,,,"\n"', ",,\u200b,,,", "\0,,,,,"])
def test_a_record_of_which_nothing_is_left_goes_as_a_blank_line(tmp_path: Path, row: str) -> None:
    done, out = mended(tmp_path, f"{HEAD}\n{row}\n{ROW}\n")
    assert out.decode() == f"{HEAD}\n{ROW}\n"
    assert done.counts["blank-line"] == 1
    assert mended(tmp_path, out)[0].counts == {}


class TestRefused:
    """Nothing is written, and the reason is one plain sentence."""

    def test_missing(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="There is no"):
            repair(tmp_path / "none.csv", tmp_path / "o.csv")

    def test_in_place(self, tmp_path: Path) -> None:
        source, link = tmp_path / "outlets.csv", tmp_path / "link.csv"
        source.write_text(f"{HEAD}\n", encoding="utf-8")
        link.symlink_to(source)
        for out in (source, link, tmp_path / "." / "outlets.csv"):
            with pytest.raises(ConversionError, match="never changed"):
                repair(source, out, overwrite=True)
        assert source.read_text(encoding="utf-8") == f"{HEAD}\n"

    def test_exists(self, tmp_path: Path) -> None:
        source, out = tmp_path / "outlets.csv", tmp_path / "o.csv"
        source.write_text(f"{HEAD}\n", encoding="utf-8")
        out.write_text("mine")
        with pytest.raises(ConversionError, match="exists already"):
            repair(source, out)
        assert out.read_text() == "mine"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["o.csv", "outlets.csv"]

    @pytest.mark.parametrize("content", [b"", b" \r\n\n"])
    def test_empty(self, tmp_path: Path, content: bytes) -> None:
        with pytest.raises(ConversionError, match="is empty"):
            mended(tmp_path, content)

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"\x00\x01\x02\xff\xfe\x80\x81" * 50, "Nothing was written"),
            ("一段文字，没有表。\n还是文字。\n".encode(), "Nothing was written"),
            (f"{HEAD}\n{ROW}\n{ROW}\n".encode().replace("惠".encode(), b"\xff", 1), "Nothing was written"),
        ],
    )
    def test_no_table_or_no_text(self, tmp_path: Path, content: bytes, reason: str) -> None:
        with pytest.raises(ConversionError, match=reason):
            mended(tmp_path, content)
        assert [path.name for path in tmp_path.iterdir()] == ["outlets.csv"]

    def test_not_a_table_that_can_be_told(self, tmp_path: Path) -> None:
        source = tmp_path / "x.csv"
        source.write_text("a,b\n1,2\n", encoding="utf-8")
        with pytest.raises(UsageError, match="not clear which table"):
            repair(source, tmp_path / "o.csv")

    def test_a_csv_file_stays_one(self, tmp_path: Path) -> None:
        source = tmp_path / "outlets.csv"
        source.write_text(f"{HEAD}\n", encoding="utf-8")
        with pytest.raises(ConversionError, match="stays one"):
            repair(source, tmp_path / "o.xlsx")


PIECES = st.sampled_from(
    [
        *'",\n\r\t ;',
        "\r\n",
        "\ufeff",
        "１",
        "a",
        "店",
        "620602-O000001",
        "2026/3/1",
        "open",
        "营业",
        "5",
        "5.0",
        "'=",
        "\0",
        "  ",
    ]
)
CELLS = st.lists(PIECES, max_size=6).map("".join)
QUOTED = CELLS.map(lambda text: '"' + text.replace('"', '""') + '"')
RECORDS = st.lists(st.one_of(CELLS, QUOTED, st.sampled_from(ROW.split(","))), min_size=1, max_size=8).map(",".join)
FILES = st.lists(RECORDS, max_size=8)


@settings(max_examples=150, deadline=None)
@given(
    records=FILES, end=st.sampled_from(["\n", "\r\n", "\r"]), codec=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"])
)
def test_any_file_is_repaired_once(
    tmp_path_factory: pytest.TempPathFactory, records: list[str], end: str, codec: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    content = end.join([HEAD, ROW, *records]).encode(codec)
    _, once = mended(folder, content)
    assert folder.joinpath("outlets.csv").read_bytes() == content
    done, twice = mended(folder, once)
    assert twice == once
    assert done.counts == {}
    assert once.startswith(b"\xef\xbb\xbf") == (codec != "utf-8")
