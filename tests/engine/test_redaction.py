"""Personal data is taken out of every text that a report could show."""

from __future__ import annotations

import pytest

from circledata.findings import redact


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("张三 11010519491231002X", "张三 ***"),
        ("编号110105194912310020。", "编号***。"),
        ("卡号 4111111111111111", "卡号 ***"),
        ("电话 13800138000", "电话 ***"),
        ("+86 13800138000", "***"),
        ("914403001922038216", "914403001922038216"),
        ("4111111111111112", "4111111111111112"),
        ("0935-2213456", "0935-2213456"),
        ("620602-O000001", "620602-O000001"),
    ],
)
def test_redact(text: str, shown: str) -> None:
    assert redact(text) == shown


def test_a_public_telephone_number_may_stay() -> None:
    assert redact("13800138000", keep_mobile=True) == "13800138000"
