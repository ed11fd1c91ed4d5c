"""The read side of difficulties: drafts, what was solved before, and which unit usually has such a thing."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from qinqing import base
from qinqing.base import Actor, Sentence, Verdict, say
from qinqing.casework import access as casework_access
from qinqing.casework import queries as casework
from qinqing.casework.models import Matter
from qinqing.casework.terms import Outcome, State, Timer
from qinqing.clock import rules as clock_rules
from qinqing.clock.limits import Limit, Unit
from qinqing.ledger import actions as ledger
from qinqing.parties import access as parties_access
from qinqing.parties import rules as parties_rules
from qinqing.texts import likeness
from qinqing.ui import dates

from . import access, rules, terms
from .models import Difficulty, Draft, Guest

POOL = 400


def draft(key: str, actor: Actor) -> Draft | None:
    """A draft by its secret key: the writer's own, or one that was typed before signing in."""
    found = Draft.objects.filter(key=key, spent_at=None).first() if key else None
    return found if found and found.account_id in (None, actor.account_id) else None


def looked_up(number: str, query_code: str) -> Matter | None:
    """A guest's matter, by its number and the code told at submission; None for any mismatch."""
    guest = Guest.objects.filter(difficulty__matter__number=number).exclude(query_hash="").first()
    given = query_code.strip().upper().replace("-", "").replace(" ", "")
    if guest is None or not secrets.compare_digest(ledger.commitment(guest.salt, given), guest.query_hash):
        return None
    return Matter.objects.get(number=number)


def callers(matter: Matter) -> list[str]:
    """The credit code and the phone that a guest left."""
    return [said for left in Guest.objects.filter(difficulty=matter.pk).values_list("code", "phone") for said in left]


def consents(matter: Matter, query_code: str) -> bool:
    """Whether the code is the one that was told to who brought this without an account."""
    return looked_up(matter.number, query_code) is not None


def draft_exists(key: str) -> bool:
    return Draft.objects.filter(key=key).exists()


def latest_draft(actor: Actor) -> Draft | None:
    if actor.account_id is None:
        return None
    kept = Draft.objects.filter(account=actor.account_id, enterprise=actor.enterprise_id, spent_at=None)
    return kept.order_by("-saved_at").first()


SOLVED = (Outcome.SOLVED, Outcome.PARTLY)


def is_solved(matter: Matter) -> bool:
    """Struck off as solved, at least in part: what may be shown to others, if the enterprise lets it."""
    return matter.state == State.CLOSED and matter.outcome in SOLVED


def published() -> QuerySet[Difficulty]:
    """What enterprises let everybody read, the latest first."""
    solved = Difficulty.objects.filter(published_at__isnull=False, matter__state=State.CLOSED, matter__outcome__in=SOLVED)
    return solved.select_related("matter").order_by("-published_at")


def solved_alike(text: str, limit: int = 3) -> list[Difficulty]:
    """Published ones, most alike first."""
    return likeness.nearest(text, published()[:POOL], key=lambda row: row.public_title, limit=limit)


def recently_solved(limit: int = 3) -> list[Difficulty]:
    return list(published()[:limit])


def publication(matter: Matter) -> tuple[str, str]:
    """Title and text proposed for everybody: what was asked and what was answered, without who and how much."""
    answer = casework.current_reply(matter)
    text = answer.statement.text if answer else ""
    title, text = (rules.redacted(words, matter.enterprise_name) for words in (matter.title, text))
    return title, text[:terms.PUBLIC_LENGTH]


def likely_topic(text: str) -> str:
    """The topic of the closed difficulty most like this text; empty when none is."""
    pool = Matter.objects.filter(kind=terms.KIND.key).exclude(topic="").order_by("-pk").only("title", "topic")[:POOL]
    best = likeness.nearest(text, pool, key=lambda row: row.title, limit=1)
    return best[0].topic if best else ""


@dataclass(frozen=True)
class UsualUnit:
    """Who had difficulties of a topic, and how many: the ground of a suggestion."""

    name: str
    cases: int


