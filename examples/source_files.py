"""Invented input files for the pages on conversion, one of every source; the seed makes them the same every time.

Everything in them is made up. They lie around the same places as the invented district of `demo_district.py`, so that
one conversion can hold several of them.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Sequence
from typing import Any, Literal

import source_books
from invented import dice

from circledata.values.coordinates import from_wgs84

SEED = 20241231
CENTRES = {
    "示例青禾": (103.10437, 38.05182),
    "示例云溪": (103.12337, 38.05182),
    "示例明塘": (103.14237, 38.05182),
}
"""The circles of the boundary files: three of the invented district's, by their centres (WGS84)."""
Point = tuple[float, float]


def files() -> dict[str, bytes]:
    """Return every file of examples/sources/ that is made by this script, by name."""
    randomness = random.Random(SEED)
    shapes = {name: octagon(centre, 0.0075, randomness) for name, centre in CENTRES.items()}
    return {
        "amap.json": json_bytes(amap_pages(randomness)),
        "amap-gbk.csv": csv_text(amap_rows(randomness), newline="\r\n").encode("gb18030"),
        "baidu.csv": csv_text(baidu_rows(randomness)).encode(),
        "osm.geojson": json_bytes(osm_features(randomness)),
        "registry.xlsx": source_books.registry(),
        "wjx.csv": ("\ufeff" + csv_text(wjx_rows(randomness), newline="\r\n")).encode(),
        "outlets.csv": csv_text(outlet_rows(randomness)).encode(),
        "subsidies.xlsx": source_books.subsidies(),
        "street-office.csv": csv_text(street_rows(randomness), newline="\r\n").encode("gb18030"),
        "circles.geojson": json_bytes(circle_features(shapes)),
        "circles-shp.zip": source_books.shapefile_zip(shapes),
        "mojibake.csv": mojibake(csv_text(outlet_rows(randomness)[:6])).encode(),
    }


def json_bytes(content: object) -> bytes:
    """Return JSON as people read it."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def csv_text(rows: Sequence[Sequence[object]], newline: str = "\n") -> str:
    """Return rows as CSV."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator=newline).writerows(rows)
    return stream.getvalue()


def mojibake(text: str) -> str:
    """Return what a program makes of GBK bytes that it takes for a Western encoding."""
    return "".join(
        byte.decode("cp1252", errors="ignore") or byte.decode("latin-1")
        for byte in (bytes([value]) for value in text.encode("gb18030"))
    )


def near(circle: str, randomness: random.Random, system: Literal["WGS84", "GCJ-02", "BD-09"]) -> Point:
    """Return a place within some 500 m of a circle's centre, as a map in `system` has it."""
    lon, lat = CENTRES[circle]
    there = (lon + (dice(randomness, 1001) - 500) * 1e-5, lat + (dice(randomness, 801) - 400) * 1e-5)
    lon, lat = from_wgs84(*there, system)
    return round(lon, 6), round(lat, 6)


def circle_of(*texts: str) -> str:
    """Return the circle that a name or an address speaks of; the first where they name none."""
    return next((circle for circle in CENTRES if any(circle[2:] in text for text in texts)), "示例青禾")


def octagon(centre: Point, radius: float, randomness: random.Random) -> list[Point]:
    """Return a closed ring of eight corners around a centre, clockwise, as a shapefile wants it."""
    steps = ((0.0, 0.78), (0.7, 0.55), (1.0, 0.0), (0.7, -0.55), (0.0, -0.78), (-0.7, -0.55), (-1.0, 0.0), (-0.7, 0.55))
    ring = []
    for east, north in steps:
        reach = radius * (0.9 + dice(randomness, 101) / 1000)
        ring.append((round(centre[0] + east * reach, 6), round(centre[1] + north * reach, 6)))
    return [*ring, ring[0]]


