"""The write side of published figures: a measure, a year's value, its correction; one ledger entry each."""

from datetime import date
from decimal import Decimal

from qinqing import base
from qinqing.base.words import say
from qinqing.ledger import actions as ledger

from . import access
from .models import Measure, Value


@ledger.act
def add_measure(*, actor: base.Actor, code: str, name: str, unit: str, line: Decimal | None = None) -> Measure:
    """A further thing to cite. `line`: the first year at or above it is marked."""
    base.require(access.may_enter(actor))
    for field, said in (("code", code), ("name", name)):
        if Measure.objects.filter(**{field: said}).exists():
            raise base.Refused(say("已经有“%(name)s”了。", name=said), field=field)
    measure = Measure.objects.create(code=code, name=name, unit=unit, line=line)
    ledger.record("yearbook.measure_added", actor, f"measure:{measure.code}", {} if line is None else {"line": str(line)})
    return measure


@ledger.act
def enter(*, actor: base.Actor, measure: Measure, year: int, value: Decimal, source: str, published_on: date | None = None,
          reason: str = "") -> Value:
    """The value a source published for a year. One that is there already is corrected only with a reason, and stays readable."""
    base.require(access.may_enter(actor))
    if published_on is not None and published_on > base.today():
        raise base.Refused(say("发布日期还没有到。"), field="published_on")
    standing = Value.objects.select_for_update().filter(measure=measure, year=year, replaced_at=None).first()
    if standing is not None:
        _replace(standing, value, reason)
    entered = Value.objects.create(measure=measure, year=year, value=value, source=source, published_on=published_on,
                                   entered_by=actor.ref, entered_at=base.now())
    facts = {"year": year, "value": str(value)} | ({"instead_of": str(standing.value)} if standing else {})
    ledger.record("yearbook.corrected" if standing else "yearbook.entered", actor, f"measure:{measure.code}", facts)
    return entered


def _replace(standing: Value, value: Decimal, reason: str) -> None:
    if not reason.strip():
        said = say("%(year)s 年已录入 %(value)s，要更正请写明原因。", year=standing.year, value=standing.value)
        raise base.Refused(said, field="reason")
    if standing.value == value:
        raise base.Refused(say("和已录入的数值相同，不用更正。"), field="value")
    standing.replaced_at, standing.reason = base.now(), reason.strip()
    standing.save(update_fields=["replaced_at", "reason"])
