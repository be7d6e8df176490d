"""Measures how long a map export takes to become a valid package, with what memory, and how both grow with the rows.

    python -m benchmarks.convert [--rows N,N] [--forms csv,xlsx,json,registry] [--repeat N] [--output FILE] [--keep DIR]

Takes about two minutes. Prints a table in Markdown; FILE gets the same as JSON. The data is invented, the same every
time. Targets of the issue: 100,000 rows of an AMap CSV within 20 s and 1 GiB, a workbook of as many rows within 30 s,
growth linear. DIR keeps the files that were converted.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.measure import machine, run

TARGETS = {"csv": (20.0, 1 << 30), "xlsx": (30.0, 1 << 30)}
TARGET_ROWS = 100_000
COMMAND = (sys.executable, "-c", "from circledata.cli import main; main()")
LINEAR = 1.25  # processor time per row at the largest size over that at the smallest

HEADER = (
    *("id", "名称", "类型", "类型编码", "地址", "经度", "纬度", "电话", "评分", "人均消费", "营业时间", "省份名称"),
    *("城市名称", "区域名称", "区域代码", "所在商圈"),
)
# Type path, code, and what names of that kind are made of.
KINDS = (
    ("购物服务;便民商店/便利店;便民商店/便利店", "60200", "便利店", 18),
    ("购物服务;超级市场;超市", "60400", "超市", 9),
    ("餐饮服务;中餐厅;中餐厅", "50100", "面馆", 16),
    ("餐饮服务;快餐厅;快餐厅", "50300", "快餐店", 6),
    ("餐饮服务;糕饼店;糕饼店", "50800", "蛋糕店", 4),
    ("生活服务;美容美发店;美容美发店", "71100", "理发店", 8),
    ("生活服务;维修站点;维修站点", "71200", "维修部", 3),
    ("生活服务;物流速递;物流速递", "70500", "快递服务站", 4),
    ("医疗保健服务;医药保健销售店;药房", "90601", "大药房", 5),
    ("购物服务;专卖店;专营店", "61200", "商行", 8),
    ("商务住宅;楼宇;商务写字楼", "120201", "大厦", 5),
    ("公司企业;公司;公司", "170200", "有限公司", 5),
    ("交通设施服务;公交车站;公交车站相关", "150700", "(公交站)", 5),
    ("地名地址信息;交通地名;路口名", "190302", "(路口)", 4),
)
HOURS = (
    *("周一至周日 08:00-22:00", "08:30-21:30", "周一至周五8:00-18:00；周末9:00-17:00", "24小时营业"),
    *("全天", "[]", "", "早8点-晚10点", "以店内公告为准"),
)
SYLLABLES = "安平和顺兴盛福禄康宁德馨雅洁清源远达通惠民利佳美乐嘉悦华新东方红星光明春夏秋冬"
STREETS = ("示例一路", "示例二路", "示例大街", "示例东街", "示例北路")


@dataclass(frozen=True)
class Measured:
    """One form at one size: median and extremes of the seconds, the largest memory, and what came out."""

    form: str
    rows: int
    source_mib: float
    seconds: float
    times: tuple[float, ...]
    cpu_seconds: float
    peak_mib: float
    records: int
    left_out: int
    valid: bool


def places(count: int) -> Iterator[list[str]]:
    """Yield places of an invented county as a map export in Chinese has them, the same ones every time."""
    rng = random.Random(20241231)
    weights = [kind[3] for kind in KINDS]
    brands = ["".join(rng.sample(SYLLABLES, 3)) for _ in range(60)]
    for number in range(1, count + 1):
        path, code, ending, _ = rng.choices(KINDS, weights)[0]
        name = rng.choice(brands) if rng.random() < 0.15 else "".join(rng.sample(SYLLABLES, 4))
        branch = f"({rng.choice(STREETS)[:-1]}{number % 97}店)" if rng.random() < 0.3 and ending[0] != "(" else ""
        phone = f"0935-22{rng.randint(10_000, 89_999)}"
        yield [
            f"B{number:09d}",
            f"{name}{ending}{branch}",
            path,
            code,
            f"{rng.choice(STREETS)}{rng.randint(1, 999)}号" if rng.random() < 0.95 else "[]",
            f"{rng.uniform(102.5, 102.8):.6f}",
            f"{rng.uniform(37.8, 38.0):.6f}",
            rng.choice((phone, phone, f"{phone};0935-22{rng.randint(10_000, 89_999)}", "[]")),
            rng.choice(("[]", "4.5", "4.2", "3.9")),
            rng.choice(("[]", "[]", "25.00")),
            rng.choice(HOURS),
            "甘肃省",
            "武威市",
            "凉州区",
            "620602",
            rng.choice(("[]", "示例商圈")),
        ]


def businesses(count: int) -> Iterator[list[str]]:
    """Yield registered businesses of an invented county, the same ones every time; none has a valid credit code."""
    rng = random.Random(20241231)
    for number, row in enumerate(places(count), 1):
        name = row[1].split("(")[0] or f"示例{number}"
        industry = rng.choice(("F5213", "F5212", "H6210", "H6220", "O8040", "5251", "O8131"))
        status = rng.choice(("存续（在营、开业、在册）", "存续", "在营", "注销"))
        day = f"{rng.randint(2001, 2023)}-{rng.randint(1, 12)}-{rng.randint(1, 28)}"
        yield [
            *("", f"示例{name}", name, f"武威市凉州区{row[4] if row[4] != '[]' else STREETS[0]}", industry, day),
            *("9999-9-9", status, f"{day[:4]}-12-31" if status == "注销" else "", "王某某", row[7]),
        ]


REGISTER = (
    *("统一社会信用代码", "名称", "字号", "经营场所", "行业代码", "成立日期", "经营期限至", "登记状态", "注销日期"),
    *("经营者", "联系电话"),
)


def write_csv(path: Path, header: Sequence[str], rows: Iterator[list[str]], encoding: str = "gb18030") -> None:
    """Write rows as CSV."""
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)


def write_book(path: Path, header: Sequence[str], rows: Iterator[list[str]]) -> None:
    """Write rows as a workbook with a title row above the header."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("网点")
        sheet.write_string(0, 0, "示例网点名单")
        for number, row in enumerate([header, *rows], 1):
            sheet.write_row(number, 0, row)


