from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from circledata.sources import Limits, restage
from circledata.sources.lines import LineReader

from .conftest import HEADER, ROW, found, raw_table, staged_rows

CELLS = ROW.split(",")


def good(line: int) -> list[str]:
    return [str(line), "", *CELLS]


CASES = {
    "sound": ([HEADER, ROW, ROW], [], [2, 3]),
    "blank line in the middle and two at the end": (
        [HEADER, ROW, "", ROW, "", ""],
        [("blank-line", 3), ("blank-line", 5), ("blank-line", 6)],
        [2, 4],
    ),
    "short row": ([HEADER, "620602-C001,东关", ROW], [("row-short", 2)], [2, 3]),
    "long row": ([HEADER, ROW + ",,", ROW], [("row-long", 2)], [2, 3]),
    "break inside quotes is legal and later lines stay exact": (
        [HEADER, 'a,"东\n关",b,1,2', ROW, "x", ROW],
        [("row-short", 5)],
        [2, 4, 5, 6],
    ),
    "quote inside an unquoted cell": ([HEADER, 'a,东"关,b,1,2', ROW], [("quote-stray", 2)], [2, 3]),
    "doubled quote in an unquoted cell is stray too": ([HEADER, 'a,东""关,b,1,2'], [("quote-stray", 2)], [2]),
    "rightly doubled quotes": ([HEADER, 'a,"东""关""",b,1,2', 'a,"""",b,1,2'], [], [2, 3]),
    "text after a closing quote": ([HEADER, 'a,"东"关,b,1,2', ROW], [("quote-misplaced", 2)], [2, 3]),
    "unclosed quote swallows nothing but its own line": (
        [HEADER, ROW, 'a,"东关,b,1,2', ROW, ROW],
        [("quote-unclosed", 3)],
        [2, 3, 4, 5],
    ),
    "unclosed quote before a quoted cell": (
        [HEADER, 'a,"东关,b,1,2', 'a,"东关",b,1,2', ROW],
        [("quote-unclosed", 2)],
        [2, 3, 4],
    ),
    "unclosed quote that a later quote closes": (
        [HEADER, 'a,"东关,b,1,2', ROW, 'a,东关,b,1,2"', ROW],
        [("quote-unclosed", 2), ("quote-stray", 4)],
        [2, 3, 4, 5],
    ),
    "unclosed quote on the last line": ([HEADER, ROW, 'a,"东关,b,1,2'], [("quote-unclosed", 3)], [2, 3]),
    "unclosed quote after a break inside quotes": (
        [HEADER, '"a\nb","东关,b,1,2', ROW],
        [("quote-unclosed", 3)],
        [2, 4],
    ),
    "two unclosed quotes": (
        [HEADER, 'a,"东,b,1,2', ROW, 'a,"关,b,1,2', ROW],
        [("quote-unclosed", 2), ("quote-unclosed", 4)],
        [2, 3, 4, 5],
    ),
    "unclosed quotes on lines that follow each other": (
        [HEADER, 'a,"东,b,1,2', 'a,"关,b,1,2', 'a,"西,b,1,2', ROW],
        [("quote-unclosed", 2), ("quote-unclosed", 3), ("quote-unclosed", 4)],
        [2, 3, 4, 5],
    ),
    "text after the closing quote of a cell with breaks": (
        [HEADER, 'a,"东\n关"x,b,1,2', ROW],
        [("quote-misplaced", 3)],
        [2, 4],
    ),
    "NUL": ([HEADER, "a,东\0关,b,1,2", ROW], [("nul-character", 2)], [2, 3]),
    "row of commas alone": ([HEADER, ROW, ",,,,", '"",,,, ', ROW], [("blank-line", 3), ("blank-line", 4)], [2, 5]),
    "header only": ([HEADER], [], []),
}
BROKEN = {"row-short", "row-long", "quote-unclosed", "quote-misplaced"}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("final", [True, False])
@pytest.mark.parametrize("name", CASES)
def test_each_fault_has_its_exact_line(exact, name, end, final):
    lines, expected, numbers = CASES[name]
    text = end.join(lines) + (end if final or lines[-1] == "" else "")
    rows, findings = exact(text)
    assert found(findings) == expected
    assert [int(row[0]) for row in rows] == numbers
    assert all(len(row) == 7 for row in rows)


def test_broken_rows_are_marked_and_others_are_not(exact):
    rows, _ = exact(f'{HEADER}\n{ROW}\na,b\n{ROW},9\n{ROW}\nx,"y"z,1,2,3\n')
    assert rows[0] == good(2)
    assert rows[1] == ["3", "1", "a", "b", "", "", ""]
    assert rows[2] == ["4", "1", *CELLS]
    assert rows[3] == good(5)
    assert rows[4] == ["6", "1", "x", "yz", "1", "2", "3"]


