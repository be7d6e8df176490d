"""The words of `circledata serve`."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "serve": (
        "开一个网页：放入文件就能检查；也给程序提供接口。",
        "Open a page to drop files on and have them checked; also an interface for programs.",
    ),
    "serve-about": (
        "在这台机器上开一个网页。填表的人放入文件，就能看到结论和报告，取走标好的工作簿和改好的文件；"
        "程序用 POST /api/v1/validate。不联网。默认只有本机能打开。",
        "Serve a page from this machine: clerks drop a file, see the verdict and the report, and take the marked "
        "workbook and the repaired file; programs use POST /api/v1/validate. Nothing is asked of the network. By "
        "default only this machine can open it.",
    ),
    "serve-host": (
        "在哪个地址上等候，默认 127.0.0.1（只有本机）；0.0.0.0 是所有网络。没有登录，要给别人用请放在代理后面。",
        "Address to listen on. Default: 127.0.0.1, this machine only; 0.0.0.0 is every network. There is no login: put "
        "it behind a proxy for others to use.",
    ),
    "serve-port": ("端口，默认 8000；0 是任意空闲的端口。", "Port. Default: 8000; 0 is any free one."),
    "serve-allow-host": (
        "网页还可以用这个域名打开，可以写几次。不认识的域名一律拒绝。",
        "A name under which the page may be reached, too; can be repeated. Other names are refused.",
    ),
    "serve-max-upload-size": (
        "一次上传的上限，例如 500M，默认 100M；解开后最多是它的 10 倍，但至少 256M。",
        "Largest upload, such as 500M. Default: 100M; unpacked it may be ten times that, or 256M if that is more.",
    ),
    "serve-timeout": (
        "一次检查最长几秒，默认 300；到时停止。",
        "Seconds that one check may take; it is stopped then. Default: 300.",
    ),
    "serve-at-once": (
        "同时检查几份，默认等于处理器数（2 到 8）；其他的排队。",
        "Checks at the same time; others wait in line. Default: one a processor, from 2 to 8.",
    ),
    "serve-waiting": (
        "最多几份排队，默认 16；再多就请对方稍后再来（503）。",
        "Most uploads in line; more are told to come back later (503). Default: 16.",
    ),
    "serve-keep": (
        "结果保存几分钟供取走，默认 15。",
        "Minutes for which results can be fetched. Default: 15.",
    ),
    "serve-temp-folder": (
        "临时文件放在这个文件夹，默认是系统的临时文件夹。",
        "Folder for temporary files. Default: the system's.",
    ),
    "serve-quiet": ("不显示每个请求的记录。", "Do not log requests."),
    "serve-after": (
        "例子：\n"
        "  circledata serve\n"
        "  circledata serve --port 9000 --max-upload-size 500M\n"
        "  circledata serve --allow-host check.example.gov.cn\n"
        "\n"
        "按 Ctrl+C 停止。上传的文件放在只有本用户能读的临时文件夹里，查完立即删除，\n"
        "文件名不进记录。",
        "Examples:\n"
        "  circledata serve\n"
        "  circledata serve --port 9000 --max-upload-size 500M\n"
        "  circledata serve --allow-host check.example.gov.cn\n"
        "\n"
        "Ctrl+C stops it. Uploads lie in a temporary folder that only this user may\n"
        "read, are deleted once checked, and their names are never logged.",
    ),
    "serve-missing": (
        '网页需要另外装几个程序库。请运行：python -m pip install "circledata[web]"',
        'The page needs a few more libraries. Run: python -m pip install "circledata[web]"',
    ),
    "serve-port-range": (
        "--port 不能是 {port}，最大 {highest}。",
        "--port cannot be {port}; the highest is {highest}.",
    ),
    "serve-no-folder": ("--temp-folder 指向的 {path} 不是文件夹。", "--temp-folder names {path}, which is no folder."),
    "serve-port-taken": (
        "端口 {port} 已经有程序在用。请用 --port 换一个。",
        "Port {port} is in use by another program. Choose another with --port.",
    ),
    "serve-no-address": (
        "不能在 {host} 端口 {port} 上等候：地址不是这台机器的，或者没有权限。",
        "Cannot listen on {host} port {port}: it is no address of this machine, or permission is missing.",
    ),
    "serve-ready": (
        "网页已经打开：{url}（按 Ctrl+C 停止）",
        "The page is at {url} (Ctrl+C stops it)",
    ),
    "serve-open": (
        "注意：网络上的其他人也能打开这个网页，它没有登录。请放在有登录和 HTTPS 的代理后面。",
        "Note: others on the network can open this page, and it has no login. Put it behind a proxy with a login and "
        "HTTPS.",
    ),
}
