"""Forms for the register of enterprises."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qinqing import base

from .. import terms, uscc
from ..models import Division, Enterprise
from .signing import MobileField
from .units import OnDay

ABOVE = (terms.DivisionLevel.PROVINCE, terms.DivisionLevel.CITY)


class DivisionChoice(forms.ModelChoiceField):
    """A county, a zone or a town of the city; towns stand indented below their county."""

    def __init__(self, **options) -> None:
        super().__init__(queryset=Division.objects.exclude(level__in=ABOVE), empty_label=_("请选择"), **options)

    def label_from_instance(self, division: Division) -> str:
        at_top = division.level in {terms.DivisionLevel.COUNTY, terms.DivisionLevel.ZONE}
        return division.name if at_top else f"　{division.name}"


class RegisterForm(forms.Form):
    code = forms.CharField(label=_("统一社会信用代码"), max_length=30, help_text=_("营业执照上的 18 位代码，登记后不再改变。"))
    name = forms.CharField(label=_("企业名称"), max_length=120)
    kind = forms.ChoiceField(label=_("类型"), choices=terms.EnterpriseKind.choices, initial=terms.EnterpriseKind.COMPANY)
    division = DivisionChoice(label=_("所在县区、乡镇"))
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    industry_code = forms.CharField(
        label=_("行业代码"), max_length=5, required=False, help_text=_("国民经济行业分类（GB/T 4754-2017），例如 C1521。"))
    registered_on = forms.DateField(label=_("成立日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    contact_name = forms.CharField(label=_("联系人"), max_length=60, required=False)
    contact_phone = MobileField(required=False)

    def clean_code(self) -> str:
        try:
            return uscc.sound(self.cleaned_data["code"])
        except base.Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class RenameEnterpriseForm(OnDay):
    name = forms.CharField(
        label=_("新名称"), max_length=120, help_text=_("原来的名称保留，按原名也查得到；以前的事项仍写当时的名称。"))
    field_order = ("name", "on")

    def __init__(self, *args, enterprise: Enterprise, **options) -> None:
        super().__init__(*args, initial={"name": enterprise.name}, **options)
        self.enterprise = enterprise

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if name == self.enterprise.name:
            raise forms.ValidationError(_("和现在的名称一样，请写新名称。"))
        return name


class MoveEnterpriseForm(forms.Form):
    division = DivisionChoice(label=_("迁到哪个县区、乡镇"), help_text=_("以前的事项仍算在原来的县区。"))
    address = forms.CharField(label=_("新地址"), max_length=200, required=False, help_text=_("不填就保留原来的地址。"))
