"""Taking in a register of relief: taxes, fees, rent. The whole file or nothing of it (M3-033, M3-034)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qinqing import base
from qinqing.base import Actor, say
from qinqing.ledger import actions as ledger
from qinqing.parties.models import Enterprise, Unit

from ..access import cycles as access
from ..models import Relief, ReliefFile
from ..terms.cycles import ReliefKind

CHUNK = 2_000


@dataclass(frozen=True)
class ReliefRow:
    """One line, by the enterprise's code; `row` is where it stands in the file."""

    row: int
    code: str
    amount_fen: int
    period_from: date
    period_to: date
    title: str
    landlord: str = ""
    automatic: bool = True


@ledger.act
def import_reliefs(*, actor: Actor, kind: ReliefKind, unit: Unit, source: str, rows: Sequence[ReliefRow],
                   sha256: str = "") -> ReliefFile:
    """Every line has an enterprise of the register, or none is taken in; the same file is taken in once."""
    base.require(access.may_take_in(actor))
    if not source.strip():
        raise base.Refused(say("请写明来源。"), field="source")
    digest = sha256 or digest_of(rows)
    if ReliefFile.objects.filter(sha256=digest).exists():
        raise base.Refused(say("这个文件已经导入过。"), field="file")
    enterprises = Enterprise.objects.filter(code__in={row.code for row in rows}).in_bulk(field_name="code")
    if strange := next((row for row in rows if row.code not in enterprises), None):
        raise base.Refused(say("第 %(row)s 行：企业名录里没有 %(code)s。", row=strange.row, code=strange.code), field="file")
    file = ReliefFile.objects.create(
        kind=kind, unit=unit, source=source.strip(), sha256=digest, count=len(rows), sum_fen=sum(row.amount_fen for row in rows),
        taken_in_by_id=actor.account_id, taken_in_at=base.now())
    Relief.objects.bulk_create([_relief(file, enterprises[row.code], row) for row in rows], batch_size=CHUNK)
    facts = {"kind": str(kind), "unit": unit.code, "count": file.count, "sum": file.sum_fen, "sha256": digest}
    ledger.record("relief.imported", actor, f"reliefs:{file.pk}", facts)
    return file


def _relief(file: ReliefFile, enterprise: Enterprise, row: ReliefRow) -> Relief:
    return Relief(
        file=file, enterprise=enterprise, title=row.title, landlord=row.landlord, amount_fen=row.amount_fen,
        period_from=row.period_from, period_to=row.period_to, automatic=row.automatic)


def digest_of(rows: Sequence[ReliefRow]) -> str:
    lines = [f"{row.code},{row.amount_fen},{row.period_from},{row.period_to},{row.title}" for row in rows]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
