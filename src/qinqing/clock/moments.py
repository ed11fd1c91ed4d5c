"""Days and moments: whatever is given, in the local time of Asia/Shanghai."""

from datetime import date, datetime, time, timedelta

from qinqing.base.moment import TZ

ONE_DAY = timedelta(days=1)
END_OF_DAY = time(23, 59, 59)


def local(moment: datetime) -> datetime:
    """The moment in Asia/Shanghai; one without a zone is taken to be there already."""
    return moment.astimezone(TZ) if moment.tzinfo else moment.replace(tzinfo=TZ)


def to_minute(moment: datetime) -> datetime:
    """Local time in whole minutes: working time is counted in them, seconds are dropped."""
    return local(moment).replace(second=0, microsecond=0)


def day_of(value: date) -> date:
    """The local day of a date or a moment."""
    return local(value).date() if isinstance(value, datetime) else value


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), TZ)


def end_of(day: date) -> datetime:
    """The last second of the day: a limit in days runs until 24:00 (民法典 203)."""
    return datetime.combine(day, END_OF_DAY, TZ)
