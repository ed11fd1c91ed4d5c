"""People, units and enterprises: who they are, what they may act for, and what is known of them.

A period is half-open: `valid_to` is the first day on which it no longer holds, so a post may end and be filled on one day.
"""

from datetime import date
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import ExpressionWrapper, F, Q, Value

from qinqing import base
from qinqing.base.actor import ADMINISTRATORS, CITY_OFFICES, COUNTY_STAFF

from . import terms


class PeriodQuerySet(models.QuerySet):
    def on(self, day: date) -> Self:
        return self.after(day).filter(valid_from__lte=day)

    def after(self, day: date) -> Self:
        """What holds on this day or on one that comes."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day))


class Period(models.Model):
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(name="%(class)s_period", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))),
        ]


# —— people ——


class AccountQuerySet(models.QuerySet):
    def visible_to(self, actor: base.Actor) -> Self:
        """The two administrators of people see all, everybody else sees who works in the own units, and oneself."""
        if actor.role in {base.Role.SYSTEM_ADMIN, base.Role.SECURITY_ADMIN}:
            return self
        mine = Q(id=actor.account_id)
        if actor.unit_ids:
            mine |= Q(id__in=Post.objects.filter(unit_id__in=actor.unit_ids).values("account_id"))
        return self.filter(mine)


class AccountManager(BaseUserManager.from_queryset(AccountQuerySet)):
    pass


class Account(AbstractBaseUser):
    """A person who can sign in. `salt` blinds what the ledger commits to; erasure deletes it with the values.

    `password_issued`: the password was made by an administrator; until the person chooses another, no role is given.
    """

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=20, blank=True)
    phone_verified = models.BooleanField(default=False)
    email = models.EmailField(blank=True)
    notify_by = models.CharField(max_length=10, choices=terms.NotifyBy, default=terms.NotifyBy.SMS)
    is_active = models.BooleanField(default=True)
    lock_reason = models.CharField(max_length=120, blank=True)
    password_issued = models.BooleanField(default=False)
    salt = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)
    demo_label = models.CharField(max_length=40, blank=True)
    demo_note = models.CharField(max_length=80, blank=True)
    demo_order = models.PositiveSmallIntegerField(null=True, blank=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = AccountManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phone"], name="account_phone_once", condition=~Q(phone="")),
        ]

    def __str__(self) -> str:
        return self.name


# —— places and units ——


class Division(models.Model):
    """One administrative division, GB/T 2260 and below; a functional zone carries a code of its own."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    level = models.CharField(max_length=10, choices=terms.DivisionLevel)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class UnitQuerySet(PeriodQuerySet):
    def below(self, unit: "Unit") -> Self:
        """The unit itself and everything under it, closed units included."""
        return self.filter(path__startswith=unit.path)

    def along(self, path: Any) -> Self:
        """The unit of this path, everything under it, and what it is a part of, up to the government."""
        over = Q(own__startswith=F("path")) & ~Q(kind=terms.UnitKind.GOVERNMENT)
        return self.alias(own=ExpressionWrapper(path, models.CharField())).filter(Q(path__startswith=path) | over)

    def meant_by(self, unit: "Unit") -> Self:
        """Whom a complaint about the unit is about; a government, being over everybody, stands for itself alone."""
        return self.filter(pk=unit.pk) if unit.kind == terms.UnitKind.GOVERNMENT else self.along(Value(unit.path))


class Unit(Period):
    """A department, county, zone, office, bank, chamber, or a section inside one.

    `path` is the way from the root, "/1/5/17/". A merged unit is closed and lies under its successor, so that who works
    there sees what it left behind.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=20, choices=terms.UnitKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=200, db_index=True)
    county = models.ForeignKey(Division, models.PROTECT, null=True, blank=True, related_name="units")
    phone = models.CharField(max_length=30, blank=True)
    fictional = models.BooleanField(default=False)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    objects = UnitQuerySet.as_manager()

    class Meta(Period.Meta):
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name


class UnitVersion(Period):
    """What a unit was called and where it belonged during one period."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="versions")
    name = models.CharField(max_length=80)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    salt = models.CharField(max_length=64)

    objects = PeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        ordering = ["valid_from", "id"]

    def __str__(self) -> str:
        return self.name