def write_json(path: Path, rows: Iterator[list[str]]) -> None:
    """Write rows as the service answers, one page of 25 places a line."""
    page: list[dict[str, object]] = []
    with path.open("w", encoding="utf-8") as stream:
        for row in rows:
            cells = dict(zip(HEADER, row, strict=True))
            page.append(
                {
                    **{"id": cells["id"], "name": cells["名称"], "type": cells["类型"]},
                    "typecode": cells["类型编码"].zfill(6),
                    **{"address": _or_list(cells["地址"]), "location": f"{cells['经度']},{cells['纬度']}"},
                    **{"tel": _or_list(cells["电话"]), "adcode": cells["区域代码"], "adname": cells["区域名称"]},
                    "biz_ext": {"rating": _or_list(cells["评分"]), "opentime2": _or_list(cells["营业时间"])},
                }
            )
            if len(page) == 25:
                stream.write(json.dumps({"status": "1", "pois": page}, ensure_ascii=False) + "\n")
                page = []
        if page:
            stream.write(json.dumps({"status": "1", "pois": page}, ensure_ascii=False) + "\n")


def _or_list(text: str) -> object:
    return [] if text in {"", "[]"} else text


def write(form: str, count: int, folder: Path) -> Path:
    """Write the source of one form and size, unless it is there already."""
    ending = {"registry": "csv", "json": "jsonl"}.get(form, form)
    path = folder / f"{form}-{count}.{ending}"
    if not path.exists():
        if form == "xlsx":
            write_book(path, HEADER, places(count))
        elif form == "json":
            write_json(path, places(count))
        elif form == "registry":
            write_csv(path, REGISTER, businesses(count))
        else:
            write_csv(path, HEADER, places(count))
    return path


