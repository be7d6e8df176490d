"""The invented workbooks and the shapefile among the input files; stored without compression, so that no library's
version of deflate changes their bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from invented import uscc

_DAY = (2024, 12, 31)
_WGS84 = (
    'GEOGCS["China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)
Rows = Sequence[Sequence[object]]


def registry() -> bytes:
    """A registration list: two title rows, townships as merged cells, a totals row, personal columns."""
    # fmt: off
    header = ("所属街道", "统一社会信用代码", "名称", "字号", "经营场所", "行业代码", "成立日期", "经营期限至",
     "登记状态", "法定代表人", "联系电话")
    listed = (
        ("示例东街道", uscc("91", 3001), "示例优家商贸有限公司", "示例优家", "示例青禾街1号", "F5213", "2018-04-17",
         "9999-9-9", "存续"),
        ("", uscc("92", 3002).lower(), "示例青禾牛肉面馆", "示例牛肉面", "示例青禾街2号", "H6210", "2021年3月5日",
         "9999-9-9", "开业"),
        ("", f" {uscc('92', 3003)}", "示例康宁药店", "康宁", "示例青禾街12号", "5251", "2020/6/1", "2040/5/31", "存续"),
        ("示例西街道", uscc("92", 3004), "示例净洁洗衣店", "", "示例明塘路3号", "O8030", "2019-08-08", "", "注销"),
        ("", uscc("92", 3005)[:-1] + "A", "示例云溪杂货店", "", "示例云溪路19号", "F5299", "2022-02-22", "", "存续"),
        ("", uscc("91", 3006), "示例聚创商务秘书有限公司", "示例聚创", "示例云溪路20号（集群注册）", "L7299",
         "2023-01-01", "", "存续"),
    )
    # fmt: on
    rows = [(*row, f"示例某{number}", f"1380000000{number}") for number, row in enumerate(listed, start=1)]
    title = ("示例区市场主体登记名单（虚构）",)
    return _book(
        "登记名单",
        [title, ("统计日期：2024-12-31",), header, *rows, ("合计", "", "6 户")],
        [(0, 0, 0, 10, title[0]), (3, 0, 5, 0, "示例东街道"), (6, 0, 8, 0, "示例西街道")],
    )


def subsidies() -> bytes:
    """A list of subsidies: a title, two header rows, districts as merged cells, amounts in 万元, a totals row."""
    top = ("序号", "生活圈", "项目名称", "申报单位", "信用代码", "依据", "补贴情况", "", "", "", "进度")
    below = ("", "", "", "", "", "", "核定投资(万元)", "补贴金额(万元)", "公示开始", "公示结束", "")
    company, other = "示例青禾商业运营有限公司", "示例云溪商业运营有限公司"
    act = "示例区便民生活圈补助办法"
    # fmt: off
    rows = (
        (1, "示例青禾", "示例青禾菜市场改造", company, uscc("91", 601), act, 131.5, 39.45, "2024年12月20日",
         "2025/1/3", "公示中"),
        (2, "", "示例青禾维修点建设", company, uscc("91", 601), act, 10.3, 4.12, "2024年12月20日", "2025/1/3",
         "公示中"),
        (3, "示例云溪", "示例云溪食堂建设", other, uscc("91", 602), act, 44.4, "约17.76", "", "", "评审通过"),
    )
    # fmt: on
    title = "示例区2024年便民生活圈补贴项目表（虚构）"
    return _book(
        "补贴项目",
        [(title,), top, below, *rows, ("合计", "", "", "", "", "", 186.2, 61.33)],
        [(0, 0, 0, 10, title), (1, 6, 1, 9, "补贴情况"), (3, 1, 4, 1, "示例青禾")],
    )


def _book(sheet: str, rows: Rows, merged: Sequence[tuple[int, int, int, int, str]]) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": datetime(*_DAY, tzinfo=UTC), "comments": "全部编造 · all invented"})
    page = book.add_worksheet(sheet)
    page.set_column(0, 10, 16)
    middle: Any = book.add_format({"align": "center", "valign": "vcenter"})
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    for *corners, text in merged:
        page.merge_range(*corners, text, middle)
    book.close()
    with zipfile.ZipFile(stream) as packed:
        return stored({name: packed.read(name) for name in packed.namelist()})


def shapefile_zip(shapes: Mapping[str, Sequence[tuple[float, float]]]) -> bytes:
    """The circles as a shapefile in a ZIP, its attributes in GBK with a .cpg that says so."""
    import shapefile  # type: ignore[import-untyped]

    parts = {name: io.BytesIO() for name in ("shp", "shx", "dbf")}
    writer = shapefile.Writer(**parts, shapeType=shapefile.POLYGON, encoding="gbk")
    for name, size in (("生活圈编号", 20), ("名称", 60), ("建设状态", 10)):
        writer.field(name, "C", size=size)
    for number, (name, ring) in enumerate(shapes.items(), start=901):
        writer.poly([[list(point) for point in ring]])
        writer.record(f"620602-C{number}", f"{name}便民生活圈", "建成")
    writer.close()
    table = parts["dbf"].getvalue()
    # The second to fourth byte of a .dbf are the day on which it was written.
    table = table[:1] + bytes((_DAY[0] - 1900, _DAY[1], _DAY[2])) + table[4:]
    content = {"shp": parts["shp"].getvalue(), "shx": parts["shx"].getvalue(), "dbf": table}
    return stored({**{f"circles.{end}": part for end, part in content.items()},
                   "circles.prj": _WGS84.encode(), "circles.cpg": b"GBK"})  # fmt: skip


def stored(content: Mapping[str, bytes]) -> bytes:
    """Return a ZIP without compression and without times."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as packed:
        for name, part in content.items():
            packed.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part)
    return stream.getvalue()
