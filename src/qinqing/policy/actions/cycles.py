"""A cycle on its way to consent: matched, checked by the department, published, the enterprises asked (M3-031)."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from qinqing import base
from qinqing.base import Actor, say
from qinqing.ledger import actions as ledger
from qinqing.parties.models import Unit
from qinqing.workdays import queries as workdays

from .. import computing, terms
from ..access import cycles as access
from ..models import Cycle, Entitlement, EntitlementQuerySet, PayeeAccount, PolicyItem
from ..queries import candidates
from ..queries import cycles as queries
from ..rules import cycles as rules
from ..terms.cycles import LEFT, NOTICE_DAYS, Agreed, Finding, State, Step
from . import benefit_telling as telling

CHUNK = 1_000


@ledger.act
def open_cycle(*, actor: Actor, item: PolicyItem, name: str, funder: Unit, budget_fen: int, budget_item: str,
               function_class: str, economic_class: str) -> Cycle:
    """Match a benefit with everybody in business, as the facts are now; nobody applies."""
    base.require(access.may_run(actor, item.owner_id))
    _require_automatic(item)
    found = candidates.find(item, base.today())
    if not found.candidates:
        raise base.Refused(say("没有比对出符合条件的企业，看了 %(n)s 户，其中 %(unknown)s 户缺数据。",
                               n=found.enterprises, unknown=found.unknown))
    cycle = Cycle.objects.create(
        number=_number(item), name=name, item=item, rule_sha256=computing.digest(item.rule), unit=item.owner, funder=funder,
        budget_fen=budget_fen, budget_item=budget_item, function_class=function_class, economic_class=economic_class,
        limit=item.limit, facts_on=base.today(), enterprises=found.enterprises, unknown=found.unknown,
        simulated=item.policy.simulated, matched_by_id=actor.account_id, matched_at=base.now())
    rows = [_entitled(cycle, candidate) for candidate in found.candidates]
    Entitlement.objects.bulk_create(rows, batch_size=CHUNK)
    record("opened", actor, cycle, item=item.code, version=item.version, rule=cycle.rule_sha256, facts_on=cycle.facts_on,
           enterprises=found.enterprises, unknown=found.unknown, budget=budget_fen, **_summed(rows))
    return cycle


def _require_automatic(item: PolicyItem) -> None:
    if item.mode != terms.Mode.AUTOMATIC or "amount" not in item.rule:
        raise base.Refused(say("只有能算出金额的免申即享事项才能比对拨付。"), field="item")
    if not PolicyItem.objects.in_force(base.today()).filter(pk=item.pk).exists():
        raise base.Refused(say("这一事项现在不在有效期内，不能比对。"), field="item")


def _number(item: PolicyItem) -> str:
    """The benefit's code, the year, and which of the year it is."""
    beginning = f"{item.code}-{base.today().year}-"
    return f"{beginning}{Cycle.objects.filter(number__startswith=beginning).count() + 1}"


def _entitled(cycle: Cycle, candidate: candidates.Candidate) -> Entitlement:
    one = candidate.enterprise
    return Entitlement(
        cycle=cycle, enterprise=one, name=one.name, registered_on=one.registered_on, facts=candidate.used,
        matched_fen=candidate.amount, amount_fen=candidate.amount, salt=ledger.new_salt(), changed_at=base.now())


def _summed(rows: Sequence[Entitlement]) -> dict[str, object]:
    """How many, how much, and the digest of who gets what."""
    lines = sorted(f"{row.enterprise.code},{row.amount_fen}" for row in rows)
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return {"count": len(rows), "sum": sum(row.amount_fen for row in rows), "list": digest}


# —— check ——


@dataclass(frozen=True)
class Checked:
    """What the department found of one enterprise; who fails is told the reason."""

    code: str
    finding: Finding
    reason: str = ""


@ledger.act
def check(*, actor: Actor, cycle: Cycle, rows: Iterable[Checked], responsible: str) -> Cycle:
    """The department's result for every enterprise of the list, with the person who answers for it."""
    cycle = take(cycle)
    base.require(access.may_run(actor, cycle.unit_id))
    if cycle.checked_at is not None:
        raise base.Stale(say("这一批已经核查过。"))
    if not responsible.strip():
        raise base.Refused(say("请写明核查责任人。"), field="responsible")
    found = {row.code: row for row in rows}
    waiting = list(cycle.entitlements.select_related("enterprise"))
    _require_same({row.enterprise.code for row in waiting}, set(found))
    out = [row for row in waiting if found[row.enterprise.code].finding != Finding.FITS]
    for row in out:
        row.state, row.left_at, row.changed_at = State.EXCLUDED, Step.CHECK, base.now()
        row.reason = found[row.enterprise.code].reason or say("部门查无记录").text
    Entitlement.objects.bulk_update(out, ["state", "left_at", "reason", "changed_at"], batch_size=CHUNK)
    cycle.entitlements.filter(state=State.MATCHED).update(state=State.CHECKED, changed_at=base.now())
    cycle.checked_at, cycle.checked_by_name = base.now(), responsible.strip()
    cycle.save(update_fields=["checked_at", "checked_by_name"])
    record("checked", actor, cycle, kept=len(waiting) - len(out), out=len(out), out_sum=sum(row.amount_fen for row in out))
    telling.excluded(cycle, out)
    return cycle


