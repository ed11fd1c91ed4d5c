"""Days as whole numbers that keep their order and know their months.

A day is `(year × 12 + month − 1) × 31 + day − 1`, so the full months between two days are a floor division by 31, in every
engine alike. A month without the corresponding day ends on its last (民法典 202): the day that is counted to reaches 31 then.
"""

from datetime import date, timedelta

MONTH = 31
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)


def number(day: date) -> int:
    return (day.year * 12 + day.month - 1) * MONTH + day.day - 1


def day(number: int) -> date:
    months, day_index = divmod(number, MONTH)
    return date(months // 12, months % 12 + 1, day_index + 1)


def counted_to(day: date) -> int:
    """The number from which months are counted back: the end of a month stands for its 31st."""
    ends_month = (day + timedelta(1)).month != day.month
    return number(day.replace(day=1)) + MONTH - 1 if ends_month else number(day)


def months_between(since: int, until: int) -> int:
    """Full months from a day's number to `counted_to`; negative when it lies after."""
    return (until - since) // MONTH
