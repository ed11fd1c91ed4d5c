"""The derivation in words."""

from datetime import date

import pytest
from django.utils import translation

from qinqing.clock import wording
from qinqing.clock.limits import Limit
from qinqing.clock.rules import Pause, deadline

from .published import CALENDAR, at, day

PAUSE = Pause(day("2026-10-12"), day("2026-10-14"), "等企业补照片")


def found(start, limit, **rule):
    return deadline(start, Limit.parse(limit), CALENDAR, **rule)


def said(start, limit, **rule):
    return [(str(line.title), str(line.detail or ""), str(line.total), str(line.note))
            for line in wording.lines(found(start, limit, **rule))]


def test_a_pause_over_the_national_holiday():
    assert said(at("2026-09-30T16:40"), "7wd", pauses=[PAUSE]) == [
        ("收到那天不算", "9 月 30 日 周三 16:40 收到，当天不计，从下一个工作日起。", "0 个工作日", "9 月 30 日"),
        ("国庆节放假不算", "10 月 1 日到 7 日。", "0 个工作日", "跳过 7 天"),
        ("上班的数上：10 月 8 日、9 日、10 日",
         "10 月 10 日 周六调休上班，和平日一样计入。10 月 11 日是周末，不计。", "3 个工作日", "10 月 10 日"),
        ("暂停：等企业补照片", "10 月 12 日到 14 日，这 3 个工作日不计。", "3 个工作日", "暂停 3 个工作日"),
        ("接着数：10 月 15 日、16 日、19 日、20 日", "10 月 17 日、18 日是周末，不计。", "7 个工作日", "10 月 20 日"),
    ]


def test_every_step_that_follows_an_article_names_it():
    bases = [str(line.basis) for line in wording.lines(found(day("2026-08-31"), "1m", roll=True)) if line.basis]
    assert bases == ["民法典第二百零一条", "民法典第二百零二条"]
    bases = [str(line.basis) for line in wording.lines(found(day("2026-08-26"), "30d", roll=True)) if line.basis]
    assert bases == ["民法典第二百零一条", "民法典第二百零三条"]
    bases = [str(line.basis) for line in wording.lines(found(day("2026-12-31"), "1wd")) if line.basis]
    assert bases == ["民法典第二百零一条", "全国年节及纪念日放假办法"]
    assert str(wording.lines(found(day("2026-09-30"), "1wd"))[1].basis) == "2026 年节假日安排"


def test_months_say_where_they_end():
    assert said(day("2026-11-30"), "3m")[1:] == [
        ("3 个月是 90 天", "从 11 月 30 日到 2027 年 2 月 28 日；那个月没有对应的日子，到月末为止。", "0 天", "2 月 28 日"),
        ("数上 90 天：12 月 1 日到 2027 年 2 月 28 日", "", "90 天", "2 月 28 日"),
    ]
    assert said(day("2026-03-10"), "1m")[1][1] == "从 3 月 10 日到 4 月 10 日。"


def test_a_rolled_day_says_why():
    assert said(day("2026-08-26"), "30d", roll=True)[-1] == (
        "最后一天不上班，顺延", "9 月 25 日是中秋节，顺延到 9 月 28 日 周一。", "30 天", "9 月 28 日")
    assert said(day("2026-12-02"), "30d", roll=True)[-1][1] == (
        "1 月 1 日是元旦，顺延到 1 月 4 日 周一。2027 年的放假安排还没公布，暂按周末和固定日期的法定节日推算。")


def test_what_rests_on_a_year_not_published_says_so():
    assert said(day("2026-12-31"), "1wd")[1:] == [
        ("元旦放假不算", "1 月 1 日。", "0 个工作日", "跳过 1 天"),
        ("周末不算", "1 月 2 日到 3 日。", "0 个工作日", "跳过 2 天"),
        ("上班的数上：1 月 4 日", "2027 年的放假安排还没公布，暂按周末和固定日期的法定节日推算。", "1 个工作日", "1 月 4 日"),
    ]


