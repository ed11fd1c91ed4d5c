"""Numbers of people in a text are noticed, and nothing else is."""

import pytest

from qinqing.consultation import rules


@pytest.mark.parametrize(("text", "kind"), [
    ("我的身份证11010519491231002X", "身份证号（尾号 002X）"),
    ("身份证 11010519491231002x。", "身份证号（尾号 002x）"),
    ("卡号6222021234567890128，请打款", "银行卡号（尾号 0128）"),
    ("请打13800138000", "手机号（尾号 8000）"),
    ("电话 138-0013-8000 找王", "手机号（尾号 8000）"),
])
def test_numbers_of_people_are_noticed(text, kind):
    assert kind in str(rules.caution(text))


@pytest.mark.parametrize("text", [
    "", "欠款1500000元，2026年3月2日到期", "信用代码91510802MA6ABC122B", "身份证110105194912310021", "合同号622202123456789013",
    "编号GY-2026-0302-0001", "办公电话0839-3221234", "订单2020010113800138000123",
])
def test_other_numbers_are_left_alone(text):
    assert rules.caution(text) is None
