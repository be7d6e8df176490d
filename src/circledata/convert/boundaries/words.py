"""What is said of converted boundaries: reasons, decisions and rules of change, in Chinese and English."""

from __future__ import annotations

from circledata.standard.model import Text

REASONS: dict[str, Text] = {
    "no-shape": Text("没有图形", "Without a shape"),
    "not-a-polygon": Text("是点或线，不是面", "A point or a line, no polygon"),
    "shape-invalid": Text("图形有错（原因见后），修复会明显改变面积", "An invalid polygon that mending would change"),
    "off-earth": Text("坐标不是经纬度", "Coordinates are no degrees"),
    "duplicate": Text("和前面一行完全相同", "Exactly the same as an earlier row"),
    "same-id": Text("编号和前面一行相同，内容不同", "The id of an earlier row with other content"),
}
"""Why a feature became no circle."""

DECISIONS: dict[str, Text] = {
    "status-missing": Text(
        "{count} 个生活圈没有建设状态（边界文件里没有），“状态”留空，请补上。"
        "各圈都一样的，可在映射文件的 boundaries 里写 status。",
        "{count} circles have no status, as the boundary file has none; fill it in, or say status in the mapping.",
    ),
    "name-missing": Text("{count} 个生活圈没有名称，请补上。", "{count} circles have no name; fill it in."),
    "maybe-community": Text(
        "{count} 个面像是社区的边界（有社区代码，或名称是社区）。社区不是生活圈：一个生活圈可以跨几个社区。请核对。",
        "{count} polygons look like communities (by code or name). A community is no circle, and a circle may reach "
        "across several; check them.",
    ),
    "maybe-division": Text(
        "{count} 个面像是街道、区县或城市的边界，不是生活圈，请核对。",
        "{count} polygons look like townships, counties or cities and not like circles; check them.",
    ),
    "larger-than-a-walk": Text(
        "{count} 个面大得步行一刻钟走不到，是不是把街道或区的边界当成了生活圈？请核对。",
        "{count} polygons are larger than anybody walks in a quarter of an hour: are they townships or districts?",
    ),
    "same-name": Text(
        "{count} 个名称有几个面在用，各成一个生活圈，请核对。",
        "{count} names are those of several polygons, each a circle now; check them.",
    ),
    "parts-joined": Text(
        "{count} 个面和前面的面编号相同而不重叠，合成一个生活圈的几块。",
        "{count} polygons have the id of an earlier one without lying on it and became parts of that circle.",
    ),
    "shape-mended": Text(
        "{count} 个面的图形有小错（例如边线自己碰到自己），已经修复，面积几乎没有变，请核对。",
        "{count} polygons had small faults such as a line that touches itself; they were mended with next to no change "
        "of area. Check them.",
    ),
    "shape-invalid": Text(
        "{count} 个面的图形有错，没有转出，请在地图软件里修好。",
        "{count} polygons are invalid and were left out; mend them in the mapping program.",
    ),
    "axes-swapped": Text(
        "{count} 个面的经度和纬度写反了，已经对调。", "{count} polygons had longitude and latitude swapped; put right."
    ),
    "height-dropped": Text(
        "{count} 个面带有高程，高程没有带走。", "{count} polygons had heights, which were not carried."
    ),
    "ring-closed": Text(
        "{count} 个面的边线首尾没有接上，已经接上。", "{count} polygons had an open ring, which was closed."
    ),
    "shx-missing": Text(
        "{count} 个 shapefile 缺少 .shx，照样读出来了。",
        "{count} shapefiles lack their .shx and were read all the same.",
    ),
    "cpg-wrong": Text(
        "{count} 个 shapefile 的 .cpg 写的编码不对，按读得通的编码读，请核对名称。",
        "{count} shapefiles state an encoding in .cpg that does not fit; names were read in one that does. Check them.",
    ),
    "text-cut": Text(
        "{count} 处属性（或列名）在属性表里被截断，最后半个字去掉了，请核对。",
        "{count} texts were cut in the table of a shapefile; half a character at the end was dropped. Check them.",
    ),
    "system-from-file": Text(
        "坐标系取自边界文件自己写的。国内的文件有时写着 WGS84 而实际是 GCJ-02，请核对；不对的，用 --crs 写明。",
        "The coordinate system is the one that the boundary file states. Files may say WGS84 and be GCJ-02; check it, "
        "and give --crs if it is wrong.",
    ),
    "system-overridden": Text(
        "--crs 和边界文件自己写的坐标系不同，用了 --crs。",
        "--crs differs from what the boundary file states; --crs was taken.",
    ),
    "unreadable": Text(
        "{count} 个值看不懂，字段留空（见下）。", "{count} values could not be read; the field is empty (below)."
    ),
}
"""What a person should look at or decide, in the order in which it is said."""

RULES: dict[str, Text] = {
    "new-id": Text("新编的编号", "A new id"),
    "read": Text("按字段的写法改写", "Written as the field asks"),
    "constant": Text("映射文件里写的", "As the mapping says"),
    "unreadable": Text("看不懂", "Not understood"),
    "division-of-package": Text("取数据包的区划代码", "The division of the package"),
    "centre-of-boundary": Text("由边界算出的圈内一点", "A point inside, computed from the boundary"),
    "area-of-boundary": Text("由边界算出的面积", "The area, computed from the boundary"),
}
"""Rules of change."""
