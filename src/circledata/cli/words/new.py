"""The words of `circledata new`."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "new": ("新建一个空的数据包。", "Begin an empty package."),
    "new-about": (
        "新建一个空的、符合标准的数据包：datapackage.json 和几张只有表头的 CSV。已有内容的文件夹不会被动到。",
        "Begin an empty package that conforms: datapackage.json and CSV files that hold only their header. A "
        "folder that "
        "holds anything is left alone.",
    ),
    "folder": ("文件夹", "DIR"),
    "new-folder": ("要新建的文件夹。", "The folder to make."),
    "new-division": ("区划代码，例如 620602。必填。", "Division code such as 620602. Required."),
    "new-name": ("数据包的名称，例如 凉州区便民生活圈。必填。", "The package's title. Required."),
    "new-crs": (
        "坐标系：WGS84、CGCS2000、GCJ-02 或 BD-09。默认 CGCS2000。",
        "Coordinate system: WGS84, CGCS2000, GCJ-02 or BD-09. Default: CGCS2000.",
    ),
    "new-as-of": ("数据截止日期，默认今天。", "The day that the data describes. Default: today."),
    "new-publisher": ("发布单位的全称。", "Full name of the publisher."),
    "new-license": ("许可代码（SPDX），例如 CC-BY-4.0。", "Licence (SPDX), such as CC-BY-4.0."),
    "new-table": (
        "要建的表，可以写多次。默认 {tables}。",
        "A table to make; may be given several times. Default: {tables}.",
    ),
    "publisher-open": ("（请填写发布单位）", "(publisher to be filled in)"),
    "license-open": ("许可待定", "Licence to be decided"),
    "new-exists": (
        "{path} 已经存在，而且不是空文件夹，没有改动它。",
        "{path} exists and is no empty folder; it was left alone.",
    ),
    "new-no-parent": ("没有文件夹 {folder}。", "There is no folder {folder}."),
    "new-division-unknown": (
        "没有区划代码 {code}。查代码：circledata codes divisions --find 名称",
        "There is no division code {code}. Look it up: circledata codes divisions --find NAME",
    ),
    "new-division-form": (
        "区划代码是 6、9 或 12 位数字，不能是 {code}。",
        "A division code has 6, 9 or 12 digits, not {code}.",
    ),
    "new-crs-unknown": (
        "坐标系不能是 {value}，可以是：{choices}。",
        "The coordinate system cannot be {value}; it is one of {choices}.",
    ),
    "new-done": (
        "已新建 {path}：\n"
        "{files}\n"
        "\n"
        "接下来：\n"
        "  1. 打开 datapackage.json，填写发布单位和许可，核对坐标系（现在是 {crs}；高德、腾讯的坐标是 GCJ-02，"
        "百度的是 BD-09）。\n"
        "  2. 用 WPS 或 Excel 打开 CSV，从第二行起填写，保存为“CSV UTF-8”。每一列填什么：circledata fields 表名\n"
        "  3. 检查：circledata validate {path}",
        "Made {path}:\n"
        "{files}\n"
        "\n"
        "What to do next:\n"
        "  1. Open datapackage.json, fill in publisher and licence, and check the coordinate system (now "
        "{crs}; AMap and Tencent "
        "use GCJ-02, Baidu BD-09).\n"
        "  2. Open the CSV files in WPS or Excel, fill them from the second row on, save as “CSV UTF-8”. What "
        "goes into a "
        "column: circledata fields TABLE\n"
        "  3. Check: circledata validate {path}",
    ),
}
