"""The registered verbs: what may be written into the ledger, and what each is called in Chinese."""

import re
from collections.abc import Mapping

from django.utils.functional import Promise

_FORM = re.compile(r"[a-z_]+(\.[a-z_]+)+")
_labels: dict[str, str | Promise] = {}


def register(verbs: Mapping[str, str | Promise]) -> None:
    """Make verbs known (`{"matter.opened": _("提交")}`); called in `AppConfig.ready`. One verb has one label."""
    for verb, name in verbs.items():
        if not _FORM.fullmatch(verb):
            raise ValueError(f"{verb!r} is not a verb: write noun.done in lower case")
        if _labels.setdefault(verb, name) is not name:
            raise ValueError(f"{verb!r} is registered twice")


def known(verb: str) -> bool:
    return verb in _labels


def label(verb: str) -> str:
    """The Chinese label; a verb that no package registers any more names itself."""
    return str(_labels.get(verb, verb))
