"""Yearly notices as rows: read, checked, put together into one calendar, compared."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import NamedTuple

from qinqing.base.errors import Refused
from qinqing.base.words import Sentence, say
from qinqing.clock.calendar import SATURDAY, STATUTORY, Calendar, DayKind, Shifts, statutory
from qinqing.clock.wording import day_text, long_day_text

from .terms import COLUMNS, NAME_LENGTH, Kind

DECEMBER = 12
HEADER_ROW = 1


class Row(NamedTuple):
    """One day that differs from an ordinary week."""

    day: date
    kind: str
    name: str


@dataclass(frozen=True)
class Edition:
    """What one version says of its years; it may hold days of the December before, which notices exchange too."""

    number: int
    years: frozenset[int]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file: where (rows are counted from 1, the header's) and how to mend it."""

    row: int | None
    column: str
    what: Sentence

    @property
    def sentence(self) -> Sentence:
        if self.row is None:
            return self.what
        return say("第 %(row)s 行“%(column)s”：%(what)s", row=self.row, column=self.column, what=self.what)


@dataclass(frozen=True)
class Change:
    """A day that was at work and is off, or the other way round."""

    day: date
    before: DayKind
    after: DayKind


# —— a file ——

def read_csv(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file in UTF-8, or in GB 18030 as office programs save it; `Refused` without the columns."""
    reader = csv.DictReader(io.StringIO(_text(data), newline=""), skipinitialspace=True)
    if missing := [column for column in COLUMNS if column not in (reader.fieldnames or ())]:
        raise Refused(say("第 1 行缺少列“%(columns)s”，应为 date,kind,name", columns="、".join(missing)), field="file")
    return [{column: (row[column] or "").strip() for column in COLUMNS} for row in reader]


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(say("文件不是文本，请另存为 CSV（UTF-8）再导入"), field="file")


def written_csv(rows: Iterable[Row]) -> str:
    """The rows as a file, sorted: what a version's digest is taken over."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(sorted(rows))
    return file.getvalue()


def digest(rows: Iterable[Row]) -> str:
    """SHA-256 in hex of `written_csv`."""
    return sha256(written_csv(rows).encode()).hexdigest()


# —— checked ——

def checked(rows: Iterable[Mapping[str, str]], year: int) -> tuple[list[Row], list[Fault]]:
    """The rows of one year's notice, and everything that is wrong with them."""
    read: dict[date, Row] = {}
    faults: list[Fault] = []
    for number, row in enumerate(rows, HEADER_ROW + 1):
        try:
            found = _row(row, year)
        except _Wrong as wrong:
            faults.append(Fault(number, wrong.column, wrong.what))
            continue
        if found.day in read:
            faults.append(Fault(number, "date", say("%(day)s 前面已经写过", day=found.day)))
        read[found.day] = found
    return list(read.values()), faults or list(_missing(read, year))


class _Wrong(Exception):
    def __init__(self, column: str, what: Sentence) -> None:
        super().__init__(column)
        self.column, self.what = column, what


def _row(row: Mapping[str, str], year: int) -> Row:
    day, kind, name = _day(row.get("date", ""), year), row.get("kind", ""), row.get("name", "")
    if kind not in Kind.values:
        raise _Wrong("kind", say("“%(given)s”应为 holiday 或 workday", given=kind))
    if not 0 < len(name) <= NAME_LENGTH:
        raise _Wrong("name", say("请写节日名称，最多 %(n)s 个字", n=NAME_LENGTH))
    if kind == Kind.WORKDAY and day.weekday() < SATURDAY:
        raise _Wrong("date", say("%(day)s本来就上班，不用写", day=long_day_text(day)))
    return Row(day, kind, name)


def _day(given: str, year: int) -> date:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        raise _Wrong("date", say("“%(given)s”不是日期，应写成 %(year)s-10-01", given=given, year=year)) from None
    if not belongs(day, year):
        raise _Wrong("date", say("%(day)s 不在 %(year)s 年，也不在上年 12 月", day=day, year=year))
    return day


def belongs(day: date, year: int) -> bool:
    """May a year's notice speak of this day: one of its own, or of the December before?"""
    return day.year == year or (day.year, day.month) == (year - 1, DECEMBER)


def _missing(read: Mapping[date, Row], year: int) -> Iterator[Fault]:
    """Holidays on fixed dates stand in every notice: without them the file is not whole."""
    for month, number in STATUTORY:
        day = date(year, month, number)
        name = statutory(day)
        if name and (day not in read or read[day].kind != Kind.HOLIDAY):
            yield Fault(None, "date", say("缺少 %(day)s（%(name)s）放假，文件可能不全", day=day_text(day), name=name))


# —— put together ——

def compose(editions: Iterable[Edition], version: str, shifts: Shifts) -> Calendar:
    """One calendar out of all versions: each year as its latest version says."""
    ruling: dict[int, Edition] = {}
    for edition in sorted(editions, key=lambda edition: edition.number):
        ruling |= dict.fromkeys(edition.years, edition)
    own = {row.day: row for edition in ruling.values() for row in edition.rows if ruling.get(row.day.year) is edition}
    before = {row.day: row for year, edition in ruling.items() for row in edition.rows if _is_before(row, year, edition)}
    rows = (own | before).values()
    return Calendar(
        {row.day: row.name for row in rows if row.kind == Kind.HOLIDAY},
        {row.day: row.name for row in rows if row.kind == Kind.WORKDAY},
        frozenset(ruling), version, shifts,
    )


def _is_before(row: Row, year: int, edition: Edition) -> bool:
    """Does the row lie in the December before the first of the edition's years?"""
    return row.day.year == year - 1 and row.day.year not in edition.years


def changes(before: Calendar, after: Calendar, years: Iterable[int]) -> list[Change]:
    """The days of these years, with the December before, on which one works and the other does not."""
    return [
        Change(day, before.kind_of(day), after.kind_of(day)) for day in sorted(set(_days(years)))
        if before.is_workday(day) != after.is_workday(day)
    ]


def _days(years: Iterable[int]) -> Iterator[date]:
    for year in years:
        first = date(year - 1, DECEMBER, 1)
        yield from (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
