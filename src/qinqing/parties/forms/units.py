"""Forms for the tree of units."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qinqing import base

from .. import queries, terms
from ..models import Unit


class UnitChoice(forms.ModelChoiceField):
    """A standing unit, indented by its depth in the tree."""

    def __init__(self, **options) -> None:
        super().__init__(queryset=Unit.objects.none(), **options)

    def label_from_instance(self, unit: Unit) -> str:
        return "　" * (unit.path.count("/") - 2) + unit.name


class StandingUnits(forms.Form):
    """A form whose unit fields offer what stands today, but for what lies below `apart_from`."""

    def __init__(self, *args, apart_from: Unit | None = None, **options) -> None:
        super().__init__(*args, **options)
        standing = Unit.objects.on(base.today())
        if apart_from:
            standing = standing.exclude(path__startswith=apart_from.path)
        for field in self.fields.values():
            if isinstance(field, UnitChoice):
                field.queryset = standing


class UnitForm(StandingUnits):
    name = forms.CharField(label=_("名称"), max_length=80)
    code = forms.RegexField(
        r"^[a-z0-9_-]+$",
        label=_("代码"),
        max_length=40,
        help_text=_("只用小写字母、数字、“-”和“_”，以后不再改变。"),
        error_messages={"invalid": _("代码只用小写字母、数字、“-”和“_”。")},
    )
    kind = forms.ChoiceField(label=_("类别"), choices=terms.UnitKind.choices)
    parent = UnitChoice(label=_("上级单位"), required=False, empty_label=_("没有上级"))
    county = forms.ModelChoiceField(
        queries.counties(),
        label=_("所在县区"),
        required=False,
        empty_label=_("与上级相同"),
    )
    phone = forms.CharField(label=_("办公电话"), max_length=30, required=False)


class OnDay(forms.Form):
    """A change that holds from a day on."""

    on = forms.DateField(
        label=_("生效日期"), required=False, help_text=_("不填就是今天。"), widget=forms.DateInput(attrs={"type": "date"})
    )


class RenameForm(OnDay):
    name = forms.CharField(label=_("新名称"), max_length=80)
    field_order = ("name", "on")


class MoveForm(StandingUnits, OnDay):
    parent = UnitChoice(label=_("新的上级单位"), required=False, empty_label=_("没有上级"))
    field_order = ("parent", "on")


class MergeForm(StandingUnits, OnDay):
    into = UnitChoice(
        label=_("并入哪个单位"), empty_label=_("请选择"), help_text=_("人员和科室转到这个单位，原有事项也由它继续办。")
    )
    field_order = ("into", "on")


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label=_("办公电话"), max_length=30, required=False, help_text=_("企业看到的是这个号码，不填个人手机。")
    )