class Post(Period):
    """A person's place in a unit, as the A or the B person of it."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=30, choices=base.Role)
    part = models.CharField(max_length=1, choices=terms.Part, default=terms.Part.A)
    title = models.CharField(max_length=60, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["account", "unit", "role", "title"],
                name="post_once_while_open",
                condition=Q(valid_to=None),
            ),
        ]
        indexes = [models.Index(fields=["unit", "role"], name="post_unit_role")]

    def __str__(self) -> str:
        return f"post:{self.id}"


# —— enterprises ——


class EnterpriseQuerySet(models.QuerySet):
    def visible_to(self, actor: base.Actor) -> Self:
        """The register: an enterprise sees itself, a county its own, other staff all; administrators see none."""
        if actor.role == base.SYSTEM.role:
            return self
        if actor.role == base.Role.ENTERPRISE:
            return self.filter(id=actor.enterprise_id)
        if not actor.is_staff or actor.role in ADMINISTRATORS:
            return self.none()
        if actor.role in COUNTY_STAFF:
            return self.filter(county_id=actor.county_id)
        return self


class Enterprise(models.Model):
    """A market entity, known by its unified social credit code. The contact is personal and shown masked."""

    code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=120, db_index=True)
    kind = models.CharField(max_length=12, choices=terms.EnterpriseKind, default=terms.EnterpriseKind.COMPANY)
    division = models.ForeignKey(Division, models.PROTECT, null=True, blank=True, related_name="enterprises")
    county = models.ForeignKey(Division, models.PROTECT, null=True, blank=True, related_name="county_enterprises")
    address = models.CharField(max_length=200, blank=True)
    industry_code = models.CharField(max_length=5, blank=True, db_index=True)
    size_class = models.CharField(max_length=14, choices=terms.SizeClass, default=terms.SizeClass.UNKNOWN)
    size_class_on = models.DateField(null=True, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    contact_name = models.CharField(max_length=60, blank=True)
    contact_phone = models.CharField(max_length=20, blank=True)
    contact_email = models.EmailField(blank=True)
    salt = models.CharField(max_length=64, blank=True)

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["county", "kind", "size_class"], name="enterprise_strata")]

    def __str__(self) -> str:
        return self.name


class EnterpriseName(Period):
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="names")
    name = models.CharField(max_length=120, db_index=True)
    salt = models.CharField(max_length=64)

    objects = PeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        ordering = ["valid_from", "id"]

    def __str__(self) -> str:
        return self.name


class Mandate(Period):
    """A person acts for an enterprise."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="mandates")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="mandates")
    kind = models.CharField(max_length=20, choices=terms.MandateKind, default=terms.MandateKind.AUTHORISED)

    objects = PeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["account", "enterprise"], name="mandate_once_while_open", condition=Q(valid_to=None)),
        ]

    def __str__(self) -> str:
        return f"mandate:{self.id}"


class FactQuerySet(models.QuerySet):
    def visible_to(self, actor: base.Actor) -> Self:
        """An enterprise sees its own, city offices all, a county those of its enterprises, a unit what it said itself;
        other staff what is public; administrators nothing. Who handles a matter reads through `queries.facts_of`.
        """
        if actor.role == base.SYSTEM.role or actor.role in CITY_OFFICES:
            return self
        if actor.role == base.Role.ENTERPRISE:
            return self.filter(enterprise_id=actor.enterprise_id)
        if actor.role in COUNTY_STAFF:
            return self.filter(enterprise__county_id=actor.county_id)
        if not actor.is_staff or actor.role in ADMINISTRATORS:
            return self.none()
        return self.filter(Q(permitted_use=terms.PermittedUse.PUBLIC) | Q(source_id__in=actor.unit_ids))

    def for_use(self, use: str) -> Self:
        """Facts that may be used so: public ones always, those for statistics only in statistics."""
        if use == terms.PermittedUse.STATISTICS_ONLY:
            return self
        return self.filter(permitted_use__in={use, terms.PermittedUse.PUBLIC})


class Fact(models.Model):
    """One thing known of an enterprise: its value, who says so, for which day, and what it may be used for."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="facts")
    name = models.CharField(max_length=60)
    value = models.JSONField()
    source = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="facts")
    as_of = models.DateField()
    permitted_use = models.CharField(max_length=16, choices=terms.PermittedUse, default=terms.PermittedUse.SERVICE)
    salt = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "name", "as_of", "source"], name="fact_once"),
            models.UniqueConstraint(fields=["enterprise", "name", "as_of"], name="fact_own_once", condition=Q(source=None)),
        ]
        indexes = [models.Index(fields=["enterprise", "name", "-as_of"], name="fact_latest")]

    def __str__(self) -> str:
        return f"{self.name}@{self.as_of}"


class ContactReveal(models.Model):
    """Somebody looked at a contact unmasked, and said what for."""

    revealed_by = models.ForeignKey(Account, models.PROTECT, related_name="reveals")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, null=True, blank=True, related_name="reveals")
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="revealed")
    purpose = models.CharField(max_length=200)
    salt = models.CharField(max_length=64)
    revealed_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="reveal_of_one",
                condition=Q(enterprise=None, account__isnull=False) | Q(enterprise__isnull=False, account=None),
            ),
        ]

    def __str__(self) -> str:
        return f"reveal:{self.id}"


# —— programs ——


class ApiToken(models.Model):
    """A program's key: only its hash is kept. It acts as one post or mandate of one account, within its scopes."""

    name = models.CharField(max_length=60)
    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    acting_as = models.CharField(max_length=30)
    scopes = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"token:{self.id}"


# —— the city ——


class City(models.Model):
    """The one city that this installation serves; a profile brings it. `shifts` are the working hours of a day.

    Where it takes no applications or matches no policies, the province's platform does, at its address.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=40, blank=True)
    name_en = models.CharField(max_length=60, blank=True)
    platform = models.CharField(max_length=40, blank=True)
    platform_en = models.CharField(max_length=60, blank=True)
    number_prefix = models.CharField(max_length=6, default="QQ")
    division = models.CharField(max_length=12, blank=True)
    hotline = models.CharField(max_length=30, blank=True)
    shifts = models.JSONField(default=list)
    takes_applications = models.BooleanField(default=True)
    matches_policies = models.BooleanField(default=True)
    province_platform = models.CharField(max_length=40, blank=True)
    province_platform_en = models.CharField(max_length=60, blank=True)
    province_address = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="one_city", condition=Q(id=1))]

    def __str__(self) -> str:
        return self.name
