"""Whatever table comes, its suggestion is a valid mapping that names its columns rightly."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import suggest_samples as samples
from hypothesis import given, settings
from hypothesis import strategies as st

from circledata.convert import convert_files
from circledata.convert.mapping.model import read_mapping
from circledata.convert.model import ConversionError
from circledata.convert.suggest import suggest_mapping
from circledata.standard import load_standard

HEADERS = [
    "店名",
    "名称",
    "地址",
    "DZ",
    "电话",
    "手机",
    "经度",
    "纬度",
    "坐标",
    "业态",
    "状态",
    "补贴金额（万元）",
    "金额",
    "生活圈名称",
    "社区名称",
    "项目名称",
    "开业时间",
    "A",
    "备注: x",
    "#",
    "",
    "序号",
    "是否连锁",
    "统一社会信用代码",
    "更新时间",
    "选项",
    "yes",
]
CELLS = [
    "",
    "-",
    "东街便利店",
    "王小明",
    "0935-6911001",
    "13800000000",
    "2024年3月1日",
    "45000",
    "102.6123",
    "37.9123",
    "102.61,37.92",
    "便利店",
    "是",
    "营业",
    "120万元",
    "45.5㎡",
    "91110000600037341L",
    "合计",
    "周一至周日 8:00-22:00",
    "同上",
    "a: b # c",
    "\u0085",
    "[]",
]
rows = st.integers(1, 8).flatmap(
    lambda width: st.tuples(
        st.lists(st.sampled_from(HEADERS), min_size=width, max_size=width),
        st.lists(st.lists(st.sampled_from(CELLS), min_size=width, max_size=width), min_size=1, max_size=6),
    )
)


@settings(max_examples=40, deadline=None)
@given(rows)
def test_any_table_gets_a_mapping_that_fits_it(table: tuple[list[str], list[list[str]]]) -> None:
    header, body = table
    with tempfile.TemporaryDirectory() as folder:
        path, mapping = Path(folder) / "t.csv", Path(folder) / "m.yaml"
        path.write_text(samples.text_of([header, *body]), encoding="utf-8")
        try:
            text = suggest_mapping(path)
        except ConversionError as error:
            assert "t.csv" in error.text.zh
            return
        mapping.write_text(text, encoding="utf-8")
        read_mapping(mapping, load_standard())
        try:
            convert_files(
                [path],
                mapping=mapping,
                division_code="620602",
                to=Path(folder) / "p",
                as_of=date(2024, 12, 31),
                coordinate_system="unknown",
            )
        except ConversionError as error:
            # A table without a single record is no fault of the mapping; a column that is not there would be.
            assert "m.yaml" not in error.text.zh
            assert "没有一行能转成记录" in error.text.zh or "没有记录名称的列" in error.text.zh
