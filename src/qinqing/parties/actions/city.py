"""The city that this installation serves."""

import hashlib
from collections.abc import Sequence

from django.db import transaction

from qinqing import base
from qinqing.ledger import actions as ledger
from qinqing.ledger.rules import entries

from .. import access, queries
from ..models import City


@ledger.act
def describe_city(
    *,
    actor: base.Actor,
    name: str,
    name_en: str,
    platform: str,
    platform_en: str,
    number_prefix: str,
    division: str,
    hotline: str,
    shifts: Sequence[Sequence[str]],
    takes_applications: bool = True,
    matches_policies: bool = True,
    province_platform: str = "",
    province_platform_en: str = "",
    province_address: str = "",
) -> City:
    """Say which city this is, and what it leaves to the province's platform. `shifts` are pairs like ["09:00", "12:00"]."""
    base.require(access.may_manage_units(actor))
    values = {
        "name": name, "name_en": name_en, "platform": platform, "platform_en": platform_en, "number_prefix": number_prefix,
        "division": division, "hotline": hotline, "shifts": [list(shift) for shift in shifts],
        "takes_applications": takes_applications, "matches_policies": matches_policies, "province_platform": province_platform,
        "province_platform_en": province_platform_en, "province_address": province_address,
    }  # fmt: skip
    city, _ = City.objects.update_or_create(id=1, defaults=values)
    queries.forget_city()
    transaction.on_commit(queries.forget_city)  # somebody may have read the former one meanwhile
    digest = hashlib.sha256(entries.canonical(values).encode()).hexdigest()
    said = {name: values[name] for name in ("number_prefix", "division", "takes_applications", "matches_policies")}
    ledger.record("city.described", actor, "city:1", said | {"sha256": digest})
    return city
