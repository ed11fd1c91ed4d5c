"""From the office to the unit: dispatch, sign, object, transfer, merge."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qinqing.base import say

from .. import queries
from .speaking import SHORT, UnversionedForm, VerbForm, in_some_cases, words, yes_or_no
from .units import HandlerField, SectionField, UnitField, UnitsField, holders

OTHER = "other"


class PlainForm(VerbForm):
    """Nothing to fill in: the button says it all."""


class LeadForm(forms.Form):
    """One lead unit for many matters."""

    lead = UnitField(label=_("主办单位"))

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.fields["lead"].queryset = holders()


class DispatchForm(VerbForm):
    """The lead from the suggestions or from the list, and any helpers."""

    template = "casework/_verb_dispatch.html"
    suggested = forms.ChoiceField(
        label=_("主办单位"), widget=forms.RadioSelect, error_messages={"required": _("请选择主办单位。")})
    lead = in_some_cases(UnitField(label=_("主办单位名称"), required=False))
    helpers = UnitsField(label=_("协办单位"), required=False, help_text=_("可以选几个。"))

    def prepare(self) -> None:
        self.fields["lead"].queryset = self.fields["helpers"].queryset = holders(self.matter)
        suggestions = queries.suggested_units(self.matter)
        self.hints = {one.unit.code: str(one) for one in suggestions}
        if not suggestions:
            del self.fields["suggested"]
            return
        self.fields["suggested"].choices = [*((one.unit.code, one.unit.name) for one in suggestions), (OTHER, _("另选单位"))]
        self.initial["suggested"] = suggestions[0].unit.code
        self.units = {one.unit.code: one.unit for one in suggestions}

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        chosen = values.pop("suggested", OTHER)
        if chosen != OTHER:
            values["lead"] = self.units[chosen]
        elif values.get("lead"):
            self.errors.pop("suggested", None)  # a unit from the list answers both questions
        elif not self.errors:
            self.add_error("lead", _("请选择主办单位。"))
        return values


class SignForm(VerbForm):
    """Who will handle it may be named at once or later."""

    handler = HandlerField(label=_("承办人"), required=False, help_text=_("可以签收以后再定。"))
    section = SectionField(label=_("承办科室"), required=False)

    def prepare(self) -> None:
        for name in ("handler", "section"):
            self.fields[name].of(self.matter.unit)
        if not self.fields["section"].queryset.exists():
            del self.fields["section"]

    def arguments(self) -> dict[str, Any]:
        """A person of a section brings the section with them: else the matter would not be on their list."""
        values = {"section": None} | super().arguments()
        place = self.fields["handler"].places.get(values["handler"].pk) if values["handler"] else None
        if place and not values["section"] and place.pk != self.matter.unit_id:
            values["section"] = place
        return values


class AssignForm(SignForm):
    handler = HandlerField(label=_("承办人"), required=False)


class HelperSignForm(UnversionedForm):
    """A helper signs its own part."""


class HelperAnswerForm(UnversionedForm):
    text = words(_("协办意见"), _("请写下协办意见。"), help_text=_("给主办单位看，企业看不到。"))


class ObjectionForm(VerbForm):
    reason = words(_("异议理由"), _("请写明为什么不该由本单位办，最好写出该由谁办。"),
                   help_text=_("只能提一次，裁定期间不计时。"), limit=SHORT)


class ObjectionDecisionForm(VerbForm):
    upheld = yes_or_no(_("派单异议"), _("成立，收回重新交办"), _("不成立，由原单位签收"), _("请选成立或不成立。"))
    reason = words(_("裁定理由"), _("请写明裁定理由。"), limit=SHORT)


class RecallForm(VerbForm):
    reason = words(_("为什么收回"), _("请写明为什么收回。"), limit=SHORT,
                   help_text=_("原单位看得到。办结期限不变，收回以后要另行交办。"))


class TransferForm(VerbForm):
    to = UnitField(label=_("转给"))
    reason = words(_("转办原因"), _("请写明转办原因。"), help_text=_("企业看得到转给了谁，看不到这段话。"), limit=SHORT)

    def prepare(self) -> None:
        self.fields["to"].queryset = holders(self.matter).exclude(pk=self.matter.unit_id)


class SeparationForm(VerbForm):
    reason = words(_("分开的原因"), _("请写明为什么分开单办。"),
                   help_text=_("企业看不到。时限接着算，像没有并过一样。"), limit=SHORT)


class MergeForm(VerbForm):
    into = forms.CharField(
        label=_("并入哪一件"), help_text=_("写编号，例如 GY-2026-1112-0032"), max_length=24,
        error_messages={"required": _("请写要并入的编号。")})
    reason = words(_("并件理由"), help_text=_("两家企业都会收到结果，只算一件。"), limit=SHORT, rows=2)

    def clean_into(self):
        number = self.cleaned_data["into"].strip()
        target = queries.find(self.actor, number)
        if target is None:
            raise forms.ValidationError(str(say("没有找到编号 %(number)s，请核对。", number=number)))
        return target
