"""`qinqing uscc` and `qinqing size`: the JSON, the exit codes, and no database."""

import json

import pytest
from django.core.management import call_command

from qinqing.parties.models import Account


def run(capsys, *arguments) -> tuple[int, dict | None, str]:
    code = 0
    try:
        call_command(*arguments)
    except SystemExit as ended:
        code = ended.code
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else None, err


def test_uscc_valid(capsys):
    code, answer, _ = run(capsys, "uscc", "91510802ma6abc122b")
    assert code == 0
    assert answer == {
        "valid": True, "normalised": "91510802MA6ABC122B", "authority": "市场监督管理部门", "type": "企业",
        "warnings": [], "errors": [], "suggestion": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [(("91510802MA6ABC1205",), 0), (("91510802MA6ABC1205", "--strict"), 1), (("",), 1)],
)
def test_uscc_exit(capsys, arguments, exit_code):
    code, answer, _ = run(capsys, "uscc", *arguments)
    assert code == exit_code
    assert answer["valid"] is (exit_code == 0)


def test_size(capsys):
    arguments = ("--industry", "C1521", "--employees", "1000", "--revenue", "40000", "--assets", "0")
    code, answer, _ = run(capsys, "size", *arguments)
    assert (code, answer["size"]) == (0, "large")
    assert "大型下限" in answer["why"]


def test_size_without_values(capsys):
    assert run(capsys, "size", "--industry", "C1521")[1]["size"] == "unknown"


def test_size_of_no_industry(capsys):
    code, answer, err = run(capsys, "size", "--industry", "X99")
    assert (code, answer) == (2, None)
    assert err == "GB/T 4754-2017 里没有行业代码“X99”。\n"


# —— the first administrators ——

FIRST = ("account", "root", "--name", "张三", "--unit", "city", "--role", "system_admin")


def spoken(capsys, *arguments) -> tuple[int, str, str]:
    code = 0
    try:
        call_command(*arguments)
    except SystemExit as ended:
        code = ended.code
    return code, *capsys.readouterr()


def test_the_first_administrator(capsys, client, city):
    code, password, _ = spoken(capsys, *FIRST)
    assert code == 0
    answer = client.post("/login/", {"login": "root", "password": password.strip()})
    assert answer.headers["Location"] == "/password/change/"


def test_an_administrator_of_no_unit_leaves_nothing_behind(capsys, db):
    code, out, err = spoken(capsys, *FIRST)
    assert (code, out, err) == (2, "", "没有单位 city。\n")
    assert not Account.objects.exists()


def test_a_name_that_is_taken_is_said(capsys, city):
    spoken(capsys, *FIRST)
    code, _, err = spoken(capsys, *FIRST)
    assert code == 2
    assert "已有人使用" in err
