"""Dates as people read them: 11 月 26 日 周四 14:30, or Thu 26 Nov, 14:30; the year only when it is not this year's."""

from datetime import date, datetime

from django.utils.translation import get_language

from qinqing import base

WEEKDAYS = "一二三四五六日"
ENGLISH_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(value: date, *, weekday: bool = True) -> str:
    """A calendar day in the reader's language; a moment is taken in Asia/Shanghai."""
    value = local(value)
    return english_day(value, weekday=weekday) if english() else chinese_day(value, weekday=weekday)


def moment(value: datetime) -> str:
    """Day and time of day."""
    return f"{day(value)}{', ' if english() else ' '}{clock(value)}"


def dated(value: datetime) -> str:
    """Day and time of day on paper, which is read in other years too."""
    on = local(value)
    if english():
        return f"{on.day} {ENGLISH_MONTHS[on.month - 1]} {on.year}, {clock(value)}"
    return f"{on.year} 年 {on.month} 月 {on.day} 日 {clock(value)}"


def full_day(value: date) -> str:
    """A day with its year always, for paper and pictures, which are looked at in other years too."""
    if english():
        return f"{value.day} {ENGLISH_MONTHS[value.month - 1]} {value.year}"
    return f"{value.year} 年 {value.month} 月 {value.day} 日"


def clock(value: datetime) -> str:
    """The time of day alone: 08:12."""
    return f"{local(value):%H:%M}"


def recent(value: datetime) -> str:
    """As short as a list needs: the time today, 昨天, or the day without its weekday."""
    days_ago = (base.today() - local(value).date()).days
    if days_ago == 0:
        return clock(value)
    if days_ago == 1:
        return "Yesterday" if english() else "昨天"
    return day(value, weekday=False)


def chinese_day(value: date, *, weekday: bool) -> str:
    year = f"{value.year} 年 " if another_year(value) else ""
    return f"{year}{value.month} 月 {value.day} 日{f' 周{WEEKDAYS[value.weekday()]}' if weekday else ''}"


def english_day(value: date, *, weekday: bool) -> str:
    year = f" {value.year}" if another_year(value) else ""
    name = f"{ENGLISH_WEEKDAYS[value.weekday()]} " if weekday else ""
    return f"{name}{value.day} {ENGLISH_MONTHS[value.month - 1]}{year}"


def weekday_names() -> tuple[str, ...]:
    """The heads of a calendar's columns, Monday first."""
    return ENGLISH_WEEKDAYS if english() else tuple(WEEKDAYS)


def another_year(value: date) -> bool:
    return value.year != base.today().year


def english() -> bool:
    return (get_language() or "").startswith("en")


def local(value: date) -> date:
    """An aware moment in Asia/Shanghai; a date, or a moment without a zone, as it is."""
    return value.astimezone(base.TZ) if isinstance(value, datetime) and value.tzinfo else value
