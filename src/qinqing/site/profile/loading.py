"""Bringing a profile in: each change through the action it belongs to, all of them in one act."""

from qinqing import base
from qinqing.base import SYSTEM, say
from qinqing.casework import actions as casework
from qinqing.ledger import actions as ledger
from qinqing.parties import actions as parties
from qinqing.parties.models import Division, Unit

from .comparing import Change, Difference

SOURCE = "profile"


def load(difference: Difference) -> None:
    """Everything or nothing; raises Refused where a change cannot be made by a profile."""
    with ledger.act():
        for change in difference.of("city"):
            parties.describe_city(actor=SYSTEM, **change.after)
        if divisions := difference.of("divisions"):
            rows = [parties.DivisionRow(code=change.code, **change.after) for change in divisions]
            parties.import_divisions(actor=SYSTEM, rows=rows, source=SOURCE)
        for change in difference.of("units"):
            _create(change) if change.before is None else _change(change)
        if limits := difference.of("limits"):
            casework.set_limits(actor=SYSTEM, rows=[_limit(change) for change in limits])


def _create(change: Change) -> None:
    row = change.after
    parties.create_unit(
        actor=SYSTEM, code=change.code, name=row["name"], name_en=row["name_en"], kind=row["kind"],
        parent=_unit(row["parent"]), county=Division.objects.filter(code=row["division"]).first(),
    )


def _change(change: Change) -> None:
    """A unit may be renamed and moved; what it is stays."""
    if fixed := set(change.fields) - {"name", "parent"}:
        fields = "、".join(sorted(fixed))
        raise base.Refused(say("units.yaml: %(code)s: %(fields)s 设立后不能用配置包改", code=change.code, fields=fields))
    unit = Unit.objects.get(code=change.code)
    if "name" in change.fields:
        parties.rename_unit(actor=SYSTEM, unit=unit, name=change.after["name"])
    if "parent" in change.fields:
        parties.move_unit(actor=SYSTEM, unit=unit, parent=_unit(change.after["parent"]))


def _unit(code: str) -> Unit | None:
    return Unit.objects.get(code=code) if code else None


def _limit(change: Change) -> casework.LimitRow:
    kind, track, timer = change.code.split("/")
    return casework.LimitRow(kind=kind, track=track, timer=timer, **change.after)
