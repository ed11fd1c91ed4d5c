"""One row of an imported 事项清单, and the file it comes in; every fault by line and column."""

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qinqing import base
from qinqing.parties.models import Unit

from .. import lists, terms
from ..lists import COLUMNS, Fault
from ..models import PolicyItem
from .desk import REQUIRED
from .sheets import Day

LARGEST = 2 * 1024 * 1024
DAY = {"invalid": gettext_lazy("不是日期，应写成 2026-03-01。"), **REQUIRED}
CODE = {"invalid": gettext_lazy("只能用字母、数字、短横线和下划线。"), **REQUIRED}


class ByLabel(forms.ChoiceField):
    """The official word or the code behind it."""

    def to_python(self, value: Any) -> str:
        by_label = {str(label): code for code, label in self.choices}
        return by_label.get(value, value)

    def validate(self, value: Any) -> None:
        if value and not self.valid_value(value):
            raise forms.ValidationError(_("“%(value)s”不认识，应为 %(known)s 之一。") % {
                "value": value, "known": "、".join(str(label) for _code, label in self.choices)})
        super().validate(value)


def text(length: int, **options: Any) -> forms.CharField:
    return forms.CharField(max_length=length, error_messages=REQUIRED, **options)


class RowForm(forms.Form):
    number = forms.SlugField(max_length=terms.NUMBER_LENGTH, error_messages=CODE)
    document_number = text(terms.DOCUMENT_NUMBER_LENGTH, required=False)
    policy = text(terms.TITLE_LENGTH)
    summary = text(terms.SUMMARY_LENGTH)
    issuer = forms.CharField(error_messages=REQUIRED)
    issued_on = Day(error_messages=DAY)
    effective_from = Day(error_messages=DAY)
    effective_to = Day(error_messages=DAY, required=False)
    code = forms.SlugField(max_length=terms.NUMBER_LENGTH, error_messages=CODE)
    title = text(terms.TITLE_LENGTH)
    benefit_class = ByLabel(choices=terms.BenefitClass.choices, error_messages=REQUIRED)
    mode = ByLabel(choices=terms.Mode.choices, error_messages=REQUIRED)
    conditions = text(terms.SUMMARY_LENGTH)
    benefit = text(terms.SHORT_LENGTH)
    owner = forms.CharField(required=False)
    limit_days = forms.IntegerField(min_value=1, max_value=365, required=False)
    window_from = Day(error_messages=DAY, required=False)
    window_to = Day(error_messages=DAY, required=False)
    rule = text(20_000, required=False)

    def __init__(self, data: Any, *, units: dict[str, Unit]) -> None:
        self.units = units
        super().__init__(data)

    def clean_issuer(self) -> Unit:
        return self._unit(self.cleaned_data["issuer"])

    def clean_owner(self) -> Unit | None:
        return self._unit(self.cleaned_data["owner"]) if self.cleaned_data["owner"] else None

    def _unit(self, code: str) -> Unit:
        if code not in self.units:
            raise forms.ValidationError(_("没有代码是“%(code)s”的单位。") % {"code": code})
        return self.units[code]

    def clean_rule(self) -> dict[str, Any]:
        """Without one the benefit is told in words and not matched."""
        try:
            return json.loads(self.cleaned_data["rule"] or "{}")
        except json.JSONDecodeError as wrong:
            raise forms.ValidationError(_("规则不是正确的 JSON。")) from wrong


class ListForm(forms.Form):
    """The file; `rows` are clean when `faults` is empty."""

    file = forms.FileField(
        label=gettext_lazy("事项清单（CSV 或 XLSX）"), error_messages={**REQUIRED, "empty": gettext_lazy("文件是空的。")},
        help_text=gettext_lazy("列名和导出的一样；有一处错就整份不写入"))

    def clean_file(self) -> bytes:
        if self.cleaned_data["file"].size > LARGEST:
            raise forms.ValidationError(_("文件太大，最多 2 MB。"))
        content = self.cleaned_data["file"].read()
        try:
            self.rows = self._rows(lists.read(content))
        except base.Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if self.faults:
            raise forms.ValidationError(_("有 %(n)s 处要改，什么都没有写入。") % {"n": len(self.faults)})
        return content

    def _rows(self, written: list[dict[str, str]]) -> list[dict[str, Any]]:
        units = {unit.code: unit for unit in Unit.objects.filter(valid_to=None)}
        checked = [RowForm(row, units=units) for row in written]
        self.faults = [fault for line, form in enumerate(checked, 2) for fault in _faults(line, form)]
        self.faults += _doubles([form.data["code"] for form in checked])
        return [form.cleaned_data for form in checked] if not self.faults else []


def _faults(line: int, form: RowForm) -> Iterator[Fault]:
    for name, sentences in form.errors.items():
        yield from (Fault(line, COLUMNS.get(name, ""), sentence) for sentence in sentences)


def _doubles(codes: list[str]) -> Iterator[Fault]:
    known = set(PolicyItem.objects.filter(code__in=codes).values_list("code", flat=True))
    seen: set[str] = set()
    for line, code in enumerate(codes, 2):
        if code in seen:
            yield Fault(line, COLUMNS["code"], _("“%(code)s”在表里写了两次。") % {"code": code})
        elif code in known:
            yield Fault(line, COLUMNS["code"], _("“%(code)s”已经登记过。") % {"code": code})
        seen.add(code)