def test_working_hours_say_the_times():
    assert said(at("2026-09-30T17:30"), "1wh") == [
        ("从收到时起算", "9 月 30 日 周三 17:30 收到，只算工作时间。", "0 个工作小时", "9 月 30 日"),
        ("数上 30 分钟：9 月 30 日 17:30—18:00", "", "30 分钟", "9 月 30 日"),
        ("国庆节放假不算", "10 月 1 日到 7 日。", "30 分钟", "跳过 7 天"),
        ("接着数 30 分钟：10 月 8 日 09:00—09:30", "", "1 个工作小时", "10 月 8 日"),
    ]
    assert said(at("2026-10-12T09:00"), "30wh")[1][0] == "数上 30 个工作小时：10 月 12 日到 16 日"


def test_long_counts_are_said_as_spans():
    assert said(day("2026-07-01"), "20wd")[1:] == [
        ("数上 20 个工作日：7 月 2 日到 29 日", "期间的周末不计。", "20 个工作日", "7 月 29 日"),
    ]


def test_extensions_and_days_made_up_have_a_line():
    titles = [line[0] for line in said(day("2026-03-02"), "1wd", pause_days=2, extensions=[Limit.parse("5d")])]
    assert titles == [
        "收到那天不算", "上班的数上：3 月 3 日", "暂停过 2 个工作日，往后补上", "接着数：3 月 4 日、5 日",
        "延期 5 天", "接着数 5 天：3 月 6 日到 10 日",
    ]


def test_an_open_pause_says_that_the_count_goes_on_later():
    assert said(day("2026-09-30"), "7wd", pauses=[Pause(day("2026-10-12"))])[-1] == (
        "暂停", "10 月 12 日起暂停计时，恢复后接着数。", "3 个工作日", "暂停中")
    assert said(day("2026-08-26"), "30d", roll=True, pauses=[Pause(day("2026-09-28"))])[-1][1] == (
        "9 月 25 日是中秋节，之后暂停计时，恢复后顺延到上班的第一天。")


@pytest.mark.parametrize(("start", "limit", "rule", "sentences"), [
    (at("2026-09-30T16:40"), "7wd", {"pauses": [PAUSE]}, """
        从 9 月 30 日收到的第二天起数 7 个工作日。
        中间跳过国庆节 7 天。
        10 月 10 日 周六调休上班照算。
        暂停的 3 个工作日不算。"""),
    (at("2026-09-30T16:40"), "7wd", {"pauses": [(day("2026-10-12"), None)]}, """
        从 9 月 30 日收到的第二天起数 7 个工作日。
        中间跳过国庆节 7 天。
        10 月 10 日 周六调休上班照算。
        现在暂停计时，恢复后还有 4 个工作日。"""),
    (at("2026-10-12T09:00"), "1wh", {}, "从 10 月 12 日收到时起数 1 个工作小时。"),
    (day("2026-08-26"), "30d", {"roll": True}, """
        从 8 月 26 日收到的第二天起数 30 天。
        9 月 25 日是中秋节，顺延到 9 月 28 日 周一。"""),
    (day("2026-03-02"), "1wd", {"pause_days": 2, "extensions": [Limit.parse("5wd")]}, """
        从 3 月 2 日收到的第二天起数 1 个工作日。
        暂停过 2 个工作日，往后补上。
        延期 5 个工作日。"""),
])
def test_the_head_of_the_page_sums_it_up(start, limit, rule, sentences):
    assert list(map(str, wording.lead(found(start, limit, **rule)))) == [line.strip() for line in sentences.strip().split("\n")]


@pytest.mark.parametrize(("limit", "words"), [
    ("1wd", "1 working day"), ("2wd", "2 working days"), ("1wh", "1 working hour"), ("30d", "30 days"), ("1m", "1 month"),
])
def test_one_and_many_differ_in_english(limit, words):
    with translation.override("en"):
        assert str(Limit.parse(limit).label) == words


def test_a_day_is_written_alike_in_every_english_sentence():
    with translation.override("en"):
        assert str(wording.long_day_text(date(2026, 10, 8))) == "Thu 8 Oct"
        assert str(wording.listed([date(2026, 10, 8), date(2026, 10, 9)])) == "8 Oct, 9"
