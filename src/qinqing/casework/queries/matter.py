"""One matter as far as an actor may know of it, those of one person, and those alike."""


from django.db.models import CharField, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from qinqing.base import Actor
from qinqing.parties.models import Account
from qinqing.texts import likeness

from .. import terms
from ..models import Assignment, Matter, Statement
from ..terms import Speech, State


def find(actor: Actor, number: str) -> Matter | None:
    """The matter, if this actor may know of it; the page turns None into 404."""
    return (Matter.objects.visible_to(actor).filter(number=number)
            .select_related("enterprise", "unit", "handler", "county", "merged_into", "contact")
            .prefetch_related(Prefetch("assignments", Assignment.objects.select_related("unit", "handler", "section")))
            .first())


def brought_by(account: Account) -> QuerySet[Matter]:
    """The matters in the words of this person: written, or said to staff who entered them."""
    written = Statement.objects.filter(speech=Speech.ORIGINAL, author=account)
    return Matter.objects.filter(Q(pk__in=written.values("matter")) | Q(contact=account))


def erased() -> QuerySet[Matter]:
    """The matters whose original text was erased by law; what repeats it elsewhere goes too."""
    originals = Statement.objects.filter(speech=Speech.ORIGINAL, erased_at__isnull=False)
    return Matter.objects.filter(pk__in=originals.values("matter"))


def may_read_files(actor: Actor, matter_id: str) -> bool:
    """Who may know of a matter may read its files."""
    return Matter.objects.visible_to(actor).filter(pk=matter_id).exists()


def kept_subjects(actor: Actor) -> QuerySet[Matter, str]:
    """The matters of which the actor's unit must not learn that somebody was told: “matter:12”."""
    return Matter.objects.about(actor).values_list(Concat(Value("matter:"), Cast("pk", CharField())))


def similar(actor: Actor, text: str, *, limit: int = 3) -> list[Matter]:
    """Closed matters this actor may see whose title is most like the text."""
    pool = (Matter.objects.visible_to(actor).filter(state=State.CLOSED, outcome__in=_SOLVED)
            .order_by("-pk").only("number", "title", "unit_name", "outcome", "closed_at", "state", "is_open")[:400])
    return likeness.nearest(text, pool, key=lambda row: row.title, limit=limit)


_SOLVED = (terms.Outcome.SOLVED, terms.Outcome.PARTLY)
