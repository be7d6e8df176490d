"""Looks at how a file is laid out: header, blanks below merged cells, marks for nothing, totals, personal columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from circledata.convert.mapping.headers import is_personal
from circledata.convert.model import SourceTable
from circledata.convert.plural import singular
from circledata.convert.suggest.choose import Assignment
from circledata.convert.suggest.columns import MOST_ROWS, NOTHING, TOTAL, Column, percent, rows_of
from circledata.convert.suggest.model import Rule
from circledata.standard.model import Text
from circledata.values.text import ascii_signs, clean
from circledata.values.units import AREA, MONEY, canonical_unit

_UNIT = re.compile(r"单位\s*[:：]\s*([^\s,，;；、()（）]{1,6})")
_PUBLISHER = re.compile(
    r"(?:填报|填表|报送|制表|编制|公示|发布|数据)(?:单位|部门|机构)\s*[:：]\s*([^\s:：，,；;。（）()]{4,30})"
)
_FIRST = 3
"""Columns in which the engine looks for totals anyway."""
_FILLED = frozenset(
    {"division_code", "circle_id", "category", "@province", "@city", "@county", "programme_id", "project_id"}
)
"""What is written once for the rows below it."""
_SYSTEMS = (
    ("GCJ-02", re.compile(r"gcj|高德|火星|腾讯|amap|国测局", re.IGNORECASE)),
    ("BD-09", re.compile(r"bd.?09|百度|baidu|(?<![a-z])bd(?![a-z])", re.IGNORECASE)),
    ("CGCS2000", re.compile(r"cgcs|国家2000|大地2000|2000坐标", re.IGNORECASE)),
    ("WGS84", re.compile(r"wgs|gps|EPSG::?4326|CRS84", re.IGNORECASE)),
)


def header_rows(table: SourceTable) -> tuple[int, ...]:
    """Return the rows of the header as the reader found it; none for a file without header."""
    for code, params in table.notes:
        if code == "header-row":
            return tuple(int(row) for row in params["rows"].split("、"))
        if code == "no-header":
            return ()
    return (table.header_row,) if table.header_row else ()


def has_no_header(table: SourceTable) -> bool:
    """Tell whether the file has no header, so that its columns must be named."""
    return any(code == "no-header" for code, _ in table.notes)


def units_of_titles(table: SourceTable) -> dict[str, str]:
    """Return what the title rows say of units: `yuan` → 万元, `m2` → 亩."""
    found: dict[str, str] = {}
    for cell in (text for row in table.above for text in row):
        for match in _UNIT.finditer(cell):
            for word in re.split("[/和]", match.group(1)):
                unit = canonical_unit(word)
                if unit in MONEY and unit != "元":
                    found["yuan"] = unit
                elif unit in AREA and unit != "平方米":
                    found["m2"] = unit
    return found


def personal_columns(columns: Sequence[Column]) -> dict[str, Text]:
    """Return the columns about private persons, by their header or by what stands in them, with the reason."""
    found: dict[str, Text] = {}
    for column in columns:
        if column.share("resident") > 0.2:
            found[column.name] = Text("像身份证号或银行卡号", "looks like resident or card numbers")
        elif is_personal(column.name) and column.share("organisation") < 0.7:
            found[column.name] = Text(f"表头“{column.name}”", f'header "{column.name}"')
    return found


def personal_by_values(columns: Sequence[Column], used: set[str]) -> dict[str, Text]:
    """Return the columns that nothing takes and whose values are mobile numbers or names of persons."""
    found: dict[str, Text] = {}
    for column in columns:
        if column.name in used or not column.texts:
            continue
        if column.share("mobile") > 0.5:
            found[column.name] = Text(
                f"{percent(column.share('mobile'))} 是手机号", f"{percent(column.share('mobile'))} are mobile numbers"
            )
        elif column.share("person") > 0.7 and column.distinct > 0.5 and column.filled > 2:
            found[column.name] = Text(
                f"{percent(column.share('person'))} 像人名", f"{percent(column.share('person'))} look like persons"
            )
    return found


def missing_marks(columns: Sequence[Column]) -> Counter[str]:
    """Return the texts that mean nothing is known and that no reader takes for it by itself, with counts."""
    found: Counter[str] = Counter()
    for column in columns:
        for text, count in column.nothing.items():
            if text in NOTHING:
                found[text] += count
    return found


def total_rules(columns: Sequence[Column]) -> Iterator[tuple[Rule, Text]]:
    """Yield conditions for rows of totals whose word stands further right than the engine looks."""
    for column in columns[_FIRST:]:
        texts = [text for text in column.texts if TOTAL.fullmatch(text)]
        if texts:
            count = sum(column.texts[text] for text in texts)
            why = Text(f"“{column.name}”列有 {count} 个合计", f'{count} totals in the column "{column.name}"')
            yield {"reason": "total", "column": [column.name], "any": texts}, why


def fill_down(tables: Sequence[SourceTable], columns: Sequence[Column], assignment: Assignment) -> dict[str, Text]:
    """Return the columns whose blank cells repeat the cell above, as merged cells leave them, with the reason.

    Only leading columns count, and only those that say where or what kind: a blank brand is no brand.
    """
    slots = {match.column.name: slot for slot, match in assignment.matches.items()}
    rows = [cells for cells in rows_of(tables) if len(cells) * 3 >= len(columns)]
    found: dict[str, Text] = {}
    for column in columns:
        slot = slots.get(column.name, "")
        if slot == "@number":
            continue
        blanks = _blanks(column.name, rows)
        allowed = slot in _FILLED or (not slot and column.share("han") > 0.9)
        if not (blanks and allowed):
            break
        found[column.name] = Text(
            f"{blanks} 格空白，像是合并单元格留下的，用上面的值填",
            f"{blanks} blanks, as merged cells leave them, are filled from above",
        )
    return found


def _blanks(name: str, rows: Sequence[Mapping[str, str]]) -> int:
    """Count the blanks of a column if they look like those below a merged cell; 0 if not."""
    filled = [clean(cells.get(name, "")) for cells in rows]
    if len(filled) < 3 or not filled[0]:
        return 0
    runs = [text for text in filled if text]
    blanks = len(filled) - len(runs)
    # Each value stands once, at the head of its rows, and covers some rows more.
    once = len(set(runs)) == len(runs)
    return blanks if once and blanks >= max(2, len(runs)) else 0


def claimed_system(columns: Sequence[Column], assignment: Assignment, table: SourceTable) -> tuple[str, Text] | None:
    """Return the coordinate system that a header, a title or the file itself claims, in words too; None for none."""
    names = [
        match.column.name for slot, match in assignment.matches.items() if slot in {"longitude", "latitude", "@both"}
    ]
    if not names:
        return None
    claims = [(name, Text(f"表头“{name}”", f'header "{name}"')) for name in names]
    claims += [
        (params["crs"], Text("文件自己", "the file itself")) for code, params in table.notes if code == "geojson-crs"
    ]
    claims += [(text, Text(f"标题行“{text[:20]}”", f'title "{text[:20]}"')) for row in table.above for text in row]
    claims += [(column.name, Text(f"表头“{column.name}”", f'header "{column.name}"')) for column in columns
             if re.search("坐标系|crs|srid|epsg", column.name, re.IGNORECASE)]  # fmt: skip
    for text, where in claims:
        for system, pattern in _SYSTEMS:
            if pattern.search(ascii_signs(text)):
                said = Text(
                    f"{where.zh}像是说坐标系是 {system}，请向提供者核实",
                    f"{where.en} seems to say {system}; ask the provider",
                )
                return system, said
    return None


def notes(tables: Sequence[SourceTable]) -> list[Text]:
    """Return what a person should know: rows of totals, what the titles say, coordinates that no mapping reaches."""
    found: list[Text] = []
    first = [row for table in tables for row in table.rows[:MOST_ROWS] if row.cells]
    sums = sum(1 for row in first if TOTAL.fullmatch(next(iter(row.cells.values()))))
    if sums:
        found.append(
            Text(f"有 {sums} 行合计，转换时总会略过。", singular(f"{sums} rows of totals; they are always left out."))
        )
    same = sum(1 for row in first for text in row.cells.values() if text.strip() in {"同上", "〃", "”"})
    if same:
        found.append(
            Text(
                f"存疑：有 {same} 格写着“同上”，请先在表格里填上实际的值。",
                f"Doubt: {singular(f'{same} cells')} with 同上 (as above); fill in the values first.",
            )
        )
    for cell in (text for table in tables for cells in table.above for text in cells):
        if publisher := _PUBLISHER.search(cell):
            name = publisher.group(1)
            found.append(
                Text(
                    f"标题行写着单位“{name}”：来源单位是它的话，转换时加 --publisher {name}。",
                    f"A title row names {name}: if it is the publisher, add --publisher {name}.",
                )
            )
    if any(row.geometry is not None for row in first):
        found.append(
            Text(
                "存疑：坐标在 GeoJSON 的几何里，映射取不到；请先导出成经度、纬度两列。",
                "Doubt: the coordinates are in the geometry, out of reach of a mapping; export them as two columns.",
            )
        )
    garbled = sum(1 for table in tables for code, _ in table.notes if code.startswith("mojibake"))
    if garbled:
        found.append(
            Text("存疑：有乱码，转换时加 --repair-mojibake。", "Doubt: garbled text; convert with --repair-mojibake.")
        )
    return found