def test_the_column_of_a_quote_is_named(exact):
    _, findings = exact(f'{HEADER}\na,b,"c"d,1,2\na,b",c,1,2\n')
    assert [(item.column, item.column_number) for item in findings] == [("community_code", 3), ("name", 2)]


def test_ragged_rows_say_how_many_cells(exact):
    _, findings = exact(f"{HEADER}\na,b\n{ROW},x\n")
    assert [dict(item.params) for item in findings] == [{"expected": 5, "found": 2}, {"expected": 5, "found": 6}]


def test_carriage_returns_alone(exact):
    rows, findings = exact("\r".join([HEADER, ROW, "", ROW]) + "\r")
    assert found(findings) == [("line-ends-irregular", None), ("blank-line", 3)]
    assert findings[0].params["kinds"] == "CR"
    assert rows == [good(2), good(4)]


def test_mixed_line_ends_are_named_with_the_first_line_that_differs(exact):
    rows, findings = exact(f"{HEADER}\r\n{ROW}\r\n{ROW}\n{ROW}\r\n")
    assert found(findings) == [("line-ends-irregular", None)]
    assert dict(findings[0].params) == {"kinds": "CRLF, LF", "line": 3}
    assert rows == [good(2), good(3), good(4)]


def test_a_bare_line_feed_inside_quotes_of_a_crlf_file_is_fine(exact):
    rows, findings = exact(f'{HEADER}\r\na,"b\nc",d,1,2\r\n{ROW}\r\n')
    assert findings == []
    assert rows[0] == ["2", "", "a", "b\nc", "d", "1", "2"]
    assert rows[1] == good(4)


def test_a_byte_order_mark_is_no_part_of_the_header(exact):
    rows, findings = exact(b"\xef\xbb\xbf" + f"{HEADER}\n{ROW}\n".encode())
    assert (rows, findings) == ([good(2)], [])


def test_a_cell_that_is_too_long(exact):
    text = f"{HEADER}\na,{'长' * 5000},c,1,2\n{ROW}\n"
    rows, findings = exact(text, limits=Limits(max_cell_characters=4000))
    assert found(findings) == [("cell-too-long", 2)]
    assert dict(findings[0].params) == {"limit": 4000, "length": 5000}
    assert findings[0].column == "name"
    assert rows[0][:2] == ["2", "1"]
    assert rows[1] == good(3)


def test_a_cell_of_ten_million_characters(exact):
    rows, findings = exact(f'{HEADER}\n{ROW}\na,"{"x" * 10_000_000}",c,1,2\n{ROW}\n')
    assert found(findings) == [("cell-too-long", 3)]
    assert findings[0].params["length"] == 10_000_000
    assert rows[2] == good(4)


def test_a_long_cell_with_breaks_is_not_taken_for_an_unclosed_quote(exact):
    text = "word\n" * 400_000
    rows, findings = exact(f'{HEADER}\n{ROW}\na,"{text}",c,1,2\n{ROW}\n')
    assert found(findings) == [("cell-too-long", 3)]
    assert [row[0] for row in rows] == ["2", "3", str(4 + 400_000)]


def test_an_unclosed_quote_early_in_a_long_file_costs_one_row(exact):
    rows, findings = exact(f'{HEADER}\na,"b,c,1,2\n' + f"{ROW}\n" * 60_000)
    assert found(findings) == [("quote-unclosed", 2)]
    assert len(rows) == 60_001
    assert rows[-1] == good(60_002)


def test_faults_far_into_a_file_keep_their_line(exact):
    body = [ROW] * 50_000
    body[40_000] = "short"
    body[45_000] = 'a,"b\nc",d,1,2'
    body[49_000] = ""
    rows, findings = exact("\n".join([HEADER, *body]) + "\n")
    assert found(findings) == [("row-short", 40_002), ("blank-line", 49_003)]
    assert rows[-1] == good(50_002)


def test_a_record_that_crosses_a_block_border(tmp_path, work):
    path = tmp_path / "communities.csv"
    filler = f"{ROW}\n" * 25_000
    pad = (1 << 20) - len(f"{HEADER}\n".encode()) - 7
    count = pad // len(f"{ROW}\n".encode())
    path.write_text(f"{HEADER}\n" + f"{ROW}\n" * count + 'a,"' + "b\n" * 50 + '",c,1,2\n' + filler, encoding="utf-8")
    raw, findings = restage(raw_table(path), workdir=work, limits=Limits())
    assert findings == []
    rows = staged_rows(raw)
    assert rows[count][0] == str(count + 2)
    assert rows[count + 1] == good(count + 2 + 51)