def usual_unit(topic: str) -> UsualUnit | None:
    """The unit that led most difficulties of a topic; a suggestion, a person decides."""
    row = (Matter.objects.filter(kind=terms.KIND.key, topic=topic, unit__isnull=False)
           .values("unit_name").annotate(cases=Count("pk")).order_by("-cases").first()) if topic else None
    return UsualUnit(row["unit_name"], row["cases"]) if row else None


@dataclass(frozen=True)
class Step:
    """What happens after submitting, within which time, and until when if it were submitted now."""

    when: Sentence
    what: Sentence
    by: str = ""


def afterwards() -> list[Step]:
    """By the limits in force, as they would begin to run now."""
    limits = casework.limits_of(terms.KIND.key, terms.Track.STANDARD)
    steps = [_step(Limit.parse(limits[timer][0]), what) for timer, what in _AFTERWARDS]
    return [*steps, Step(say("办结后"), say("您确认才算销号"))]


def _step(limit: Limit, what: Sentence) -> Step:
    due = clock_rules.deadline(base.now(), limit, casework.calendar()).at
    shown = dates.moment if limit.unit == Unit.WORKING_HOUR else dates.day
    return Step(say("%(limit)s内", limit=limit.label), what, shown(due) if due else "")


_AFTERWARDS = (
    (Timer.ACCEPT, say("受理，告诉您谁在办")), (Timer.RESPONSE, say("首次答复")), (Timer.SOLUTION, say("办结，由您确认")),
)


# —— what a matter's page shows of the difficulty ——

@dataclass(frozen=True)
class Detail:
    """What the enterprise wants and how to answer it; `guest` is who left name and phone without an account, masked."""

    difficulty: Difficulty
    matter: Matter
    facts: list[tuple[str, str]]
    guest: tuple[str, str] | None
    may_sort: bool
    may_publish: bool
    topics: list[tuple[str, Any]] = field(default_factory=lambda: list(terms.Topic.choices))
    scopes: list[tuple[str, Any]] = field(default_factory=lambda: list(terms.Scope.choices))


def detail(matter: Matter, actor: Actor) -> tuple[str, Detail | None]:
    """The template and its context; a matter whose difficulty is not written yet shows nothing."""
    difficulty = Difficulty.objects.filter(pk=matter.pk).select_related("guest").first()
    return "consultation/_difficulty.html", _shown(difficulty, matter, actor) if difficulty else None


def _shown(difficulty: Difficulty, matter: Matter, actor: Actor) -> Detail:
    facts = [(_("回复方式"), difficulty.get_reply_by_display()), (_("范围"), difficulty.get_scope_display()),
             (_("公开"), _publicity(difficulty, matter))]
    guest = getattr(difficulty, "guest", None)
    known = may_call_back(actor, matter)
    masked = parties_rules.masked_contact(guest.name, guest.phone, "")[:2] if guest and actor.is_staff and known else None
    may_change = matter.is_open and bool(may_sort(actor, matter))
    may_publish = is_solved(matter) and bool(access.may_publish(actor, matter.enterprise_id))
    shown = [(str(term), str(value)) for term, value in facts if value]
    return Detail(difficulty, matter, shown, masked, may_change, may_publish)


def _publicity(difficulty: Difficulty, matter: Matter) -> str:
    if difficulty.published_at:
        return _("已匿名公开")
    return _("办结后可以匿名公开") if difficulty.may_publish and matter.is_open else ""


def may_sort(actor: Actor, matter: Matter) -> Verdict:
    """Who dispatches it says what it is about."""
    return casework_access.may("dispatch", actor, casework.standing(actor, matter))


def may_call_back(actor: Actor, matter: Matter) -> Verdict:
    """Whether this actor may see how to reach who left a number: as for the contacts of the register."""
    named = casework_access.may_know_enterprise(actor, matter.anonymity, casework.standing(actor, matter))
    return named and parties_access.may_reveal_contact(actor, matter.county_id)
