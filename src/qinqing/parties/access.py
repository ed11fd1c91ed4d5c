"""Who may do what with people, units and enterprises; the three administrators are kept apart.

The system administrator keeps units and accounts and reads no business data; the security administrator gives and takes
posts and mandates, locks and erases; the audit administrator reads the logs and does nothing else.
"""

from collections.abc import Iterable

from qinqing.base import Actor, Role, Verdict
from qinqing.base.actor import ADMINISTRATORS, CITY_OFFICES, COUNTY_STAFF, UNIT_STAFF
from qinqing.base.verdict import YES, no
from qinqing.base.words import Sentence, say

SYSTEM_ROLE = "system"
MANDATING = CITY_OFFICES | {Role.COUNTY_OFFICE, Role.SECURITY_ADMIN}
REGISTERING = CITY_OFFICES | {Role.COUNTY_OFFICE, Role.HOTLINE_OPERATOR}
REVEALING = CITY_OFFICES | UNIT_STAFF | COUNTY_STAFF | {Role.HOTLINE_OPERATOR}
RECORDING = CITY_OFFICES | UNIT_STAFF | {Role.COUNTY_OFFICE}

_OTHER_COUNTY = say("只能办理本县区的企业。")
_ONESELF = say("不能办理自己的账号，请另一位管理员办理。")


def _one_of(actor: Actor, roles: frozenset[Role], refusal: Sentence) -> Verdict:
    return YES if actor.role == SYSTEM_ROLE or actor.role in roles else no(refusal)


def _in_county(actor: Actor, county_id: int | None) -> Verdict:
    """Staff of a county stay within it; everybody else is not held back."""
    if actor.role in COUNTY_STAFF and county_id != actor.county_id:
        return no(_OTHER_COUNTY)
    return YES


# —— units and accounts: the system administrator ——


def may_manage_units(actor: Actor) -> Verdict:
    return _one_of(actor, frozenset({Role.SYSTEM_ADMIN}), say("单位由系统管理员维护。"))


def may_see_units(actor: Actor) -> Verdict:
    return _one_of(actor, frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}), say("组织机构由系统管理员、安全管理员查看。"))


def may_create_account(actor: Actor) -> Verdict:
    roles = MANDATING - {Role.SECURITY_ADMIN} | {Role.SYSTEM_ADMIN}
    return _one_of(actor, roles, say("账号由系统管理员建立，企业经办人由营商环境办建立。"))


def may_see_people(actor: Actor) -> Verdict:
    return _one_of(actor, frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}), say("账号由系统管理员、安全管理员查看。"))


def may_change_account(actor: Actor, account_id: int) -> Verdict:
    if actor.account_id is not None and actor.account_id == account_id:
        return YES
    return _one_of(actor, frozenset({Role.SYSTEM_ADMIN}), say("账号资料由本人或系统管理员修改。"))


# —— posts, mandates, locks, erasure: the security administrator ——


def may_appoint(actor: Actor, account_id: int) -> Verdict:
    if actor.account_id == account_id:
        return no(_ONESELF)
    return _one_of(actor, frozenset({Role.SECURITY_ADMIN}), say("任职由安全管理员办理。"))


def may_lock(actor: Actor, account_id: int) -> Verdict:
    if actor.account_id == account_id:
        return no(_ONESELF)
    return _one_of(actor, frozenset({Role.SECURITY_ADMIN}), say("停用和恢复账号由安全管理员办理。"))


def may_erase(actor: Actor) -> Verdict:
    return _one_of(actor, frozenset({Role.SECURITY_ADMIN}), say("删除个人信息由安全管理员办理。"))


def may_see_mandates(actor: Actor) -> Verdict:
    return _one_of(actor, MANDATING, say("企业授权由营商环境办或安全管理员办理。"))


def may_grant_mandate(actor: Actor, county_id: int | None) -> Verdict:
    """`county_id`: where the enterprise is."""
    return may_see_mandates(actor) and _in_county(actor, county_id)


# —— enterprises ——


def may_register_enterprise(actor: Actor) -> Verdict:
    return _one_of(actor, REGISTERING, say("企业由营商环境办或 12345 登记。"))


def may_change_enterprise(actor: Actor, county_id: int | None) -> Verdict:
    return may_register_enterprise(actor) and _in_county(actor, county_id)


def may_import(actor: Actor) -> Verdict:
    return _one_of(actor, CITY_OFFICES, say("名录由市级统筹办公室导入。"))


def may_import_facts(actor: Actor, source_ids: Iterable[int]) -> Verdict:
    """Whole lists of facts: a unit's staff what their own unit says, the city's offices everybody's."""
    said = set(source_ids)
    return YES if actor.role in UNIT_STAFF and said and said <= actor.unit_ids else may_import(actor)


def may_record_fact(actor: Actor, enterprise_id: int, source_id: int | None) -> Verdict:
    """An enterprise speaks for itself without a source; staff name their own unit as the source."""
    if actor.role == Role.ENTERPRISE:
        own = actor.enterprise_id == enterprise_id and source_id is None
        return YES if own else no(say("企业只能申报自己的情况。"))
    if actor.role in UNIT_STAFF and source_id not in actor.unit_ids:
        return no(say("只能登记本单位掌握的事实。"))
    return _one_of(actor, RECORDING, say("企业事实由掌握数据的单位登记。"))


def may_reveal_contact(actor: Actor, county_id: int | None) -> Verdict:
    """Unmasking is for those who must call; `county_id`: where the enterprise is."""
    if actor.role in ADMINISTRATORS:
        return no(say("管理员不看企业联系方式。"))
    return _one_of(actor, REVEALING, say("联系方式只对办理人员开放。")) and _in_county(actor, county_id)


# —— what the administrators read ——


def may_read_business(actor: Actor) -> Verdict:
    return no(say("管理员不读业务数据。")) if actor.role in ADMINISTRATORS else YES


def may_read_logs(actor: Actor) -> Verdict:
    return _one_of(actor, frozenset({Role.AUDIT_ADMIN}), say("日志由审计管理员查看。"))
