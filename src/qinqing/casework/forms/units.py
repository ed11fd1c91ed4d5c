"""Choosing units and people: grouped by kind, so that a plain list can be read."""

from collections.abc import Iterator
from itertools import groupby

from django import forms
from django.db.models import Q, QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from qinqing import base
from qinqing.base import Role
from qinqing.parties import queries as parties
from qinqing.parties.models import Account, Post, Unit
from qinqing.parties.terms import DivisionLevel, UnitKind

from ..models import Matter

HOLDERS = (
    UnitKind.DEPARTMENT, UnitKind.CENTRAL, UnitKind.UTILITY, UnitKind.COUNTY, UnitKind.ZONE, UnitKind.COUNTY_OFFICE,
    UnitKind.COUNTY_UNIT, UnitKind.PARTY, UnitKind.COURT, UnitKind.OFFICE,
)


ORDER = (*HOLDERS, *(kind for kind in UnitKind if kind not in HOLDERS))
FEW_LETTERS = _("输入单位名称里的几个字")


def holders(matter: Matter | None = None) -> QuerySet[Unit]:
    """The units that can be given a matter today; never the one it complains about."""
    units = Unit.objects.on(base.today()).filter(kind__in=HOLDERS)
    return units.exclude(pk__in=Unit.objects.meant_by(matter.about_unit)) if matter and matter.about_unit else units


class _ByKind(ModelChoiceIterator):
    def __iter__(self) -> Iterator:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        units = sorted(self.queryset, key=lambda unit: (ORDER.index(UnitKind(unit.kind)), unit.code))
        for kind, group in groupby(units, key=lambda unit: unit.kind):
            yield UnitKind(kind).label, [self.choice(unit) for unit in group]


class _ByLevel(ModelChoiceIterator):
    def __iter__(self) -> Iterator:
        yield "", self.field.empty_label
        divisions = sorted(self.queryset, key=lambda division: (division.level != DivisionLevel.COUNTY, division.code))
        for level, group in groupby(divisions, key=lambda division: division.level):
            yield DivisionLevel(level).label, [self.choice(division) for division in group]


class CountyField(forms.ModelChoiceField):
    """A county, or a zone of its own among the zones."""

    iterator = _ByLevel

    def __init__(self, **options) -> None:
        super().__init__(queryset=parties.counties(), to_field_name="code", **options)


class UnitField(forms.ModelChoiceField):
    """One unit by its code. With JavaScript a few characters of the name find it."""

    iterator = _ByKind

    def __init__(self, **options) -> None:
        options.setdefault("empty_label", _("请选择单位"))
        super().__init__(
            queryset=Unit.objects.none(), to_field_name="code", widget=forms.Select(attrs={"data-picker": FEW_LETTERS}),
            error_messages={"required": _("请选择单位。"), "invalid_choice": _("没有这个单位，请从列表里选。")}, **options)


class UnitsField(forms.ModelMultipleChoiceField):
    """Any number of units by their codes; with JavaScript they are picked one after the other."""

    iterator = _ByKind

    def __init__(self, **options) -> None:
        super().__init__(
            queryset=Unit.objects.none(), to_field_name="code",
            widget=forms.SelectMultiple(attrs={"data-picker": FEW_LETTERS, "data-unpick": _("去掉"), "size": 8}), **options)


class SectionField(forms.ModelChoiceField):
    """A section of the unit that holds the matter."""

    def __init__(self, **options) -> None:
        super().__init__(queryset=Unit.objects.none(), to_field_name="code", empty_label=_("不指定科室"), **options)

    def of(self, unit: Unit) -> None:
        self.queryset = Unit.objects.on(base.today()).below(unit).filter(kind=UnitKind.SECTION)


class HandlerField(forms.ModelChoiceField):
    """A person who works in the unit or in one of its sections."""

    def __init__(self, **options) -> None:
        super().__init__(queryset=Account.objects.none(), empty_label=_("不指定到人"), **options)
        self.places: dict[int, Unit] = {}

    def of(self, unit: Unit) -> None:
        roles = (Role.HANDLER, Role.LIAISON, Role.UNIT_LEADER)
        posts = (Post.objects.on(base.today()).filter(unit__path__startswith=unit.path, role__in=roles)
                 .select_related("unit").order_by("unit__path"))
        self.places = {post.account_id: post.unit for post in posts}
        self.queryset = Account.objects.filter(Q(pk__in=self.places), is_active=True).order_by("name")

    def label_from_instance(self, account: Account) -> str:
        return f"{account.name}（{self.places[account.pk].name}）"
