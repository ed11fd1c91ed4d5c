"""The write side: people, units and enterprises."""

from .city import describe_city
from .enterprises import move_enterprise, record_fact, register_enterprise, rename_enterprise
from .imports import EnterpriseRow, FactRow, Imported, import_enterprises, import_facts
from .people import (
    change_account,
    change_password,
    create_account,
    erase_person,
    issue_password,
    lock_account,
    reveal_contact,
    unlock_account,
    verify_phone,
)
from .posts import appoint, end_mandate, end_post, grant_mandate
from .signing import change_factor, choose_role, lock_out, sign_in, sign_in_failed, sign_out
from .tokens import issue_token, revoke_token
from .units import (
    DivisionRow,
    change_unit_phone,
    create_unit,
    import_divisions,
    merge_units,
    move_unit,
    rename_unit,
)

__all__ = [
    "DivisionRow", "EnterpriseRow", "FactRow", "Imported", "appoint", "change_account", "change_factor",
    "change_password", "change_unit_phone", "choose_role", "create_account", "create_unit", "describe_city",
    "end_mandate", "end_post", "erase_person", "grant_mandate", "import_divisions", "import_enterprises",
    "import_facts", "issue_password", "issue_token", "lock_account", "lock_out", "merge_units", "move_enterprise",
    "move_unit", "record_fact", "register_enterprise", "rename_enterprise", "rename_unit", "reveal_contact",
    "revoke_token", "sign_in", "sign_in_failed", "sign_out", "unlock_account", "verify_phone",
]  # fmt: skip
