"""The derivation in words: one numbered line for each step, with the article it follows (M3-036)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from itertools import pairwise

from qinqing.base.words import Sentence, counted, say

from .calendar import WEEKEND
from .limits import Limit, Unit, amount_of
from .moments import day_of, local
from .steps import Deadline, Step, StepKind

LISTED = 6  # more than so many days are said as a span
WEEKDAYS = (say("周一"), say("周二"), say("周三"), say("周四"), say("周五"), say("周六"), say("周日"))
MONTHS = (
    say("1 月"), say("2 月"), say("3 月"), say("4 月"), say("5 月"), say("6 月"),
    say("7 月"), say("8 月"), say("9 月"), say("10 月"), say("11 月"), say("12 月"),
)
FIRST_DAY = say("民法典第二百零一条")
MONTH_END = say("民法典第二百零二条")
LAST_DAY = say("民法典第二百零三条")
NOTICE = say("%(year)s 年节假日安排")
STATUTE = say("全国年节及纪念日放假办法")
ASSUMED = say("%(year)s 年的放假安排还没公布，暂按周末和固定日期的法定节日推算。")


@dataclass(frozen=True)
class Line:
    """One step for the page: `total` is the running total with its unit, `note` stands small below it.

    `basis` names the article or the notice, where there is one.
    """

    step: Step
    title: Sentence
    detail: Sentence | None
    total: Sentence
    note: Sentence
    basis: Sentence | None = None


def lines(deadline: Deadline, *, restarted: bool = False) -> list[Line]:
    """The derivation, one line for each step; the due date itself is the page's heading and has none.

    `restarted`: it did not begin with a receipt, the count began anew.
    """
    told: list[Line] = []
    for step in deadline.derivation:
        if step.kind is not StepKind.DUE:
            resumed = any(line.step.kind is StepKind.COUNTED for line in told)
            told.append(_line(step, resumed=resumed, restarted=restarted))
    return told


def lead(deadline: Deadline, *, restarted: bool = False) -> list[Sentence]:
    """The derivation in a few sentences, for the head of the page."""
    steps = deadline.derivation
    said = [_opening(steps[0], _AGAIN if restarted else _FIRST)]
    said += [say("中间跳过%(names)s %(n)s 天。", names=_joined(step.names), n=step.count)
             for step in steps if step.kind is StepKind.SKIPPED and WEEKEND not in step.names]
    if adjusted := [day for step in steps for day in step.adjusted]:
        said.append(say("%(days)s调休上班照算。", days=_with_weekday(adjusted)))
    said += [say("暂停的 %(amount)s不算。", amount=_amount(step.count, step.unit))
             for step in steps if step.kind is StepKind.PAUSED and deadline.on]
    said += [say("%(what)s。", what=_line(step, resumed=True).title) for step in steps if step.kind in _ADDED]
    said += [line.detail for line in lines(deadline) if line.step.kind is StepKind.ROLLED and line.detail]
    if deadline.left:
        said.append(say("现在暂停计时，恢复后还有 %(limit)s。", limit=deadline.left.label))
    return said


_ADDED = frozenset({StepKind.MADE_UP, StepKind.EXTENDED})


@dataclass(frozen=True)
class _Beginning:
    """How the count is said to begin; the first of each pair for working hours, the second for days."""

    lead: tuple[Sentence, Sentence]
    title: tuple[Sentence, Sentence]
    hours: Sentence
    working_days: Sentence
    days: Sentence


_FIRST = _Beginning(
    lead=(say("从 %(day)s收到时起数 %(limit)s。"), say("从 %(day)s收到的第二天起数 %(limit)s。")),
    title=(say("从收到时起算"), say("收到那天不算")), hours=say("%(moment)s 收到，只算工作时间。"),
    working_days=say("%(moment)s 收到，当天不计，从下一个工作日起。"), days=say("%(moment)s 收到，当天不计，从第二天起。"))
_AGAIN = _Beginning(
    lead=(say("从 %(day)s重新起算，数 %(limit)s。"), say("%(day)s重新起算，从第二天起数 %(limit)s。")),
    title=(say("重新起算"), say("重新起算那天不算")), hours=say("%(moment)s 重新起算，只算工作时间。"),
    working_days=say("%(moment)s 重新起算，当天不计，从下一个工作日起。"),
    days=say("%(moment)s 重新起算，当天不计，从第二天起。"))


def _opening(step: Step, begun: _Beginning) -> Sentence:
    text = begun.lead[step.unit is not Unit.WORKING_HOUR].text
    return say(text, day=day_text(step.first_on), limit=_label(step.limit))


def _line(step: Step, *, resumed: bool, restarted: bool = False) -> Line:
    if step.kind is StepKind.COUNTED:
        title, detail, note, basis = _counted(step, resumed=resumed)
    elif step.kind is StepKind.RECEIVED:
        title, detail, note, basis = _received(step, _AGAIN if restarted else _FIRST)
    else:
        title, detail, note, basis = _WORDS[step.kind](step)
    return Line(step, title, detail, _amount(step.total, step.unit), note, basis)


_Said = tuple[Sentence, Sentence | None, Sentence, Sentence | None]


# —— days and amounts ——

def day_text(value: date) -> Sentence:
    """10 月 20 日"""
    day = day_of(value)
    return say("%(month)s %(day)s 日", month=MONTHS[day.month - 1], day=day.day)


def long_day_text(value: date) -> Sentence:
    """10 月 20 日 周二"""
    return say("%(day)s %(weekday)s", day=day_text(value), weekday=WEEKDAYS[day_of(value).weekday()])


def moment_text(moment: datetime) -> Sentence:
    """10 月 20 日 周二 16:40"""
    return say("%(day)s %(time)s", day=long_day_text(moment), time=f"{local(moment):%H:%M}")


def span_text(first: date, last: date) -> Sentence:
    """10 月 1 日到 7 日; the year of the last day when it is another one"""
    if first == last:
        return day_text(first)
    if first.year != last.year:
        return say("%(first)s到 %(year)s 年 %(last)s", first=day_text(first), year=last.year, last=day_text(last))
    if first.month == last.month:
        return say("%(first)s到 %(day)s 日", first=day_text(first), day=last.day)
    return say("%(first)s到 %(last)s", first=day_text(first), last=day_text(last))


def listed(days: Sequence[date]) -> Sentence:
    """10 月 15 日、16 日、19 日; the month again when it changes."""
    texts = [day_text(days[0])]
    for earlier, day in pairwise(days):
        texts.append(say("%(day)s 日", day=day.day) if day.month == earlier.month else day_text(day))
    return _joined(texts)


def _joined(texts: Sequence[Sentence]) -> Sentence:
    return reduce(lambda left, right: say("%(left)s、%(right)s", left=left, right=right), texts)


def _amount(count: int, unit: Unit) -> Sentence:
    """An amount of what is counted; of working hours that is minutes."""
    if unit is not Unit.WORKING_HOUR:
        return amount_of(count, unit)
    if count % 60:
        return counted("%(n)s 分钟", n=count)
    return amount_of(count // 60, unit)


def _label(limit: Limit | None) -> Sentence:
    assert limit is not None
    return limit.label


# —— each kind of step ——

def _received(step: Step, begun: _Beginning) -> _Said:
    moment = moment_text(step.at) if step.at else long_day_text(step.first_on)
    note = day_text(step.first_on)
    detail = {Unit.WORKING_HOUR: begun.hours, Unit.WORKING_DAY: begun.working_days}.get(step.unit, begun.days)
    return begun.title[step.unit is not Unit.WORKING_HOUR], say(detail.text, moment=moment), note, FIRST_DAY


def _converted(step: Step) -> _Said:
    title = say("%(limit)s是 %(days)s 天", limit=_label(step.limit), days=step.count)
    span = span_text(step.first_on, step.last_on)
    if step.last_on.day == step.first_on.day:
        return title, say("从 %(span)s。", span=span), day_text(step.last_on), MONTH_END
    return title, say("从 %(span)s；那个月没有对应的日子，到月末为止。", span=span), day_text(step.last_on), MONTH_END


def _counted(step: Step, *, resumed: bool) -> _Said:
    title = _resumed(step) if resumed else _begun(step)
    return title, _in_between(step), day_text(step.last_on), None


def _begun(step: Step) -> Sentence:
    if step.unit is Unit.WORKING_DAY and step.count <= LISTED:
        return say("上班的数上：%(days)s", days=_days(step))
    return say("数上 %(amount)s：%(days)s", amount=_amount(step.count, step.unit), days=_days(step))


def _resumed(step: Step) -> Sentence:
    if step.unit is Unit.WORKING_DAY and step.count <= LISTED:
        return say("接着数：%(days)s", days=_days(step))
    return say("接着数 %(amount)s：%(days)s", amount=_amount(step.count, step.unit), days=_days(step))


def _days(step: Step) -> Sentence:
    if step.unit is Unit.WORKING_HOUR and len(step.spans) <= LISTED:
        return _joined([_hours(start, end) for start, end in step.spans])
    if step.unit is Unit.WORKING_DAY and step.count <= LISTED:
        return listed(step.days)
    return span_text(step.first_on, step.last_on)


def _hours(start: datetime, end: datetime) -> Sentence:
    return say("%(day)s %(start)s—%(end)s", day=day_text(start), start=f"{start:%H:%M}", end=f"{end:%H:%M}")


def _in_between(step: Step) -> Sentence | None:
    """What a counted stretch passes over, and what it counts though it looks like a weekend."""
    texts = []
    if step.adjusted:
        texts.append(say("%(days)s调休上班，和平日一样计入。", days=_with_weekday(step.adjusted)))
    if len(step.passed) > LISTED:
        texts.append(say("期间的周末不计。"))
    elif step.passed:
        texts.append(say("%(days)s是周末，不计。", days=listed(step.passed)))
    return _together([*texts, *_assumed(step)])


def _assumed(step: Step) -> list[Sentence]:
    return [say(ASSUMED.text, year=step.last_on.year)] if step.assumed else []


def _together(texts: Sequence[Sentence]) -> Sentence | None:
    return reduce(lambda left, right: say("%(left)s%(right)s", left=left, right=right), texts) if texts else None


def _with_weekday(days: Sequence[date]) -> Sentence:
    return _joined([long_day_text(day) for day in days])


def _skipped(step: Step) -> _Said:
    note = counted("跳过 %(n)s 天", n=step.count)
    span = say("%(days)s。", days=span_text(step.first_on, step.last_on))
    names = _joined(step.names)
    if names == WEEKEND:
        return say("周末不算"), span, note, None
    basis = STATUTE if step.assumed else say(NOTICE.text, year=step.first_on.year)
    return say("%(names)s放假不算", names=names), span, note, basis


def _paused(step: Step) -> _Said:
    assert step.pause is not None
    title = say("暂停：%(reason)s", reason=step.pause.reason) if step.pause.reason else say("暂停")
    if step.pause.until is None:
        return title, say("%(day)s起暂停计时，恢复后接着数。", day=day_text(step.first_on)), say("暂停中"), None
    amount = _amount(step.count, step.unit)
    detail = say("%(days)s，这 %(amount)s不计。", days=span_text(step.first_on, step.last_on), amount=amount)
    return title, detail, say("暂停 %(amount)s", amount=amount), None


def _made_up(step: Step) -> _Said:
    return say("暂停过 %(limit)s，往后补上", limit=_label(step.limit)), None, day_text(step.first_on), None


def _extended(step: Step) -> _Said:
    return say("延期 %(limit)s", limit=_label(step.limit)), None, day_text(step.first_on), None


def _rolled(step: Step) -> _Said:
    title = say("最后一天不上班，顺延")
    names = _joined(step.names) if step.names else say("休息日")
    if step.pause and step.pause.until is None:
        detail = say("%(day)s是%(names)s，之后暂停计时，恢复后顺延到上班的第一天。", day=day_text(step.first_on), names=names)
        return title, detail, say("暂停中"), LAST_DAY
    last = long_day_text(step.last_on)
    detail = say("%(day)s是%(names)s，顺延到 %(last)s。", day=day_text(step.first_on), names=names, last=last)
    return title, _together([detail, *_assumed(step)]), day_text(step.last_on), LAST_DAY


_WORDS: dict[StepKind, Callable[[Step], _Said]] = {
    StepKind.CONVERTED: _converted,
    StepKind.SKIPPED: _skipped,
    StepKind.PAUSED: _paused,
    StepKind.MADE_UP: _made_up,
    StepKind.EXTENDED: _extended,
    StepKind.ROLLED: _rolled,
}
