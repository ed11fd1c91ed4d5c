"""After the reply: reaching the enterprise, judging, striking off, supervising."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..terms import Means
from .speaking import SHORT, VerbForm, day, words, yes_or_no


class ContactForm(VerbForm):
    means = forms.ChoiceField(
        label=_("怎么联系的"), choices=Means.choices, widget=forms.RadioSelect,
        error_messages={"required": _("请选联系方式。")})
    reached = yes_or_no(_("联系上了没有"), _("联系上了"), _("没联系上"), _("请选联系上了没有。"))
    text = words(_("联系结果"), _("请写下联系的结果。"), help_text=_("企业看不到。"), rows=3)


class UnreachedForm(VerbForm):
    reason = words(_("联系经过"), _("请写明联系经过。"),
                   help_text=_("要在三个不同的工作日、用至少两种方式联系过，都有记录。"), limit=SHORT)


class ProposalForm(VerbForm):
    reason = words(_("提议理由"), _("请写明哪些合理诉求已办到位，依据是什么。"),
                   help_text=_("要由另一人认定才算数，单独统计。"), limit=SHORT)


class JudgementForm(VerbForm):
    reason = words(_("认定理由"), _("请写明认定理由。"), limit=SHORT)


class ReworkForm(VerbForm):
    reason = words(_("裁定理由"), _("请写明裁定理由。"), help_text=_("企业看得到。单位重新办理，重新计时。"), limit=SHORT)


class CloseForm(VerbForm):
    text = words(_("核查情况"), _("请写明核查了什么、依据是否属实。"), help_text=_("企业看不到。"), limit=SHORT)


class ReopenForm(VerbForm):
    reason = words(_("重新办理的原因"), _("请写明为什么重新办理。"), help_text=_("企业看得到。上升一级，重新计时。"), limit=SHORT)


class SeeToForm(VerbForm):
    text = words(_("问到的情况，接下来怎么办"), _("请写下问到的情况和接下来怎么办。"), help_text=_("企业和承办单位都看得到。"))


class SupervisionForm(VerbForm):
    reason = words(_("督办原因和要求"), _("请写明督办的原因和要求。"), limit=SHORT)
    due_on = day(_("要求哪天办成"))


class LiftForm(VerbForm):
    reason = words(_("解除原因"), _("请写明为什么解除督办。"), limit=SHORT)
