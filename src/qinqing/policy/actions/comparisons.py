"""部门比对: asking a department about a list of enterprises, and taking its answers in as facts, all of them or none (M3-030)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from qinqing import base
from qinqing.base import Actor, Role, say
from qinqing.eligibility import belonging, catalogue
from qinqing.eligibility.units import Unreadable
from qinqing.ledger import actions as ledger
from qinqing.notices import actions as notices
from qinqing.notices.templates import IN_APP, Template
from qinqing.parties import actions as parties
from qinqing.parties import queries as people
from qinqing.parties.models import Enterprise, Unit
from qinqing.parties.terms import PermittedUse

from .. import access, comparing
from ..models import Comparison, ComparisonRow
from ..queries import comparisons as queries

CHUNK = 2_000
ASKED = Template("comparison.asked", _("请比对 %(count)s 家企业"), _("条件：%(words)s。下载名单，填好结果传回来。"), (IN_APP,))


@ledger.act
def ask_comparison(*, actor: Actor, name: str, operator: str, value: Any, unit: Unit,
                   enterprises: Iterable[Enterprise]) -> Comparison:
    """One condition on one fact, asked of the unit that holds it; its liaison is told."""
    base.require(access.may_compare(actor))
    _require_sound(name, operator, value)
    asked = list(enterprises)
    if not asked:
        raise base.Refused(say("没有缺这个数据的企业，不用比对。"), field="name")
    comparison = Comparison.objects.create(
        name=name, operator=operator, value=value, unit=unit, asked_for_id=actor.unit_id, asked_by_id=actor.account_id,
        asked_at=base.now())
    rows = [ComparisonRow(comparison=comparison, enterprise=enterprise) for enterprise in asked]
    ComparisonRow.objects.bulk_create(rows, batch_size=CHUNK)
    facts = {"unit": unit.code, "name": name, "operator": operator, "count": len(rows)}
    ledger.record("comparison.asked", actor, f"comparison:{comparison.pk}", facts)
    _tell(actor, comparison, len(rows))
    return comparison


def _require_sound(name: str, operator: str, value: Any) -> None:
    """A condition that cannot be read, or on a fact for statistics, is not asked."""
    try:
        fact = catalogue.standard().find(name)
    except Unreadable as unreadable:
        raise base.Refused(unreadable.sentence, field="name") from unreadable
    if fact.use == catalogue.NOT_FOR_MATCHING:
        raise base.Refused(say("%(fact)s只用于统计，不能比对。", fact=fact.label), field="name")
    try:
        belonging.within(fact, operator, value)
    except Unreadable as unreadable:
        raise base.Refused(unreadable.sentence, field="value") from unreadable


def _tell(actor: Actor, comparison: Comparison, count: int) -> None:
    words = queries.in_words(comparison.name, comparison.operator, comparison.value)
    notices.notify(
        actor=actor, template=ASKED.key, about=f"comparison:{comparison.pk}", count=count, words=words,
        to=[account.pk for account in people.holders(comparison.unit, Role.LIAISON)], url=f"/desk/comparisons/{comparison.pk}/")


@ledger.act
def answer_comparison(*, actor: Actor, comparison: Comparison, answers: Sequence[comparing.Answer], responsible: str,
                      as_of: date, sha256: str = "") -> Comparison:
    """Each answer on its row, and as a fact of the unit for that day; `responsible` is who stands by it."""
    comparison = Comparison.objects.select_for_update(of=("self",)).select_related("unit").get(pk=comparison.pk)
    base.require(access.may_answer_comparison(actor, comparison.unit_id))
    if as_of > base.today():
        raise base.Refused(say("日期不能在将来。"), field="as_of")
    if not responsible.strip():
        raise base.Refused(say("请写明由谁负责。"), field="responsible")
    by_code = {answer.code: answer for answer in answers}
    rows = list(queries.rows(comparison).filter(enterprise__code__in=by_code))
    for row in rows:
        answer = by_code[row.enterprise.code]
        row.answer, row.value, row.responsible, row.as_of = answer.result, answer.value, responsible.strip(), as_of
    ComparisonRow.objects.bulk_update(rows, ["answer", "value", "responsible", "as_of"], batch_size=CHUNK)
    if kept := _facts(comparison, by_code.values(), as_of):
        parties.import_facts(actor=actor, rows=kept, source=f"comparison-{comparison.pk}", sha256=sha256)
    comparison.answered_at = base.now()
    comparison.save(update_fields=["answered_at"])
    counted = {str(result): sum(answer.result == result for answer in answers) for result in comparing.WORDS.values()}
    ledger.record("comparison.answered", actor, f"comparison:{comparison.pk}", counted | {"as_of": as_of, "sha256": sha256})
    return comparison


def _facts(comparison: Comparison, answers: Iterable[comparing.Answer], as_of: date) -> list[parties.FactRow]:
    question = queries.question(comparison)
    kept = [(answer.code, question.kept(answer)) for answer in answers]
    return [parties.FactRow(code, *fact, as_of=as_of, source=comparison.unit.code, permitted_use=PermittedUse.MATCHING)
            for code, fact in kept if fact is not None]