def _require_same(wanted: set[str], given: set[str]) -> None:
    if strange := sorted(given - wanted):
        raise base.Refused(say("%(code)s 不在这一批的名单里。", code=strange[0]), field="file")
    if missing := sorted(wanted - given):
        raise base.Refused(say("还有 %(n)s 户没有核查结果，例如 %(code)s。", n=len(missing), code=missing[0]), field="file")


# —— notice ——


@ledger.act
def publish_list(*, actor: Actor, cycle: Cycle) -> Cycle:
    """The list goes up for five working days; a second person answers for its publication."""
    cycle = take(cycle)
    base.require(access.may_sign(actor, cycle.unit_id, cycle.matched_by_id))
    if cycle.checked_at is None:
        raise base.Refused(say("部门还没有核查，不能公示。"))
    if cycle.noticed_at is not None:
        raise base.Stale(say("这一批已经公示。"))
    cycle.noticed_at = base.now()
    cycle.notice_until = rules.notice_end(base.today(), NOTICE_DAYS, workdays.calendar())
    cycle.save(update_fields=["noticed_at", "notice_until"])
    listed = cycle.entitlements.filter(state=State.CHECKED).update(state=State.NOTICED, changed_at=base.now())
    record("noticed", actor, cycle, count=listed, until=cycle.notice_until)
    return cycle


# —— consent ——


@ledger.act
def ask_consent(*, actor: Actor, cycle: Cycle) -> Cycle:
    """After the notice: who agreed beforehand is confirmed, everybody else is asked; disputed ones wait, the others go on."""
    cycle = take(cycle)
    base.require(access.may_run(actor, cycle.unit_id))
    if cycle.asked_at is not None:
        raise base.Stale(say("已经请企业确认。"))
    if cycle.noticed_at is None or not queries.is_notice_over(cycle):
        raise base.Refused(say("公示期满的下一天起才能请企业确认。"))
    cycle.asked_at = base.now()
    cycle.save(update_fields=["asked_at"])
    asked, confirmed = ask(cycle, cycle.entitlements.filter(state=State.NOTICED, held=False))
    record("asked", actor, cycle, asked=asked, confirmed=confirmed)
    return cycle


def ask(cycle: Cycle, rows: EntitlementQuerySet) -> tuple[int, int]:
    """Into the hands of the enterprises; gives how many are asked, and how many have said yes already by standing consent."""
    keys, now = list(rows.values_list("pk", flat=True)), base.now()
    mine = cycle.entitlements.filter(pk__in=keys)
    account = PayeeAccount.objects.filter(enterprise=OuterRef("enterprise"))
    confirmed = mine.filter(enterprise__payee_account__standing=True).update(
        state=State.CONFIRMED, consent=Agreed.STANDING, changed_at=now, payee=Subquery(account.values("payee")),
        bank=Subquery(account.values("bank")), account=Subquery(account.values("number")))
    asked = mine.filter(state=State.NOTICED)
    telling.asked(cycle, asked)
    return asked.update(state=State.CONFIRMING, changed_at=now, answer_by=answer_by(), reminded_at=None), confirmed


def answer_by() -> date:
    """For who is asked today."""
    return rules.answer_by(base.today(), workdays.calendar())


# —— what the verbs of a cycle share ——


def take(cycle: Cycle) -> Cycle:
    """Locked and fresh."""
    return Cycle.objects.select_for_update(of=("self",)).select_related("item__policy", "unit", "funder").get(pk=cycle.pk)


def record(verb: str, actor: Actor, cycle: Cycle, **facts: object) -> None:
    ledger.record(f"cycle.{verb}", actor, f"cycle:{cycle.number}", facts)


def close_when_done(cycle: Cycle) -> None:
    """Finished when nobody is asked, owed or held up any more."""
    open_states = [state for state in State if state not in LEFT | {State.PAID}]
    if cycle.asked_at and not cycle.entitlements.filter(state__in=open_states).exists():
        cycle.finished_at = cycle.finished_at or base.now()
        cycle.save(update_fields=["finished_at"])