def measure(form: str, count: int, folder: Path, repeat: int) -> Measured:
    """Convert one file as the command line does, and look at what came out."""
    source, target = write(form, count, folder), folder / f"{form}-{count}-package"
    command = [
        *(*COMMAND, "convert", str(source), "--to", str(target)),
        *("--from", "registry" if form == "registry" else "amap", "--division", "620602", "--as-of", "2024-12-31"),
        *("--overwrite", *(("--crs", "GCJ-02") if form != "registry" else ())),
    ]
    cost = run(command, repeat=repeat)
    told = json.loads((folder / f"{target.name}-conversion" / "summary.json").read_text(encoding="utf-8"))
    check = run([*COMMAND, "validate", str(target)], expect=(0, 1))
    if told["rows_in"] != told["rows_used"] + told["left_out"] or told["rows_in"] != count:
        raise RuntimeError(f"rows do not add up: {told['rows_in']} read of {count}")
    return Measured(
        form=form,
        rows=count,
        source_mib=round(source.stat().st_size / 2**20, 1),
        seconds=round(cost.seconds, 2),
        times=cost.times,
        cpu_seconds=round(cost.cpu_seconds, 2),
        peak_mib=round(cost.peak_bytes / 2**20),
        records=told["records"]["outlets"],
        left_out=told["left_out"],
        valid=check.exit_code == 0,
    )


def table(rows: Sequence[Measured]) -> str:
    """Return the results as a table in Markdown."""
    lines = [
        "| form | rows | source, MiB | seconds | of the processor | peak memory, MiB | records | left out | valid |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---|",
    ]
    lines += [
        f"| {row.form} | {row.rows:,} | {row.source_mib:.1f} | {row.seconds:.2f} "
        f"| {row.cpu_seconds:.2f} "
        f"| {row.peak_mib:,.0f} | {row.records:,} | {row.left_out:,} | {'yes' if row.valid else 'no'} |"
        for row in rows
    ]
    return "\n".join(lines)


def verdict(rows: Sequence[Measured]) -> tuple[list[str], bool]:
    """Say for each form whether its target was reached and whether it grows linearly."""
    lines, reached = [], True
    for form in dict.fromkeys(row.form for row in rows):
        mine = sorted((row for row in rows if row.form == form), key=lambda row: row.rows)
        largest, smallest = mine[-1], mine[0]
        growth = largest.cpu_seconds / largest.rows / (smallest.cpu_seconds / smallest.rows)
        lines.append(
            f"{form}: {growth:.2f} times the processor time per row from {smallest.rows:,} to {largest.rows:,} rows"
        )
        reached &= growth <= LINEAR
        if form in TARGETS and largest.rows >= TARGET_ROWS:
            seconds, peak = TARGETS[form]
            met = largest.seconds <= seconds * largest.rows / TARGET_ROWS and largest.peak_mib * 2**20 <= peak
            lines.append(f"{form}: target {seconds:g} s and {peak >> 20:,} MiB {'reached' if met else 'missed'}")
            reached &= met
    return lines, reached


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every form at every size; exit code 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", default="10000,100000")
    parser.add_argument("--forms", default="csv,xlsx,json,registry")
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--output", type=Path)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args(arguments)
    where = machine()
    with tempfile.TemporaryDirectory(prefix="circledata-convert-") as aside:
        folder = options.keep or Path(aside)
        folder.mkdir(parents=True, exist_ok=True)
        sizes = [int(count) for count in options.rows.split(",")]
        rows = [measure(form, count, folder, options.repeat) for form in options.forms.split(",") for count in sizes]
    print(f"{where['processor']}, {where['cores']} cores, Python {where['python']}, load {where['load_before']}\n")
    print(table(rows), end="\n\n")
    lines, reached = verdict(rows)
    print("\n".join(lines))
    if options.output:
        result = {"machine": where, "results": [asdict(row) for row in rows]}
        options.output.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
