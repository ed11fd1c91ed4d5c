"""A matter and what belongs to it: assignments, clocks, statements, replies, confirmations (M0-002, M1-014).

`Matter` is also its own list row: what a list shows or filters by stands in it, with indexes made for the lists.
"""

from typing import Any

from django.db import models
from django.db.models import Q

from qinqing.base import Actor
from qinqing.base.actor import CITY_OFFICES, UNIT_STAFF
from qinqing.parties.models import Account, Division, Enterprise, Unit

from . import access, terms


class MatterQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "MatterQuerySet":
        """The rows this actor may know of: the same filter in list, count, detail, search and export."""
        limits = access.row_filter(actor)
        rows = self.exclude(_about(actor)) if actor.role in CITY_OFFICES | UNIT_STAFF else self
        if limits is None:
            return rows
        if not limits:
            return self.none()
        (key, value), = limits.items()
        return _LIMITS[key](rows, value)

    def about(self, actor: Actor) -> "MatterQuerySet":
        """The complaints that mean the actor's own unit."""
        return self.filter(_about(actor))

    def running(self) -> "MatterQuerySet":
        return self.filter(is_open=True)


def _about(actor: Actor) -> Q:
    return Q(about_unit__in=actor.line_ids)


def _of_units(rows: MatterQuerySet, unit_ids) -> MatterQuerySet:
    """In the hands of these units or sections.

    Whose part has ended reads it no more: what comes later is not theirs to know, what came before is in the ledger.
    """
    held = Assignment.objects.filter(ended_at__isnull=True).values("matter")
    mine = held.filter(unit__in=unit_ids).union(held.filter(section__in=unit_ids))  # an OR would find neither index
    return rows.filter(pk__in=mine)


def _of_county(rows: MatterQuerySet, county_id: int) -> MatterQuerySet:
    return rows.filter(Q(about_unit=None) | ~Q(about_unit__county=county_id), county=county_id)


_LIMITS = {
    "enterprise": lambda rows, pk: rows.filter(enterprise=pk),
    "units": _of_units,
    "county": _of_county,
    "registered_for": lambda rows, pk: rows.filter(registered_for=pk),
}


class Matter(models.Model):
    """One thing the government owes somebody. `queue_at` orders the lists: the due moment, or the end of time.

    The moments of asking (`terms.ASKED_AT`) stand until the office has answered; while one of them stands, the matter is
    `to_decide`: a column of its own, for SQLite reads no index alone that holds a generated one.
    """

    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=24)
    track = models.CharField(max_length=24)
    title = models.CharField(max_length=80)
    topic = models.CharField(max_length=24, blank=True)

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, null=True, related_name="matters", db_index=False)
    enterprise_name = models.CharField(max_length=120, blank=True)
    contact = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Division, on_delete=models.PROTECT, null=True, related_name="+")
    county_name = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=16, choices=terms.Channel)
    route = models.CharField(max_length=24, choices=terms.Route)
    anonymity = models.CharField(max_length=16, choices=terms.Anonymity, default=terms.Anonymity.OPEN)
    about_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    registered_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    registered_for = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    salt = models.CharField(max_length=64)

    state = models.CharField(max_length=16, choices=terms.State, default=terms.State.SUBMITTED)
    is_open = models.BooleanField(default=True)
    outcome = models.CharField(max_length=16, choices=terms.Outcome, blank=True)
    ground = models.CharField(max_length=16, choices=terms.Ground, blank=True)
    level = models.PositiveSmallIntegerField(choices=terms.Level, default=terms.Level.UNIT)
    urgent = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    round = models.PositiveSmallIntegerField(default=1)
    transfers = models.PositiveSmallIntegerField(default=0)

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    unit_name = models.CharField(max_length=60, blank=True)
    handler = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    first_receiver = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    proposed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    received_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    paused_at = models.DateTimeField(null=True)
    promised_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    supervised_at = models.DateTimeField(null=True)
    appealed_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    objected_at = models.DateTimeField(null=True)
    disputed_at = models.DateTimeField(null=True)
    extension_asked_at = models.DateTimeField(null=True)
    rejected_at = models.DateTimeField(null=True)
    to_decide = models.BooleanField(default=False)

    timer = models.CharField(max_length=16, choices=terms.Timer, blank=True)
    due_at = models.DateTimeField(null=True)
    soon_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)
    queue_at = models.DateTimeField()

    objects = MatterQuerySet.as_manager()

    class Meta:
        indexes = [
            # Lists read open rows by their place in the queue. Counts and keys of a page come from the index alone: SQLite
            # takes it only when it holds all that is asked for, `is_open` too.
            models.Index(fields=["queue_at", "id", "is_open", "about_unit"], name="matter_queue", condition=Q(is_open=True)),
            models.Index(fields=["county", "queue_at", "id"], name="matter_county", condition=Q(is_open=True)),
            models.Index(fields=["unit", "queue_at", "id"], name="matter_unit", condition=Q(is_open=True)),
            models.Index(fields=["opened_at", "is_open", "about_unit"], name="matter_opened", condition=Q(is_open=True)),
            models.Index(fields=["id", "is_open", "state", "queue_at", "about_unit", "unit"], name="matter_open",
                         condition=Q(is_open=True)),
            models.Index(fields=["state", "queue_at", "id", "about_unit", "to_decide"], name="matter_state"),
            models.Index(fields=["queue_at", "id", "to_decide", "about_unit"], name="matter_to_decide",
                         condition=Q(to_decide=True)),
            models.Index(fields=["enterprise", "-id"], name="matter_enterprise"),
            models.Index(fields=["kind", "received_at"], name="matter_received"),
        ]
        constraints = [
            models.CheckConstraint(name="matter_open_iff_not_ended", condition=(
                Q(is_open=True) & ~Q(state__in=sorted(terms.ENDED))
                | Q(is_open=False) & Q(state__in=sorted(terms.ENDED)))),
            models.CheckConstraint(name="matter_closed_with_ground", condition=(
                ~Q(state__in=[terms.State.CONFIRMED, terms.State.CLOSED]) | ~Q(ground=""))),
            models.CheckConstraint(name="matter_at_unit_has_unit", condition=(
                ~Q(state__in=sorted(terms.AT_UNIT)) | Q(unit__isnull=False))),
            models.CheckConstraint(name="matter_never_at_the_unit_it_is_about", condition=(
                Q(about_unit__isnull=True) | Q(unit__isnull=True) | ~Q(unit=models.F("about_unit")))),
        ]

    def __str__(self) -> str:
        return self.number


