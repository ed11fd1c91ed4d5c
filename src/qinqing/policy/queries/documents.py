"""One policy as its page shows it: text, clauses, benefits, reviews, and when it became public where (M3-012)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from qinqing import base
from qinqing.base import Actor, Named
from qinqing.clock import rules as clock
from qinqing.clock.calendar import Calendar
from qinqing.clock.limits import Limit
from qinqing.clock.spans import working_days_between
from qinqing.documents.models import Attachment
from qinqing.eligibility import catalogue, units
from qinqing.workdays import queries as workdays

from .. import rules, terms
from ..models import Clause, Entitlement, Following, GateReview, Policy, PolicyItem, Publication
from ..rules import evidence as proving
from ..rules.evidence import Proof
from ..terms.cycles import State
from . import library


def files_of(policy: Policy) -> str:
    """The subject under which its official text is kept as files."""
    return f"policy:{policy.number}"


def may_read_files(actor: Actor, number: str) -> bool:
    """Who may read a policy may have its official text."""
    return Policy.objects.visible_to(actor).filter(number=number).exists()


@dataclass(frozen=True)
class Made:
    """A piece that became public; `days` are the working days since the issue."""

    publication: Publication
    days: int


@dataclass(frozen=True)
class Owed:
    """A piece that must be public by `due_on`; `made` when it is."""

    piece: terms.Piece
    due_on: date
    made: Made | None
    today: date

    @property
    def is_late(self) -> bool:
        return (self.made.publication.published_on if self.made else self.today) > self.due_on


@dataclass(frozen=True)
class Paid:
    """What reached enterprises so far: how many times, and how much together."""

    times: int
    amount: Named


@dataclass(frozen=True)
class Evidence:
    """What one benefit rests on: each proof with the fact that it is about."""

    item: PolicyItem
    proofs: Sequence[tuple[Proof, catalogue.Fact]]

    @property
    def is_written(self) -> bool:
        """Whether there is something to tell: what nobody has written down is not shown as an open question."""
        return any(proof.is_written for proof, _fact in self.proofs)


@dataclass(frozen=True)
class Page:
    """All that stands on a policy's page and does not depend on who reads it."""

    policy: Policy
    standing: terms.Standing
    clauses: Sequence[Clause]
    items: Sequence[PolicyItem]
    reviews: Sequence[GateReview]
    made: Sequence[Made]
    owed: Sequence[Owed]
    followed_by: Sequence[Policy]
    paid: Paid | None
    originals: Sequence[Attachment]
    evidence: Sequence[Evidence]


def page(actor: Actor, number: str, day: date) -> Page | None:
    """The policy with everything about it, as far as the actor may see it; the same queries whatever it holds."""
    policy = Policy.objects.visible_to(actor).select_related("issuer", "supersedes").filter(number=number).first()
    if policy is None:
        return None
    calendar = workdays.calendar()
    made = [_made(publication, policy, calendar) for publication in policy.publications.all()]
    items = list(policy.items.current().select_related("owner", "basis"))
    return Page(
        policy=policy, standing=library.standing_of(policy, day), clauses=list(policy.clauses.all()), items=items,
        evidence=[evidence_of(item) for item in items],
        reviews=list(policy.reviews.select_related("reviewer")), made=made, owed=owed(policy, made, calendar),
        followed_by=list(policy.superseded_by.visible_to(actor)), paid=paid(policy),
        originals=list(Attachment.objects.of(files_of(policy)).kept()))


def _made(publication: Publication, policy: Policy, calendar: Calendar) -> Made:
    return Made(publication, working_days_between(policy.issued_on, publication.published_on, calendar))


def evidence_of(item: PolicyItem) -> Evidence:
    facts = catalogue.standard().facts
    return Evidence(item, [(proof, facts[proof.fact]) for proof in proving.proofs(item.rule, item.evidence, facts)])


def paid(policy: Policy) -> Paid | None:
    """Nothing where nothing was paid yet: a nought would look like a figure."""
    rows = Entitlement.objects.filter(cycle__item__policy=policy, state=State.PAID)
    sums = rows.aggregate(times=Count("pk"), fen=Sum("amount_fen"))
    return Paid(sums["times"], units.shown(sums["fen"], "money")) if sums["times"] else None


def owed(policy: Policy, made: Sequence[Made], calendar: Calendar) -> list[Owed]:
    """List, manual and guide, each with its day and whether it came in time."""
    due = list_due_on(policy, calendar)
    first: dict[str, Made] = {}
    for one in made:
        first.setdefault(one.publication.piece, one)
    return [Owed(piece, due, first.get(piece), base.today()) for piece in terms.OWED]


def list_due_on(policy: Policy, calendar: Calendar) -> date:
    """Until when list, manual and guide must be public; counted from the issue."""
    due = clock.deadline(policy.issued_on, Limit.parse(terms.LIST_LIMIT), calendar).on
    assert due is not None
    return due


def follows(actor: Actor, policy: Policy | None) -> bool:
    """Whether this person is told of changes."""
    if not actor.enterprise_id:
        return False
    return Following.objects.filter(account=actor.account_id or 0, enterprise=actor.enterprise_id, policy=policy).exists()


# —— what reads wrong ——


def findings(page: Page) -> list[rules.Finding]:
    """Of every clause and every benefit; they warn, a person decides."""
    found = [finding for clause in page.clauses
             for finding in rules.findings_of_clause(clause.number, clause.original, clause.plain)]
    for item in page.items:
        words = (item.title, item.conditions, item.benefit)
        found += rules.findings_of_rule(item.title, item.rule, words)
        proofs = [(proof, fact.label) for proof, fact in evidence_of(item).proofs]
        found += proving.findings_of_evidence(item.title, item.mode, proofs)
        found += rules.findings_of_item(item.title, item.basis.original if item.basis else None, item.benefit)
    return found
