"""One digest over the registers: what two loads with the same seed have in common.

Salts, passwords and keys are left out; rows name one another by their place in the order of keys, so that the digest does
not depend on where a sequence began.
"""

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, ForeignKey, Model

from qinqing.ledger.models import Entry

REGISTERS = ("parties", "workdays", "casework", "consultation", "policy")
LEFT_OUT = frozenset({"salt", "password", "last_login", "entry"})


def of_registers() -> str:
    """SHA-256 in hex over every row of every register, and over the verbs of the ledger in their order."""
    digest = hashlib.sha256()
    for line in _lines():
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def _lines() -> Iterator[str]:
    place_of = cache(_places)
    for label in REGISTERS:
        for model in apps.get_app_config(label).get_models():
            yield from (f"{model._meta.label} {row}" for row in _rows(model, place_of))
    for verb, happened_at in Entry.objects.order_by("pk").values_list("verb", "happened_at"):
        yield f"{verb} {happened_at.isoformat()}"


def _places(model: type[Model]) -> dict[Any, int]:
    return {key: place for place, key in enumerate(model._base_manager.order_by("pk").values_list("pk", flat=True))}


def _rows(model: type[Model], place_of: Any) -> Iterator[str]:
    fields = [field for field in model._meta.concrete_fields if field.name not in LEFT_OUT]
    for values in model._base_manager.order_by("pk").values_list(*(field.attname for field in fields)):
        row = [_shown(field, value, place_of) for field, value in zip(fields, values, strict=True)]
        yield json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)


def _shown(field: Field, value: Any, place_of: Any) -> Any:
    if isinstance(field, ForeignKey):
        return value if value is None else place_of(field.related_model)[value]
    return place_of(field.model)[value] if field.primary_key else value
