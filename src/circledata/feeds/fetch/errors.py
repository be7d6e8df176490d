"""What can go wrong on the way to a file on the web, each said in one plain sentence in Chinese and English."""

from __future__ import annotations

from urllib.parse import urlsplit

from circledata.standard.model import Language, Text

MESSAGES: dict[str, Text] = {
    # The address itself.
    "url-invalid": Text("“{url}”不是能用的网址。", "“{url}” is not an address that can be used."),
    "url-scheme": Text("{url} 不是 https 网址，不能获取。", "{url} is no https address; it cannot be fetched."),
    "not-https": Text(
        "{url} 没有加密，默认只用 https；确实要用 http 的，须明确允许。",
        "{url} is not encrypted; only https is used unless http is allowed.",
    ),
    "credentials": Text(
        "{url} 里写了用户名或密码，网址里不能带这些，没有获取。",
        "The address {url} holds a user name or password, which an address must not; it was not fetched.",
    ),
    "address-refused": Text(
        "{url} 指向 {address}，这是内部或保留的地址，没有连接。",
        "{url} leads to {address}, which is a private or reserved address; no connection was made.",
    ),
    # The connection.
    "name-unknown": Text("找不到主机 {host}（{url}）。", "There is no host {host} ({url})."),
    "connect-failed": Text("连不上 {host}（{url}）：{reason}。", "No connection to {host} ({url}): {reason}."),
    "certificate": Text(
        "{host} 的证书不能确认对方身份，没有获取 {url}：{reason}。",
        "The certificate of {host} does not prove who it is, so {url} was not fetched: {reason}.",
    ),
    "timeout": Text("{url} 等了 {seconds} 秒没有回应。", "{url} gave no answer for {seconds} seconds."),
    "too-slow": Text(
        "{url} 用了 {seconds} 秒还没有传完，已经停止。", "{url} was not there after {seconds} seconds; it was given up."
    ),
    "cut-off": Text(
        "{url} 传到 {bytes} 字节就断了，再试也没有成功。",
        "{url} was cut off after {bytes} bytes, and trying again did not help.",
    ),
    # The way.
    "redirect-loop": Text("{url} 转来转去又回到原处。", "{url} redirects in a circle."),
    "redirects-too-many": Text(
        "{url} 转向超过 {limit} 次，已经停止。", "{url} redirects more than {limit} times; it was given up."
    ),
    "redirect-insecure": Text(
        "{url} 要从 https 转到不加密的 {target}，没有跟随。",
        "{url} redirects from https to {target}, which is not encrypted; it was not followed.",
    ),
    "redirect-nowhere": Text("{url} 说要转向，却没有写转到哪里。", "{url} redirects without saying where to."),
    # The answer.
    "not-found": Text("{url} 不存在（状态码 {status}）。", "There is no {url} (status {status})."),
    "forbidden": Text("{url} 不让读取（状态码 {status}）。", "{url} may not be read (status {status})."),
    "server-error": Text("{url} 的服务器出错（状态码 {status}）。", "The server of {url} failed (status {status})."),
    "status": Text("{url} 的回答用不上（状态码 {status}）。", "The answer of {url} is of no use (status {status})."),
    "wait-too-long": Text(
        "{url} 要求等 {seconds} 秒再来，超过 {limit} 秒，已经停止。",
        "{url} asks to wait {seconds} seconds, more than the {limit} allowed; it was given up.",
    ),
    "answer-invalid": Text("{url} 的回答不合 HTTP 规定：{reason}。", "The answer of {url} breaks HTTP: {reason}."),
    "encoded": Text(
        "{url} 的回答经过压缩（{encoding}），没有要求压缩，不予解开。",
        "The answer of {url} is compressed ({encoding}) although that was not asked for; it is not unpacked.",
    ),
    "too-large": Text(
        "{url} 有 {bytes} 字节，超过上限 {limit}，没有获取。",
        "{url} has {bytes} bytes, more than the {limit} allowed; it was not fetched.",
    ),
    # The content.
    "size-differs": Text(
        "{url} 有 {bytes} 字节，发布说明写的是 {expected} 字节。",
        "{url} has {bytes} bytes; what was published says {expected}.",
    ),
    "hash-differs": Text(
        "{url} 的内容和发布说明里的校验值不一致，没有采用：实际 {actual}，应为 {expected}。",
        "The content of {url} does not have the hash that was published, and was not taken: {actual} instead of "
        "{expected}.",
    ),
    "not-json": Text(
        "{url} 不是能读的 JSON，第 {line} 行第 {column} 个字符：{reason}。",
        "{url} is not valid JSON; line {line}, character {column}: {reason}.",
    ),
    "web-page": Text(
        "{url} 给的是网页，不是数据；可能要先登录，或者网址写错了。",
        "{url} gives a web page instead of data; perhaps one must log in first, or the address is wrong.",
    ),
    "not-as-schema": Text(
        "{url} 的“{pointer}”不合规定：{problem}。", "In {url}, “{pointer}” is not as required: {problem}."
    ),
    "no-package": Text(
        "{url} 没有列出 ZIP 数据包，没有可以汇总的内容。", "{url} lists no package in a ZIP; there is nothing to take."
    ),
}
"""Every kind of fault with its sentence; a param in two languages has the names `…_zh` and `…_en`."""

PASSING = frozenset({"name-unknown", "connect-failed", "timeout", "cut-off", "server-error"})
"""Kinds that may be gone at the next attempt."""
_WRONG_USE = frozenset({"url-invalid", "url-scheme", "not-https", "credentials", "address-refused"})
LONGEST = 200
"""Characters of an address that a sentence shows."""


class FetchError(Exception):
    """A file on the web could not be had, or is not what it should be; nothing of it stands under its name.

    `kind` is the key of MESSAGES; `url` the address as it may be shown; `exit_code` what a command ends with when this
    stops it.
    """

    def __init__(self, kind: str, url: str, **params: object) -> None:
        self.kind = kind
        self.url = shown(url)
        self.params: dict[str, object] = {
            key: shown(str(value)) if key == "target" else value for key, value in params.items()
        }
        self.retry_after: float | None = None
        super().__init__(self.in_language("en"))

    @property
    def exit_code(self) -> int:
        """2 when the address must not be used, 3 when the machine, the network or the other side failed."""
        return 2 if self.kind in _WRONG_USE else 3

    @property
    def text(self) -> Text:
        """The sentence in both languages."""
        return Text(self.in_language("zh"), self.in_language("en"))

    def in_language(self, language: Language) -> str:
        """Say the fault in `language`."""
        values = {key: value for key, value in self.params.items() if not key.endswith(("_zh", "_en"))}
        ending = f"_{language}"
        values |= {key.removesuffix(ending): value for key, value in self.params.items() if key.endswith(ending)}
        return MESSAGES[self.kind].in_language(language).format(url=self.url, **values)


def shown(url: str) -> str:
    """Return an address as a sentence may show it: no password, no query (which may hold a key), not endless."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        address = f"{parts.scheme}://{host}{parts.path}" if parts.scheme and host else url.rpartition("@")[2]
        text = f"{address}?…" if parts.query and "?" not in address else address
    except ValueError:
        text = url.rpartition("@")[2]
    text = "".join(character if character.isprintable() else "�" for character in text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