def test_rows_above_the_header_are_passed_over(tmp_path, work):
    path = tmp_path / "communities.csv"
    path.write_text(f'标题\n单位："个\n{HEADER}\n{ROW}\n', encoding="utf-8")
    from dataclasses import replace

    raw, findings = restage(replace(raw_table(path), header_row=3), workdir=work, limits=Limits())
    assert findings == []
    assert staged_rows(raw) == [good(4)]


def test_hash_and_size_are_those_of_the_publishers_file(tmp_path, work):
    import hashlib

    path = tmp_path / "communities.csv"
    path.write_bytes(b"\xef\xbb\xbf" + f"{HEADER}\n{ROW}".encode())
    raw, _ = restage(raw_table(path), workdir=work, limits=Limits())
    assert raw.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (raw.bytes, raw.rows, raw.file) == (path.stat().st_size, 1, "communities.csv")


def test_a_staged_table_is_not_staged_again(tmp_path, work):
    path = tmp_path / "communities.csv"
    path.write_text(f"{HEADER}\n{ROW}\n", encoding="utf-8")
    raw, _ = restage(raw_table(path), workdir=work, limits=Limits())
    with pytest.raises(ValueError, match="staged already"):
        restage(raw, workdir=work, limits=Limits())


cell = st.text(st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=("Cs",)), max_size=12)
breaks = st.sampled_from(["\n", "\r\n", '"', '""', ",", " ", "x"])
cells = st.one_of(cell, st.lists(breaks, max_size=6).map("".join))


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.lists(cells, min_size=3, max_size=3), max_size=8),
    end=st.sampled_from(["\n", "\r\n"]),
    final=st.booleans(),
    quote_all=st.booleans(),
    block=st.integers(1, 60),
)
def test_any_sound_file_gives_its_rows_and_lines(rows, end, final, quote_all, block):
    stream, expected, line = io.StringIO(), [], 2
    writer = csv.writer(stream, lineterminator=end, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL)
    writer.writerow(["a", "b", "c"])
    blank = []
    for row in rows:
        if "".join(row).strip(" \t\u3000"):
            expected.append([str(line), "", *row])
        else:
            blank.append(("blank-line", line))
        line += 1 + sum(text.count("\n") for text in row)
        writer.writerow(row)
    text = stream.getvalue()
    text = text if final else text.removesuffix(end)
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        # Small blocks, so that records cross their borders.
        patch.setattr("circledata.sources.lines.BLOCK", block)
        path = Path(folder, "t.csv")
        path.write_bytes(text.encode())
        raw, findings = restage(raw_table(path, "a,b,c"), workdir=Path(folder), limits=Limits())
        assert found(findings) == blank
        assert staged_rows(raw) == expected


@settings(max_examples=150, deadline=None)
@given(data=st.text(alphabet='ab,"\n\r\0 联', max_size=80), block=st.integers(1, 40))
def test_any_text_is_read_to_its_end_whatever_the_blocks_are(data, block):
    outcomes = []
    for size in (block, 1 << 20):
        with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            patch.setattr("circledata.sources.lines.BLOCK", size)
            path = Path(folder, "t.csv")
            path.write_bytes(("a,b,c\n" + data).encode())
            raw, findings = restage(raw_table(path, "a,b,c"), workdir=Path(folder), limits=Limits())
            outcomes.append((staged_rows(raw), found(findings)))
    assert outcomes[0] == outcomes[1]
    lines = [int(row[0]) for row in outcomes[0][0]]
    assert lines == sorted(set(lines))


def test_the_reader_of_lines_counts_what_it_reads(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b"a\r\nb\rc\n\nd")
    reader = LineReader(path, "utf-8", 0)
    blocks = list(reader.blocks())
    assert [line for block in blocks for line in block.lines()] == ["a\r\n", "b\r", "c\n", "\n", "d"]
    assert [block.first for block in blocks] == [1, 5]
    assert reader.bytes == 9


def test_bad_bytes_of_swallowed_lines_are_reported_once(exact):
    content = f'{HEADER}\na,"b,c,1,2\n{ROW}\n'.encode() + b'x,\xff,y,1,"z"\n' + f"{ROW}\n".encode()
    rows, findings = exact(content)
    assert found(findings) == [("quote-unclosed", 2), ("byte-invalid", 4)]
    assert [row[0] for row in rows] == ["2", "3", "4", "5"]


def test_a_record_that_is_too_long_for_the_engine(exact):
    rows, findings = exact(f"{HEADER}\n{','.join(['x' * 900_000] * 5)}\n{ROW}\n")
    assert found(findings) == [("cell-too-long", 2)]
    assert (rows[0][1], rows[1]) == ("1", good(3))
