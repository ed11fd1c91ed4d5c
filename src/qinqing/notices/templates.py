"""The registered wordings: what a notice says, where it goes, and which values it needs.

A package registers its own in `AppConfig.ready`: `templates.register(Template("matter.closed", _("…"), _("…"), (IN_APP, SMS)))`.
Title and body are Chinese sources of gettext with places such as `%(number)s`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import terms
from .terms import Channel

IN_APP, SMS, EMAIL = Channel.IN_APP, Channel.SMS, Channel.EMAIL

_PLACE = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Template:
    """One wording; it goes out at night, too, when it is urgent.

    With a channel of outside among `channels`, the recipient's own choice decides which one it is. `sms_code` is what
    the SMS platform knows the wording by; empty, it is the key.
    """

    key: str
    title: str | Promise
    body: str | Promise
    channels: tuple[Channel, ...] = (IN_APP,)
    sms_code: str = ""
    urgent: bool = False

    @property
    def places(self) -> set[str]:
        return set(_PLACE.findall(str(self.title)) + _PLACE.findall(str(self.body)))

    @property
    def goes_outside(self) -> bool:
        return bool(set(self.channels) & set(terms.OUTSIDE))


class Wording(NamedTuple):
    title: str
    body: str


class _Values(dict[str, str]):
    """A wording that changed since asks for values the row does not have."""

    def __missing__(self, key: str) -> str:
        return "…"


_registered: dict[str, Template] = {}


def register(*templates: Template) -> None:
    for template in templates:
        if _registered.setdefault(template.key, template) is not template:
            raise ValueError(f"{template.key!r} is registered twice")


def get(key: str) -> Template:
    """The template; an unknown key is a fault of the caller (`LookupError`)."""
    if key not in _registered:
        raise LookupError(f"no notice template {key!r}; register it in your AppConfig.ready")
    return _registered[key]


def values_for(template: Template, params: Mapping[str, object]) -> dict[str, str]:
    """Exactly the values that the wording shows, as texts; a missing one is a fault of the caller (`TypeError`)."""
    missing = template.places - params.keys()
    if missing:
        raise TypeError(f"notice {template.key!r} needs {', '.join(sorted(missing))}")
    return {place: str(params[place]) for place in sorted(template.places)}


def render(key: str, params: Mapping[str, str]) -> Wording:
    """The wording in the active language; rows of a template that is gone say so."""
    template = _registered.get(key, _GONE)
    values = _Values(params)
    return Wording(str(template.title) % values, str(template.body) % values)


_GONE = Template("", _("通知"), _("这类通知已停用，内容不再显示。"))

OWN = (
    Template(terms.CODE_TEMPLATE, _("验证码 %(code)s"), _("5 分钟内有效。不是您本人操作，请忽略。"), (SMS,), urgent=True),
    Template(terms.MAIL_TEMPLATE, "%(subject)s", "%(text)s", (EMAIL,), urgent=True),
)
