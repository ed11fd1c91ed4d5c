"""The registered wordings: what a notice says, where it goes, and which values it needs.

A package registers its own in `AppConfig.ready`: `templates.register(Template("matter.closed", _("…"), _("…"), (IN_APP, SMS)))`.
Title and body are Chinese sources of gettext with places such as `%(number)s`. Two places are kept as they are meant and
said as the reader says them: `due` is a day (2026-11-26), `what` is itself a source of gettext.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qinqing.ui import dates

from . import terms
from .terms import Channel

IN_APP, SMS, EMAIL = Channel.IN_APP, Channel.SMS, Channel.EMAIL

_PLACE = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Template:
    """One wording; it goes out at night, too, when it is urgent. `late` is the body once the day in `due` has passed.

    With a channel of outside among `channels`, the recipient's own choice decides which one it is. `sms_code` is what
    the SMS platform knows the wording by; empty, it is the key.
    """

    key: str
    title: str | Promise
    body: str | Promise
    channels: tuple[Channel, ...] = (IN_APP,)
    sms_code: str = ""
    urgent: bool = False
    late: str | Promise = ""

    @property
    def places(self) -> set[str]:
        return {place for words in (self.title, self.body, self.late) for place in _PLACE.findall(str(words))}

    def is_late(self, params: Mapping[str, str], at: datetime) -> bool:
        return bool(self.late and params.get("due")) and date.fromisoformat(params["due"]) < dates.local(at).date()

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


def render(key: str, params: Mapping[str, str], at: datetime) -> Wording:
    """The wording in the active language, true at that moment; rows of a template that is gone say so."""
    template = _registered.get(key, _GONE)
    body = template.late if template.is_late(params, at) else template.body
    values = _Values(spoken(params))
    return Wording(str(template.title) % values, str(body) % values)


def spoken(params: Mapping[str, str]) -> dict[str, str]:
    """The values as the reader says them."""
    return {name: _SPOKEN.get(name, str)(value) if value else "" for name, value in params.items()}


_SPOKEN: dict[str, Callable[[str], str]] = {"due": lambda value: dates.day(date.fromisoformat(value)), "what": gettext}


_GONE = Template("", _("通知"), _("这类通知已停用，内容不再显示。"))

OWN = (
    Template(terms.CODE_TEMPLATE, _("验证码 %(code)s"), _("5 分钟内有效。不是您本人操作，请忽略。"), (SMS,), urgent=True),
    Template(terms.MAIL_TEMPLATE, "%(subject)s", "%(text)s", (EMAIL,), urgent=True),
)
