"""The words of `circledata convert`."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "convert": ("把现有数据转换成符合标准的数据包。", "Make a package of data in another form."),
    "convert-about": (
        "把现有的数据转换成数据包。转出多少、没转多少和原因、改了哪些单元格、哪些要人决定，都会说清楚；拿不准的不猜，留空并列出。",
        "Make a package of data in another form. It says what came out, what did not and why, which cells "
        "were changed, and what "
        "a person has to decide; what is not sure is left empty and listed, never guessed.",
    ),
    "convert-sources": (
        "要转换的文件，可以有几个，合成一个数据包；不会被改动。写数据包时，把它转成别的格式。",
        "Files to convert, together into one package; they are not changed. A package is written in another form.",
    ),
    "convert-from": (
        "文件的来源：{choices}。不写时按列名认。table 是各地自己的表格，列名是字段名、字段的名称或常见叫法。",
        "What the files are: {choices}. Recognised by their columns when left out. table: lists of your own, headed by "
        "field names, titles, or usual names.",
    ),
    "convert-mapping": (
        "自己写的映射文件（YAML），代替 --from。",
        "A mapping of your own (YAML), in place of --from.",
    ),
    "convert-division": (
        "数据包的区划代码，例如 330100。转换成数据包时必填。",
        "Division code of the package, such as 330100. Required for making a package.",
    ),
    "convert-to": (
        "数据包写到哪个文件夹；工作底稿写到旁边同名加 -conversion 的文件夹。"
        "把数据包转成别的格式时是文件名，后缀决定格式：.xlsx .geojson .parquet .jsonl .json .sqlite .duckdb .zip。",
        "The folder of the package; the papers go beside it, under the same name with -conversion. For a package in "
        "another form: a file, its ending tells the form: .xlsx .geojson .parquet .jsonl .json .sqlite .duckdb .zip.",
    ),
    "convert-as-of": (
        "数据是哪一天的，例如导出的日期。默认取数据里最晚的日期，数据里没有的必须写。",
        "The day that the data describes, such as that of its export. Default: the latest day in the data; required "
        "where the data names none.",
    ),
    "convert-crs": (
        "文件里坐标的坐标系：WGS84、CGCS2000、GCJ-02、BD-09，或 unknown（不知道：坐标放进 x_ 列，不作声明）。"
        "从提供者看不出坐标系，所以要写；只有格式本身规定了的（osm 是 WGS84）可以不写。坐标本身不换算。",
        "Coordinate system of the files: WGS84, CGCS2000, GCJ-02, BD-09, or unknown (coordinates go to x_ columns and "
        "nothing is claimed). The provider does not tell it, so it must be said, unless the format itself defines it "
        "(osm: WGS84). The coordinates themselves are not changed.",
    ),
    "convert-profile": (
        "发布档：open 可以公开（默认），exchange 只在机关之间交换，可以有个人答卷。",
        "Profile: open may be published (default); exchange stays between authorities and may hold single answers.",
    ),
    "convert-repair": (
        "修复乱码（GBK 被当作西文读过的文字），每一处都记下来。不加时只指出，不修。",
        "Repair garbled text (GBK that was read as Latin), each cell logged. Without it garbled text is only reported.",
    ),
    "convert-merge": (
        "把很像是同一个的网点合并成一条，并入了哪些都记下来。不加时只报告，不合并。",
        "Merge outlets that look like one and the same, and log which. Without it they are only reported.",
    ),
    "convert-suggest": (
        "看一看这个文件，写一份映射的草稿（带理由和疑问），不转换。写到屏幕，或 --to 指定的文件。",
        "Look at a file and write the draft of a mapping with reasons and doubts, to the terminal or to --to. Converts "
        "nothing.",
    ),
    "convert-suggest-one": ("--suggest 一次看一个文件。", "--suggest looks at one file at a time."),
    "convert-suggested": (
        "映射草稿写到 {to}。核对之后：circledata convert 文件 --mapping {to} --to 文件夹 --division 代码",
        "The draft is in {to}. Check it, then: circledata convert FILE --mapping {to} --to DIR --division CODE",
    ),
    "convert-not-a-package": (
        "{source} 不是数据包，不能直接写成 {to}。请先转换成文件夹，再把数据包转成这种格式。",
        "{source} is no package and cannot be written as {to}. Convert it into a folder first, then write that.",
    ),
    "convert-written": ("已写到 {to}：{counts}。", "Written to {to}: {counts}."),
    "convert-brands": (
        "自己的品牌清单（文本文件，一行一个品牌，后面写它的别的写法，用分号隔开：KFC;肯德基）。清单里的品牌，名称里有就算。",
        "Your own list of brands: a text file, one brand a line, then its other spellings, with semicolons. A listed "
        "brand counts wherever a name holds it.",
    ),
    "convert-synthetic": (
        "数据是编造的（示例、试验用），数据包里写明 synthetic: true。",
        "The data is made up, for examples or trials; the package says so (synthetic: true).",
    ),
    "convert-same": (
        "{source} 和 --to 是同一处，会把原来的盖掉，没有写入。请换一个名称。",
        "{source} and --to are the same place, and the source would be lost; nothing was written. Name another one.",
    ),
    "convert-inside": (
        "--to {to} 在 {source} 里面，没有写入。请写到外面的文件夹。",
        "--to {to} lies inside {source}; nothing was written. Name a place outside of it.",
    ),
    "convert-around": (
        "{source} 在 --to 的文件夹 {to} 里面，没有写入。请写到另一个文件夹。",
        "{source} lies inside {to}, the folder to be written; nothing was written. Name another folder.",
    ),
    "convert-folder": (
        "{source} 是文件夹，里面没有 datapackage.json，不是数据包。请给出里面的文件。",
        "{source} is a folder without datapackage.json, so it is no package. Name the files in it.",
    ),
    "convert-several-to-file": (
        "几个文件合成一个数据包，--to 要写文件夹的名称，不是 {to} 这样的文件。转换之后，再把数据包写成这种格式。",
        "Several files become one package, so --to names a folder, not a file such as {to}. Convert first, then write "
        "the package in that form.",
    ),
    "convert-empty-package": ("已写到 {to}，里面没有能读的表。", "Written to {to}; no table in it can be read."),
    "convert-publisher": ("发布单位的全称。", "Full name of the publisher."),
    "convert-title": ("数据包的名称。", "The package's title."),
    "convert-overwrite": (
        "覆盖上一次转换写出的文件夹。里面有别的文件，或者表格被人改过时，不覆盖。",
        "Replace the folder of an earlier conversion. One that holds other files, or tables that somebody "
        "edited, is left alone.",
    ),
}