class Assignment(models.Model):
    """A unit's part in a matter: lead or helper, each with its own clocks."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="assignments", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    part = models.CharField(max_length=8, choices=terms.Part)
    section = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    handler = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    dispatched_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # Whose part is it, and is it signed: answered from the index alone, for every row that a unit counts.
            models.Index(fields=["matter", "unit", "section", "ended_at", "signed_at", "part"], name="assignment_matter"),
            models.Index(fields=["unit", "matter", "dispatched_at"], name="assignment_unit", condition=Q(ended_at__isnull=True)),
            models.Index(fields=["section", "matter"], name="assignment_section",
                         condition=Q(section__isnull=False, ended_at__isnull=True)),
            models.Index(fields=["unit", "section", "matter"], name="assignment_unsigned",
                         condition=Q(ended_at__isnull=True, signed_at__isnull=True)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["matter"], name="one_lead_at_a_time",
                                    condition=Q(part=terms.Part.LEAD, ended_at__isnull=True)),
        ]


class Clock(models.Model):
    """One running or stopped limit. `due_at` is a projection: it can be recomputed from limit, pauses, extensions."""

    instead: Any = None  # read only: the day that a reply put in its place

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="clocks")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    timer = models.CharField(max_length=16, choices=terms.Timer)
    limit = models.CharField(max_length=8, blank=True, help_text="7wd, 30d, 3m, 1wh; empty: a fixed date")
    extension = models.CharField(max_length=8, blank=True)
    basis = models.CharField(max_length=120, blank=True)
    started_at = models.DateTimeField()
    fixed_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    soon_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)
    calendar = models.CharField(max_length=24, blank=True)
    stopped_at = models.DateTimeField(null=True)
    late = models.GeneratedField(expression=Q(stopped_at__gt=models.F("due_at")), output_field=models.BooleanField(null=True),
                                 db_persist=True)

    class Meta:
        indexes = [
            models.Index(fields=["stopped_at", "matter"], name="clock_running"),
            models.Index(fields=["matter", "unit", "due_at"], name="clock_of_unit",
                         condition=Q(unit__isnull=False, stopped_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.timer}"


class Pause(models.Model):
    """While it waits for the enterprise, or while a dispatch is disputed, the clocks stand still."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="pauses")
    reason = models.CharField(max_length=16, choices=[("enterprise", "enterprise"), ("objection", "objection")])
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Extension(models.Model):
    """An asked extension; the approver is never the unit that asks."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="extensions")
    limit = models.CharField(max_length=8)
    reason = models.CharField(max_length=400)
    requested_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)


class Statement(models.Model):
    """What somebody said about a matter, word for word; never edited, at most erased by law (M1-014)."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="statements")
    round = models.PositiveSmallIntegerField(default=1)
    speech = models.CharField(max_length=16, choices=terms.Speech)
    audience = models.CharField(max_length=16, choices=terms.Audience, default=terms.Audience.EVERYBODY)
    text = models.TextField(blank=True)
    salt = models.CharField(max_length=64)
    author = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    from_enterprise = models.BooleanField(default=False)
    said_at = models.DateTimeField()
    entry = models.BigIntegerField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["matter", "said_at"], name="statement_matter")]


class Reply(models.Model):
    """The lead unit's answer. One that promises a later act asks nothing: its date becomes the clock."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="replies")
    round = models.PositiveSmallIntegerField()
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=16, choices=terms.Outcome)
    basis = models.CharField(max_length=400, blank=True)
    legal_route = models.CharField(max_length=400, blank=True)
    promised_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    fulfilled_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField()


class Confirmation(models.Model):
    """The enterprise's word (or what stands for it): solved or not, and apart from that satisfied or not."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="confirmations")
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=16, choices=terms.Ground)
    solved = models.BooleanField()
    satisfaction = models.PositiveSmallIntegerField(choices=terms.Satisfaction, null=True)
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()


class Contact(models.Model):
    """A documented attempt to reach the enterprise, by somebody outside the unit."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="contacts")
    round = models.PositiveSmallIntegerField()
    means = models.CharField(max_length=8, choices=terms.Means)
    reached = models.BooleanField()
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()


class SupervisionOrder(models.Model):
    """一事一督办: who ordered it, why, by when, and when it was lifted."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="supervisions")
    reason = models.CharField(max_length=400)
    due_on = models.DateField(null=True)
    ordered_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    ordered_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)


class LimitRule(models.Model):
    """A city's own limit for one timer of one track; without a row the kind's own default holds."""

    kind = models.CharField(max_length=24)
    track = models.CharField(max_length=24)
    timer = models.CharField(max_length=16, choices=terms.Timer)
    limit = models.CharField(max_length=8)
    basis = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "track", "timer"], name="one_limit_per_timer")]


class Sequence(models.Model):
    """The last number given out on a day: numbers have no gaps that an act did not leave."""

    day = models.DateField(primary_key=True)
    last = models.PositiveIntegerField(default=0)


