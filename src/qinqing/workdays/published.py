"""What the State Council has published so far, as the package `chinesecalendar` carries it."""

from functools import cache

from chinese_calendar import Holiday, constants

from qinqing.clock import calendar

from .rules import Row
from .terms import Kind

SOURCE = "国务院办公厅关于节假日安排的通知（chinesecalendar）"
DOCUMENTS = {  # what the days of a year stand in; earlier years are of use only as history
    2018: "国办发明电〔2017〕12号",
    2019: "国办发明电〔2018〕15号、〔2019〕3号",
    2020: "国办发明电〔2019〕16号、〔2020〕1号",
    2021: "国办发明电〔2020〕27号",
    2022: "国办发明电〔2021〕11号",
    2023: "国办发明电〔2022〕16号",
    2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号",
    2026: "国办发明电〔2025〕7号",
}
_NAMES = {
    Holiday.new_years_day: calendar.NEW_YEAR,
    Holiday.spring_festival: calendar.SPRING_FESTIVAL,
    Holiday.tomb_sweeping_day: calendar.TOMB_SWEEPING,
    Holiday.labour_day: calendar.LABOUR_DAY,
    Holiday.dragon_boat_festival: calendar.DRAGON_BOAT,
    Holiday.mid_autumn_festival: calendar.MID_AUTUMN,
    Holiday.national_day: calendar.NATIONAL_DAY,
    Holiday.anti_fascist_70th_day: calendar.VICTORY_DAY,
}


@cache
def rows() -> tuple[Row, ...]:
    """All days that differ from an ordinary week, in order."""
    names = {holiday.value: sentence.text for holiday, sentence in _NAMES.items()}
    days = [Row(day, Kind.HOLIDAY, names[name]) for day, name in constants.holidays.items()]
    days += [Row(day, Kind.WORKDAY, names[name]) for day, name in constants.workdays.items()]
    return tuple(sorted(days))


@cache
def years() -> tuple[int, ...]:
    return tuple(sorted({row.day.year for row in rows()}))