def amap_pages(randomness: random.Random) -> list[dict[str, Any]]:
    """Two pages of AMap's answer. `[]` and `{}` stand for nothing; one place comes on both pages."""
    open_long = {"rating": "4.5", "cost": [], "opentime2": "周一至周日 07:00-23:00"}
    places: list[tuple[str, str, str, str, object, object]] = [
        ("示例优家便利店(青禾店)", "购物服务;便民商店/便利店;便民商店/便利店", "060200", "示例青禾街1号",
         "400-000-0001;400-000-0002",
         open_long),
        ("示例优家便利店(云溪店)", "购物服务;便民商店/便利店;便民商店/便利店", "060200", "示例云溪路8号", [],
         open_long),
        ("示例优家便利店(明塘店)", "购物服务;便民商店/便利店;便民商店/便利店", "060200", "示例明塘路6号", [],
         open_long),
        ("示例青禾菜市场", "购物服务;综合市场;农副产品市场", "060705", "示例青禾街9号", "400-000-0003",
         {"opentime2": "早6点-晚8点"}),
        ("示例康宁大药房", "医疗保健服务;医药保健销售店;药房", "090601", "示例青禾街12号", "400-000-0004",
         {"rating": [], "opentime2": "24小时营业"}),
        ("示例小明文印", "生活服务;摄影冲印店;摄影冲印|生活服务;生活服务场所;生活服务场所", "071300|070000", "", {},
         []),
        ("示例净洁洗衣", "生活服务;洗衣店;洗衣店", "071500", "示例明塘路3号", "400-000-0005",
         {"opentime2": "看店主心情"}),
        ("示例青禾小区(出入口)", "地名地址信息;门牌信息;楼栋号", "190403", "", [], []),
        ("示例青禾街(公交站)", "交通设施服务;公交车站;公交车站相关", "150700", "1路;2路", [], []),
        ("示例某某大厦", "商务住宅;楼宇;商务写字楼", "120201", "示例云溪路20号", [], []),
    ]  # fmt: skip
    pois = [
        {
            "id": f"B0SAMPLE{number:02d}",
            "name": name,
            "type": kind,
            "typecode": code,
            "address": address or [],
            "location": "{:.6f},{:.6f}".format(*near(circle_of(address or name, name), randomness, "GCJ-02")),
            "tel": tel,
            "adcode": "620602",
            "biz_ext": more,
        }
        for number, (name, kind, code, address, tel, more) in enumerate(places)
    ]
    page = {"status": "1", "count": "10", "info": "OK"}
    return [{**page, "pois": pois[:6]}, {**page, "pois": [pois[5], *pois[6:]]}]


def amap_rows(randomness: random.Random) -> list[list[object]]:
    """A Chinese export; the codes have lost their leading zero to a spreadsheet."""
    rows: list[list[object]] = [["名称", "类型", "类型编码", "地址", "经度", "纬度", "电话", "评分"]]
    for name, kind, code, address, tel, rating in (
        ("示例云溪生鲜超市", "购物服务;超级市场;超市", 60400, "示例云溪路2号", "400-000-0011", 4.2),
        ("示例张记修鞋配钥匙", "生活服务;维修站点;维修站点", 71200, "示例云溪路4号", "暂无", ""),
        ("示例阿明理发", "生活服务;美容美发店;美容美发店", 71100, "示例青禾街5号", "-", 4.8),
        ("示例驿站快递", "生活服务;物流速递;物流速递", 70500, "示例明塘路7号", "400-000-0012/400-000-0013", ""),
        ("示例云溪路口", "地名地址信息;道路路口;道路路口", 190302, "", "", ""),
    ):
        rows.append([name, kind, code, address, *near(circle_of(address, name), randomness, "GCJ-02"), tel, rating])
    return rows


def baidu_rows(randomness: random.Random) -> list[list[object]]:
    """No header, latitude first; `medical-122` looks like a machine's invention."""
    rows = []
    for name, address, tag in (
        ("示例青禾早餐店", "示例青禾街3号", "美食;小吃快餐店"),
        ("示例明塘生鲜菜店", "示例明塘路5号", "购物;集市"),
        ("示例云溪药房", "示例云溪路6号", "医疗;药店"),
        ("示例云溪面馆", "示例云溪路9号", "美食"),
        ("示例青禾加油站", "示例青禾街30号", "汽车服务;加油加气站"),
        ("示例青禾停车场", "示例青禾街31号", "交通设施;停车场"),
        ("medical-122", "", "医疗;药店"),
    ):
        lon, lat = near(circle_of(address, name), randomness, "BD-09")
        rows.append([name, address, lat, lon, tag])
    return rows


def osm_features(randomness: random.Random) -> dict[str, Any]:
    """Features with their tags; most features of a real extract are no outlets."""
    tagged: tuple[dict[str, str], ...] = (
        {"name": "示例优家便利店（云溪桥店）", "shop": "convenience", "brand": "示例优家",
         "opening_hours": "Mo-Su 07:00-23:00"},
        {"name": "示例青禾书店", "shop": "books", "phone": "+86 400 000 0021", "addr:street": "示例青禾街",
         "addr:housenumber": "7号"},
        {"name": "示例云溪咖啡", "name:en": "Sample Yunxi Coffee", "amenity": "cafe", "check_date": "2024-11-30"},
        {"name": "示例旧面包房", "disused:shop": "bakery"},
        {"shop": "convenience"},
        {"amenity": "bench"},
        {"name": "示例帐篷店", "shop": "tent"},
    )  # fmt: skip
    features = []
    for number, tags in enumerate(tagged, start=1):
        point = {"type": "Point", "coordinates": list(near("示例云溪", randomness, "WGS84"))}
        features.append(
            {"type": "Feature", "properties": {"@id": f"node/{9_000_000_000 + number}", **tags}, "geometry": point}
        )
    return {"type": "FeatureCollection", "features": features}


