"""Chinese punctuation is full-width; what is not Chinese stays as typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinqing.ui.punctuation import normalise


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("收到了,编号 GY-2020-1112-0032,11 月 13 日前告诉您", "收到了，编号 GY-2020-1112-0032，11 月 13 日前告诉您"),
        ("文件 32 MB,超过 20 MB 上限.", "文件 32 MB，超过 20 MB 上限。"),
        ("时间:08:00", "时间：08:00"),
        ("共 1,286 件,其中 3 件超期;请看:详情", "共 1,286 件，其中 3 件超期；请看：详情"),
        ("热线 12345(24 小时)可打", "热线 12345（24 小时）可打"),
        ("指纹 (SHA-256) 在下面", "指纹（SHA-256）在下面"),
        ("指纹（SHA-256)", "指纹（SHA-256）"),
        ('他说"等指标",没有日期', "他说“等指标”，没有日期"),
        ("写着'等指标'三个字", "写着‘等指标’三个字"),
        ("真的吗?真的!", "真的吗？真的！"),
        ("用地、用工、用电...遇到难处就写", "用地、用工、用电……遇到难处就写"),
        ("上限是 20 MB.", "上限是 20 MB。"),
        ("（一）(二)", "（一）（二）"),
        ("1. 写困难\n2. 附材料", "1. 写困难\n2. 附材料"),
        ("(1) 先报名,(2) 再参会", "（1）先报名，（2）再参会"),
    ],
)
def test_chinese_context(typed, shown):
    assert normalise(typed) == shown


@pytest.mark.parametrize(
    "kept",
    [
        "1,286",
        "3.5 天",
        "08:00 到 17:30",
        "比例 3:1",
        "项目备案表.pdf",
        "见 https://qinqing.example/a,b?c=1&d=(2)",
        "写信到 office@qinqing.example 即可",
        "运行 `deadline(start, limit)` 这一行",
        "函数 f(x) 的值",
        "Thu 26 Nov, 14:30",
        "It's a test, (really)?",
        "版本 5.2.19 可用",
        "",
        "C++, Java",
    ],
)
def test_what_stays(kept):
    assert normalise(kept) == kept


def test_lines_are_judged_one_by_one():
    assert normalise("Call the office, please.\n请打电话,谢谢.") == "Call the office, please.\n请打电话，谢谢。"


PIECES = st.sampled_from(
    [*"政企,.:;?!()\"'（）“”，。 \n`/@-", "12", "1,286", "08:00", "a", "B2", "https://x.example/p?q=1", "...", "\ue000"]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join)


@given(TEXTS)
def test_twice_is_once(text):
    assert normalise(normalise(text)) == normalise(text)


@given(TEXTS)
def test_only_marks_and_spaces_change(text):
    def words(value):
        return [letter for letter in value if letter.isalnum() or letter == "\ue000"]

    assert words(normalise(text)) == words(text)


@given(st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=60))
def test_text_without_chinese_is_left_alone(text):
    assert normalise(text) == text


@given(st.integers(min_value=0), st.integers(min_value=0, max_value=23), st.integers(min_value=0, max_value=59))
def test_figures_inside_chinese_stay(amount, hour, minute):
    said = f"到{hour:02}:{minute:02},共{amount:,}件"
    assert normalise(said) == f"到{hour:02}:{minute:02}，共{amount:,}件"
