"""The unit at work, and what the office decides about it."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qinqing.clock.limits import Limit
from qinqing.ui import dates

from .. import queries, rules
from ..terms import REPLY_OUTCOMES, Outcome
from .speaking import SHORT, FilesField, UnversionedForm, VerbForm, day, in_some_cases, words, yes_or_no

OUTCOME_HINTS = {
    Outcome.SOLVED: _("事情已经办成，或答应哪天办成"),
    Outcome.PARTLY: _("办成一部分，写清哪部分没办"),
    Outcome.EXPLAINED: _("政策不支持，写清依据；不算解决"),
    Outcome.NOT_YET: _("写清哪天再复核"),
    Outcome.REFERRED: _("应走复议、诉讼、仲裁等程序"),
}


class AskForm(VerbForm):
    question = words(_("要企业补充什么"), _("请写清楚要企业补充什么。"),
                     help_text=_("企业补充以前暂停计时。一次说清，不要分几次要。"))
    files = FilesField()


class ProgressForm(VerbForm):
    text = words(_("办理进展"), _("请写下办理进展。"), help_text=_("企业看得到。第一次写就算首次答复。"))
    files = FilesField()


class ReplyForm(VerbForm):
    """One form for all outcomes; what an outcome needs stands beside it, `wanted_for` folds the rest away."""

    template = "casework/_verb_reply.html"
    hints = OUTCOME_HINTS
    outcome = forms.ChoiceField(
        label=_("办理结果"), choices=[(one.value, one.label) for one in REPLY_OUTCOMES], widget=forms.RadioSelect,
        error_messages={"required": _("请选一种办理结果。")})
    text = words(_("答复"), _("请写下答复。"), help_text=_("写给企业看：办成了什么，什么时候，找谁。"), rows=6)
    basis = in_some_cases(words(_("政策依据"), help_text=_("文件名称、文号和条款；解释说明的必须写"), limit=SHORT, rows=2))
    legal_route = in_some_cases(
        words(_("法定途径"), help_text=_("向哪个机关、按什么程序、在多长时间内提出"), limit=SHORT, rows=2))
    review_on = in_some_cases(day(_("复核日期"), help_text=_("到这一天再答复一次，期限按这一天计")))
    promised_on = day(_("承诺办成的日期"), help_text=_("已经办成的不填。填了就不请企业确认，到期办成再请"))
    evidence = in_some_cases(
        words(_("办结依据"), help_text=_("凭什么看得出办成了：文件、合同、到账、现场照片。没有依据不能销号"), rows=3))
    files = FilesField()
    wanted_for = {
        "basis": (Outcome.EXPLAINED, Outcome.PARTLY, Outcome.REFERRED), "legal_route": (Outcome.REFERRED,),
        "review_on": (Outcome.NOT_YET,), "promised_on": (Outcome.SOLVED, Outcome.PARTLY),
        "evidence": (Outcome.SOLVED, Outcome.PARTLY),
    }

    def clean(self) -> dict[str, Any]:
        """What the outcome still needs is said together with the rest."""
        values = super().clean()
        lack = rules.reply_lack(
            outcome=values.get("outcome", ""), basis=values.get("basis", ""), review_on=values.get("review_on"),
            promised_on=values.get("promised_on"), route=values.get("legal_route", ""),
            owed=self.matter.promised_on is not None)
        if lack and lack[0] not in self.errors:
            self.add_error(lack[0], str(lack[1]))
        return values

    def dependent(self) -> list[tuple[Any, str]]:
        """The fields that only some outcomes need, each with those outcomes."""
        return [(self[name], " ".join(outcomes)) for name, outcomes in self.wanted_for.items()]


class ExtensionForm(VerbForm):
    days = forms.IntegerField(
        label=_("延长几个工作日"), help_text=_("最多和原来的期限一样长，只能延一次"), min_value=1,
        error_messages={"required": _("延期写成工作日数，例如 5。"), "invalid": _("延期写成工作日数，例如 5。"),
                        "min_value": _("延期写成工作日数，例如 5。")})
    reason = words(_("延期原因"), _("请写明为什么要延期，企业会看到。"), help_text=_("企业看得到。"), limit=SHORT)

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        return values | {"limit": f"{values.pop('days')}wd"}


class ExtensionDecisionForm(VerbForm):
    """What is asked for and what would come of it stand above the decision."""

    template = "casework/_verb_extension.html"
    granted = yes_or_no(_("延期申请"), _("同意"), _("不同意"), _("请选同意或不同意。"))
    reason = words(_("说明"), help_text=_("企业看得到。"), limit=SHORT)

    def asked(self) -> list[tuple[Any, Any]]:
        found = queries.asked_extension(self.matter)
        if found is None:
            return []
        extension, before, after = found
        return [(_("申请延长"), Limit.parse(extension.limit).label), (_("延期原因"), extension.reason),
                (_("现在的办结期限"), _day_of(before)), (_("同意以后"), _day_of(after))]


def _day_of(moment: datetime | None) -> Any:
    return dates.day(moment) if moment else _("暂停，待定")


class EvidenceForm(VerbForm):
    text = words(_("办结依据"), _("请写明办结依据，例如文件、合同、到账或现场照片。"))
    files = FilesField()


class FulfilForm(VerbForm):
    text = words(_("办成了什么"), _("请写明办成了什么、凭什么看得出来。"), help_text=_("提交后请企业确认。"))
    files = FilesField()


class SupplementForm(VerbForm):
    text = words(_("补充情况"), _("请写下要补充的情况。"), help_text=_("您或本单位代登记的，可以代企业补充。"))
    files = FilesField()


class NoteForm(UnversionedForm):
    text = words(_("内部备注"), _("请写下备注。"), help_text=_("只有办理各方看得到，企业看不到。"), rows=3)
