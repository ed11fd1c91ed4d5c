"""What the enterprise can say about its own matter, and in which words it is offered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .. import actions
from ..forms import portal as forms


@dataclass(frozen=True)
class Verb:
    """One thing the enterprise can do: its form, the action it calls, what is said before and after."""

    label: Any
    icon: str
    form: type[forms.Versioned]
    act: Callable[..., Any]
    lead: Any
    done: Any
    last: bool = False  # it ends the matter
    afterwards: Any = ""  # the label once the matter has ended

    def named(self, *, is_open: bool) -> Any:
        return self.label if is_open or not self.afterwards else self.afterwards


VERBS = {
    "supplement": Verb(
        _("补充情况或材料"), "message-plus", forms.SupplementForm, actions.supplement,
        _("写给现在办这件事的人看，随时可以补。"), _("补充的内容收到了。")),
    "remind": Verb(
        _("提醒办理"), "bell-ringing", forms.RemindForm, actions.remind,
        _("提醒发给现在办这件事的人，并记进办理经过。"), _("已提醒现在办这件事的人。")),
    "appeal": Verb(
        _("一直没进展，请市里过问"), "flag", forms.AppealForm, actions.appeal,
        _("由市营商环境办直接看，不经过承办单位。"), _("已转市营商环境办过问。"),
        afterwards=_("没办到位，请市里过问")),
    "withdraw": Verb(
        _("撤回"), "arrow-back", forms.WithdrawForm, actions.withdraw,
        _("撤回以后不再办理。原文和经过都还在，需要时可以再提。"), _("已撤回。"), last=True),
}
