"""Finds the columns that a mapping names in the header of a file, and the columns that hold personal data."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Sequence
from fnmatch import fnmatchcase

from circledata.sources.header import key

_BRACKET = re.compile(r"\s*[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]\s*$")
# Words in a header that say that its column is about a private person.
_PERSONAL = (
    "法人", "法定代表人", "经营者姓名", "经营者", "负责人", "联系人", "身份证", "证件号", "手机", "姓名",
    "户主", "投资人", "股东", "监事", "店主", "老板", "填表人", "填报人", "审核人", "经办人", "银行账号", "银行卡",
    "卡号", "账号", "家庭住址", "出生", "性别", "民族", "微信", "qq", "email", "e-mail", "邮箱", "电子邮件", "idcard",
    "idnumber", "mobile",
)  # fmt: skip
_PERSONAL_ITSELF = ("联系方式",)
"""Personal as the name of a column; over a group of columns (联系方式/营业时间) it says nothing of each of them."""
_NOT_PERSONAL = (
    "法人单位", "法人名称", "企业法人", "法人类型", "法人代码", "经营者名称", "经营者统一", "经营者编号", "经营者类型",
    "投资人类型", "手机支付", "手机充值", "微信支付", "公众号",
)  # fmt: skip


def is_personal(header: str) -> bool:
    """Tell whether a column of this header holds names, numbers or addresses of private persons, by its words."""
    plain = key(header)
    for word in _NOT_PERSONAL:
        plain = plain.replace(word, "")
    last = plain.rpartition("/")[2]
    return any(word in plain for word in _PERSONAL) or any(word in last for word in _PERSONAL_ITSELF)


def unit_of(header: str) -> str:
    """Return the unit that a header names: 万元 of 补贴金额（万元）; empty when there is none."""
    from circledata.values.units import unit_of_header

    return unit_of_header(header) or ("%" if header.rstrip(")） ").endswith("%") else "")


class Header:
    """The columns of one table of a file, found by name however their blanks, width, case and brackets are written."""

    def __init__(self, columns: Sequence[str], named: Collection[str] = ()) -> None:
        """`named`: every column that the mapping calls by its name; none of them is meant by a name with `*`."""
        self.columns = tuple(columns)
        self._named = {key(name) for name in named}
        self._exact = frozenset(columns)
        self._by_key: dict[str, str] = {}
        # By the whole name, then without a unit in brackets, then by the lower of two header rows where it is unique.
        for names in (lambda column: column, _bare, _last):
            keys = [key(names(column)) for column in columns]
            for column, name in zip(columns, keys, strict=True):
                if name and (names is not _last or keys.count(name) == 1):
                    self._by_key.setdefault(name, column)

    def find(self, name: str) -> str | None:
        """Return the column that a mapping calls `name`: the very name first, then one that differs in writing only.

        `*名称` is the one column with that ending that the mapping names nowhere else (医院名称 beside 省份名称).
        """
        if name in self._exact:
            return name
        if "*" in name:
            fitting = [
                column for column in self.columns if fnmatchcase(column, name) and key(column) not in self._named
            ]
            return fitting[0] if len(fitting) == 1 else None
        return self._by_key.get(key(name))

    def all_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the columns that are there, in the order of `names`."""
        found = (self.find(name) for name in names)
        return tuple(dict.fromkeys(column for column in found if column is not None))

    def nearest(self, name: str) -> str | None:
        """Return the column whose name is most like `name`; None when none is like it."""
        by_key = {key(column): column for column in self.columns}
        wanted = key(name)
        close = difflib.get_close_matches(wanted, by_key, 1, 0.5)
        if not close:
            close = [column for column in by_key if column and (wanted in column or column in wanted)]
        return by_key[close[0]] if close else None


def _bare(column: str) -> str:
    """Drop what stands in brackets at the end: 补贴金额（万元） is also called 补贴金额."""
    return _BRACKET.sub("", column)


def _last(column: str) -> str:
    return _bare(column.rpartition("/")[2])
