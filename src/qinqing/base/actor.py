"""Who acts: an account, in one role, for one unit or one enterprise at a time."""

from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    ENTERPRISE = "enterprise", _("企业")
    LIAISON = "liaison", _("单位联络员")
    HANDLER = "handler", _("承办人")
    UNIT_LEADER = "unit_leader", _("单位负责人")
    ENVIRONMENT_OFFICE = "environment_office", _("营商环境办")
    PRIVATE_ECONOMY_OFFICE = "private_economy_office", _("民营办")
    EFFICIENCY_OFFICE = "efficiency_office", _("效能办")
    CITY_GOVERNMENT_OFFICE = "city_government_office", _("市政府办")
    COUNTY_OFFICE = "county_office", _("县区营商环境办")
    COUNTY_LEADER = "county_leader", _("县区领导")
    CITY_LEADER = "city_leader", _("市领导")
    HOTLINE_OPERATOR = "hotline_operator", _("12345 话务员")
    CHAMBER = "chamber", _("商会协会")
    EVALUATOR = "evaluator", _("第三方评估")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDIT_ADMIN = "audit_admin", _("审计管理员")


CITY_OFFICES = frozenset({
    Role.ENVIRONMENT_OFFICE, Role.PRIVATE_ECONOMY_OFFICE, Role.EFFICIENCY_OFFICE, Role.CITY_GOVERNMENT_OFFICE,
})
UNIT_STAFF = frozenset({Role.LIAISON, Role.HANDLER, Role.UNIT_LEADER})
COUNTY_STAFF = frozenset({Role.COUNTY_OFFICE, Role.COUNTY_LEADER})
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
LEADERS = frozenset({Role.CITY_LEADER, Role.COUNTY_LEADER})
INTAKE = frozenset({Role.HOTLINE_OPERATOR, Role.CHAMBER, Role.EVALUATOR})


@dataclass(frozen=True)
class Actor:
    """`unit_ids` holds the own unit and everything below it; `acting_as` is the one post or mandate in use.

    `line_ids` holds those of which a complaint about one is about the own unit, too: see `Unit.objects.meant_by`.
    `place` is the name of the unit or enterprise, as the page's header shows it beside the person's.
    """

    account_id: int | None = None
    role: str = ""
    name: str = ""
    unit_id: int | None = None
    unit_ids: frozenset[int] = field(default_factory=frozenset)
    line_ids: frozenset[int] = field(default_factory=frozenset)
    county_id: int | None = None
    enterprise_id: int | None = None
    acting_as: str = ""
    place: str = ""

    @property
    def ref(self) -> str:
        """How the ledger names this actor: never by a person's name."""
        if self.account_id:
            return f"account:{self.account_id}"
        return "system" if self.role == "system" else "public"

    @property
    def is_staff(self) -> bool:
        return self.role not in ("", "system", Role.ENTERPRISE)


SYSTEM = Actor(role="system", name="系统")
PUBLIC = Actor()