def wjx_rows(randomness: random.Random) -> list[list[object]]:
    """Twelve questionnaires: a matrix, a multiple choice, scales, a question that some skipped, free text."""
    heading = [
        "序号", "提交答卷时间", "所用时间", "来源", "来自IP",
        "1、总的来说，您对家附近的生活服务满意吗？", "2、您对下列服务满意吗？—菜市场", "2、药店",
        "3、您最需要增加什么？（可多选）", "4、您用过社区食堂吗？", "5、您对社区食堂满意吗？", "6、您还有什么建议？",
    ]  # fmt: skip
    satisfied = ["非常满意", "满意", "满意", "一般", "不满意"]
    needs = ["社区食堂", "修鞋配钥匙", "生鲜超市", "日间照料"]
    rows: list[list[object]] = [list(heading)]
    for number in range(1, 13):
        used = number % 3 != 0
        more = "┋".join(need for need in needs if dice(randomness, 2)) or "(空)"
        rows.append(
            [
                number, f"2024/9/{number + 2} 10:0{number % 10}:05", f"{60 + number * 7}秒", "微信",
                 "203.0.113.8(示例省-示例市)",
                satisfied[dice(randomness, 5)], satisfied[dice(randomness, 5)], satisfied[dice(randomness, 5)],
                more, "用过" if used else "没用过", satisfied[dice(randomness, 5)] if used else "(跳过)",
                "(空)" if number % 4 else "示例建议，电话不要写在这里",
            ]
        )  # fmt: skip
    return rows


def outlet_rows(randomness: random.Random) -> list[list[object]]:
    """A list as a district keeps it: its own names of columns, units in the cells, prose for opening hours."""
    head = ["序号", "店名", "业态", "地址", "营业时间", "营业面积", "开业时间", "联系电话", "经度", "纬度", "备注"]
    rows: list[list[object]] = [list(head)]
    # fmt: off
    for number, (name, kind, address, hours, area, opened, tel) in enumerate(
        (
            ("示例青禾便民菜店", "菜店", "示例青禾街11号", "早6点-晚9点", "120平方米", "2021年3月", "400-000-0031"),
            ("示例李师傅修鞋", "修鞋", "示例青禾街13号", "周一至周六9:00-18:00", "8㎡", "2019/5/1", "无"),
            ("示例青禾社区食堂", "社区食堂", "示例青禾街15号", "周一至周五7:00-19:00；周末8:00-18:00", "260",
             "20230918", "400-000-0032"),
            ("示例云溪快递站", "快递", "示例云溪路17号", "全天", "45平米", "不详", "400-000-0033"),
            ("示例云溪杂货", "杂货", "示例云溪路19号", "看情况", "３０", "2020-01-01", "-"),
        ),
        start=1,
    ):
        # fmt: on
        lon, lat = near(circle_of(address), randomness, "WGS84")
        note = "+配钥匙" if number == 2 else ""  # begins like a formula
        rows.append([number, name, kind, address, hours, area, opened, tel, lon, lat, note])
    return [*rows, ["合计", "5家", "", "", "", "", "", "", "", "", ""]]


def street_rows(randomness: random.Random) -> list[list[object]]:
    """A list that none of the known sources fits: its columns are headed by pinyin initials and house words."""
    rows: list[list[object]] = [["xh", "mc", "dz", "yt", "mj", "kysj", "ssq", "x", "y", "fwxm"]]
    for number, (name, address, kind, area, opened, services) in enumerate(
        (
            ("示例老街早点铺", "示例明塘路1号", "早餐", "35", "2018.6", "代收快递"),
            ("示例明塘理发", "示例明塘路2号", "美发", "28", "2020.11", ""),
            ("示例明塘旧货回收", "示例明塘路9号", "废品回收", "60", "2022.3", "打印"),
            ("示例明塘五金", "示例明塘路10号", "五金杂货", "50", "2015.9", "话费充值、上门送货"),
        ),
        start=1,
    ):
        lon, lat = near("示例明塘", randomness, "WGS84")
        rows.append([number, name, address, kind, area, opened, "示例明塘", lon, lat, services])
    return rows


def circle_features(shapes: dict[str, list[Point]]) -> dict[str, Any]:
    """One polygon a circle, with Chinese properties; the file says that it is in CGCS2000 (EPSG:4490), as QGIS does."""
    features: list[dict[str, Any]] = []
    for number, (name, ring) in enumerate(shapes.items(), start=901):
        own: dict[str, object] = {"生活圈编号": f"620602-C{number}", "名称": f"{name}便民生活圈"}
        own |= {"建设状态": "建成", "常住人口": 9000 + number}
        shape = {"type": "Polygon", "coordinates": [[list(point) for point in reversed(ring)]]}
        features.append({"type": "Feature", "properties": own, "geometry": shape})
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
    return {"type": "FeatureCollection", "crs": crs, "features": features}
