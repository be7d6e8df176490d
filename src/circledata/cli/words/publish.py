"""The words of `circledata publish` and `circledata manifest`."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "publish": (
        "把数据包发布成网站文件夹，任何网页服务器都能提供。",
        "Write a package as a site that any web server can serve.",
    ),
    "publish-about": (
        "写出一个文件夹：给人看的网页、给程序看的 circledata.json，以及数据包、GeoJSON、GeoParquet、指标、检查报告、"
        "变化等文件。每次发布是新的一期，旧的各期都留着；内容没有变就什么也不改。写到一半断了也不要紧，"
        "读者看到的总是完整的一期。有错误的、交换档的、有个人信息的数据包不发布。",
        "Write a folder with a page for people, circledata.json for programs, and the package, GeoJSON, GeoParquet, "
        "indicators, the report of the check, what has changed, and more. Each time is a new release and the old ones "
        "stay; where nothing has changed nothing is touched. If it is cut off in the middle, readers still see a "
        "complete release. Packages with errors, of the profile exchange, or with personal data are not published.",
    ),
    "publish-source": ("数据包", "PACKAGE"),
    "publish-package": (
        "数据包的文件夹、ZIP 或者填好的工作簿。",
        "A package: its folder, a ZIP of it, or a workbook that was filled in.",
    ),
    "publish-out": (
        "写到这个文件夹。第一次发布时新建，以后每次都给同一个。",
        "Folder to write to: a new one the first time, the same one from then on.",
    ),
    "publish-base-url": (
        "这个文件夹将来的网址，例如 https://data.example/circles/。不给，各文件的地址就写成相对的，放到哪里都能用。",
        "Address at which the folder will be served, such as https://data.example/circles/. Without it all addresses "
        "are relative and work wherever the folder is put.",
    ),
    "publish-draft": (
        "有错误也发布，作为草稿：文件里和网页上都写明。有个人信息的，草稿也不发布。",
        "Publish in spite of errors, as a draft: the files and the page say so. Personal data is never published.",
    ),
    "publish-ttl": (
        "多少秒以内读者不必再读一次，默认 86400（一天）。",
        "Seconds for which readers need not ask again. Default: 86400 (a day).",
    ),
    "publish-quiet": ("不显示进度和结果，只给退出码。", "Say nothing; give the exit code alone."),
    "publish-after": (
        "例子：\n"
        "  circledata publish 数据包 --out 网站\n"
        "  circledata publish 填报表.xlsx --out 网站 --base-url https://data.example/circles/\n"
        "  circledata publish 数据包 --out 试看 --draft\n"
        "\n"
        "退出码：0 已发布，或者没有变化；1 这个数据包不能发布；\n"
        "2 命令写错了；3 机器或本程序出了问题。",
        "Examples:\n"
        "  circledata publish package --out site\n"
        "  circledata publish filled.xlsx --out site --base-url https://data.example/circles/\n"
        "  circledata publish package --out preview --draft\n"
        "\n"
        "Exit codes: 0 published, or nothing had changed; 1 the package may not be\n"
        "published; 2 the command is wrong; 3 the machine or this program failed.",
    ),
    "publish-done": ("已发布 {release}，写到 {path}。", "Published {release} to {path}."),
    "publish-same": ("{path} 里已经是这一期 {release}，没有改动。", "{path} holds this release already: {release}."),
    "publish-feeds": ("{count} 个文件，共 {size}。", "{count} files, {size} in all."),
    "publish-quality": (
        "质量：错误 {error}，警告 {warning}，建议 {advice}。",
        "Quality: errors {error}, warnings {warning}, advice {advice}.",
    ),
    "publish-is-draft": (
        "这是草稿，文件里和网页上都写明了。",
        "This is a draft; the files and the page say so.",
    ),
    "manifest": (
        "把许多已发布的数据列成一份清单。",
        "List many published packages in one file.",
    ),
    "manifest-about": (
        "写出 manifest.json：各区县的 circledata.json 在哪里。SITE 是 circledata publish 写的文件夹，"
        "URL 是别人发布的网址；只有给了 URL 才联网。文件夹发布时没有给 --base-url 的，写它相对于清单的位置。",
        "Write manifest.json: where the circledata.json of each district is. SITE is a folder that circledata publish "
        "wrote, URL is where somebody else publishes; nothing is asked of the network unless there is a URL. A folder "
        "that was published without --base-url is named by its place as seen from the list.",
    ),
    "manifest-sites": (
        "circledata publish 写的文件夹，或者 circledata.json 的网址；可以给许多个。",
        "Folders that circledata publish wrote, or addresses of circledata.json; any number of them.",
    ),
    "manifest-out": ("写到这个文件，例如 manifest.json。", "File to write, such as manifest.json."),
    "manifest-title": (
        "清单的名称；不给，就按各成员共同的地区起名。",
        "Title; by default, named after the common area.",
    ),
    "manifest-title-en": ("清单的英文名称。", "Title in English."),
    "manifest-publisher": ("编清单的单位。", "Who makes the list."),
    "manifest-after": (
        "例子：\n"
        "  circledata manifest 凉州 古浪 民勤 --out manifest.json --title 武威市清单\n"
        "  circledata manifest https://data.example/circles/ --out manifest.json",
        "Examples:\n"
        "  circledata manifest liangzhou gulang minqin --out manifest.json\n"
        "  circledata manifest https://data.example/circles/ --out manifest.json",
    ),
    "manifest-done": ("已写出 {path}，{count} 个成员。", "Wrote {path}: members {count}."),
}
