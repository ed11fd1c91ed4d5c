"""What is entered about benefits that are paid unasked: files checked row by row, sums in 元, the enterprise's account."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qinqing import base
from qinqing.base import say
from qinqing.casework.terms import Satisfaction
from qinqing.parties.models import Unit
from qinqing.ui.fields import TextField

from .. import actions
from ..models import PaymentOrder, PolicyItem
from ..queries import cycles
from ..rules import cycles as rules
from ..terms.cycles import ACCOUNT_LENGTH, NAME_LENGTH, REASON_LENGTH, Finding, PaymentState, ReliefKind
from .sheets import AMOUNT, FIRST_ROW, REQUIRED, TOLD, Faults, SheetField, YuanField, chosen, day, fen, once

DAY = {"invalid": gettext_lazy("请填写存在的日期。"), **REQUIRED}


def words(label: Any, length: int = NAME_LENGTH, *, rows: int = 0, **options: Any) -> forms.CharField:
    if not rows:
        return forms.CharField(label=label, max_length=length, error_messages=REQUIRED, **options)
    widget = forms.Textarea(attrs={"rows": rows})
    return TextField(label=label, max_length=length, error_messages=REQUIRED, widget=widget, **options)


class SumForm(forms.Form):
    """A form with an amount, which the verb takes in 分."""

    amount = YuanField(label=gettext_lazy("金额（元）"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        return {name: value for name, value in said.items() if name != "amount"} | {"amount_fen": said.get("amount")}


# —— the paying unit ——


class OpenForm(forms.Form):
    item = forms.ModelChoiceField(
        PolicyItem.objects.none(), label=gettext_lazy("政策事项"), empty_label=gettext_lazy("请选择"), error_messages=REQUIRED,
        help_text=gettext_lazy("本单位负责、现行有效、能算出金额的免申即享事项"))
    name = words(gettext_lazy("这一批叫什么"), help_text=gettext_lazy("例如：2026 年第一批"))
    funder = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("资金由哪个单位负责"), empty_label=gettext_lazy("请选择"),
        error_messages=REQUIRED)
    budget = YuanField(label=gettext_lazy("预算（元）"), help_text=gettext_lazy("不够时按企业成立先后拨付，不按金额。"))
    budget_item = words(gettext_lazy("预算科目"))
    function_class = words(gettext_lazy("功能分类"))
    economic_class = words(gettext_lazy("经济分类"))

    def __init__(self, *args: Any, actor: base.Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = cycles.payable(base.today()).filter(owner__in=actor.unit_ids).order_by("code")
        self.fields["funder"].queryset = Unit.objects.on(base.today()).exclude(kind="section").order_by("path")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        return {name: value for name, value in said.items() if name != "budget"} | {"budget_fen": said.get("budget")}


class CheckForm(forms.Form):
    """The list comes back with a result for each, and a reason where one does not fit."""

    responsible = words(gettext_lazy("核查责任人"))
    file = SheetField(("信用代码", "核查结果", "原因"), label=gettext_lazy("核查结果文件"),
                      help_text=gettext_lazy("CSV 或 XLSX。导出名单，在“核查结果”一列写：符合、不符合、查无；不符合要写原因。"))

    def clean_file(self) -> list[actions.Checked]:
        faults = Faults()
        rows = [self._row(number, row, faults) for number, row in once(self.cleaned_data["file"], "信用代码", faults)]
        faults.raise_any()
        return rows

    @staticmethod
    def _row(number: int, row: dict[str, str], faults: Faults) -> actions.Checked:
        finding, reason = chosen(Finding, row["核查结果"]), row["原因"][:REASON_LENGTH]
        if finding is None:
            faults.add(number, "核查结果", say("应为 符合、不符合 或 查无"))
        if finding == Finding.FAILS and not reason:
            faults.add(number, "原因", say("不符合要写明原因"))
        return actions.Checked(row["信用代码"], finding or Finding.NOT_FOUND, reason)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        return {"responsible": said.get("responsible"), "rows": said.get("file")}


class SettleForm(forms.Form):
    """The bank's answer to an order. A line without a result goes on waiting; a sum that is there must be the order's."""

    on = forms.DateField(label=gettext_lazy("国库回单日期"), error_messages=DAY, widget=forms.DateInput(attrs={"type": "date"}))
    file = SheetField(
        ("信用代码", "结果", "退回原因"), amounts=(AMOUNT,), label=gettext_lazy("国库回单文件"), help_text=gettext_lazy(
            "CSV 或 XLSX。“结果”一列写：已到账、退回；退回要写原因。没有写的继续等。有“金额（元）”一列的，和拨付单核对。"))

    def __init__(self, *args: Any, order: PaymentOrder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = order

    def clean_file(self) -> list[actions.Settled]:
        faults, waiting = Faults(), cycles.waiting(self.order)
        rows = [self._row(number, row, waiting, faults) for number, row in once(self.cleaned_data["file"], "信用代码", faults)
                if row["结果"] or row["退回原因"]]
        faults.raise_any()
        return rows

    @staticmethod
    def _row(number: int, row: dict[str, str], waiting: dict[str, int], faults: Faults) -> actions.Settled:
        state, reason = chosen((PaymentState.PAID, PaymentState.RETURNED), row["结果"]), row["退回原因"][:REASON_LENGTH]
        if state is None:
            faults.add(number, "结果", say("应为 已到账 或 退回"))
        if state == PaymentState.RETURNED and not reason:
            faults.add(number, "退回原因", say("退回要写明原因"))
        if row["信用代码"] not in waiting:
            faults.add(number, "信用代码", say("不在这张拨付单里，或者已经登记过"))
        elif row.get(AMOUNT) and (fault := rules.other_sum(
                fen(row, AMOUNT, number, faults), waiting[row["信用代码"]])):
            faults.add(number, AMOUNT, fault)
        return actions.Settled(row["信用代码"], state or PaymentState.PAID, reason)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        return {"on": said.get("on"), "rows": said.get("file")}


class ProposalForm(forms.Form):
    upheld = forms.TypedChoiceField(
        label=gettext_lazy("异议是否成立"), choices=[("yes", gettext_lazy("成立")), ("no", gettext_lazy("不成立"))],
        coerce=lambda value: value == "yes", widget=forms.RadioSelect, error_messages=REQUIRED)
    amount = YuanField(
        label=gettext_lazy("应得金额（元）"), required=False, help_text=gettext_lazy("企业对本身的结果有异议且成立时填"))
    reason = words(gettext_lazy("理由"), REASON_LENGTH, rows=4, help_text=gettext_lazy("企业会看到"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        return {name: value for name, value in said.items() if name != "amount"} | {"amount_fen": said.get("amount")}


class DecisionForm(forms.Form):
    agreed = forms.TypedChoiceField(
        label=gettext_lazy("是否同意这个处理意见"), widget=forms.RadioSelect, coerce=lambda value: value == "yes",
        choices=[("yes", gettext_lazy("同意，答复企业")), ("no", gettext_lazy("退回重提"))], error_messages=REQUIRED)


class ClawBackForm(SumForm):
    reason = words(gettext_lazy("为什么追回"), REASON_LENGTH, rows=3)
    basis = words(gettext_lazy("法律依据"), REASON_LENGTH)


# —— the enterprise ——


class AccountForm(forms.Form):
    payee = words(
        gettext_lazy("户名"), 120, help_text=gettext_lazy("企业要和营业执照名称一致；个体工商户没有对公账户的，填经营者姓名"))
    bank = words(gettext_lazy("开户银行"), help_text=gettext_lazy("写到支行"))
    number = words(gettext_lazy("账号"), ACCOUNT_LENGTH)
    standing = forms.BooleanField(
        label=gettext_lazy("以后符合条件的，直接拨到这个账户"), required=False,
        help_text=gettext_lazy("每次仍会通知，拨付前都可以放弃"))


class DeclineForm(forms.Form):
    reason = words(gettext_lazy("为什么放弃"), REASON_LENGTH, required=False)


class ReviewForm(forms.Form):
    text = words(gettext_lazy("哪里不对，有什么依据"), 2000, rows=5)


class ObjectionForm(ReviewForm):
    code = words(gettext_lazy("对哪一户有异议"), 18, help_text=gettext_lazy("填统一社会信用代码"))

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip().upper()


class RatingForm(forms.Form):
    rating = forms.TypedChoiceField(
        label=gettext_lazy("兑现得怎么样"), choices=Satisfaction.choices, coerce=lambda value: Satisfaction(int(value)),
        widget=forms.RadioSelect, error_messages=REQUIRED)


# —— registers of relief ——


class ReliefForm(forms.Form):
    """The amounts are in 元; those that look as if they were not are asked about once."""

    kind = forms.ChoiceField(label=gettext_lazy("种类"), choices=ReliefKind.choices, error_messages=REQUIRED)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("由哪个单位减免"), empty_label=gettext_lazy("请选择"), error_messages=REQUIRED)
    source = words(gettext_lazy("来源"), REASON_LENGTH, help_text=gettext_lazy("哪个系统、哪份报表，统计到哪一天"))
    file = SheetField(("信用代码", "名目", AMOUNT, "所属期起", "所属期止"), label=gettext_lazy("减免台账文件"),
                      help_text=gettext_lazy(
                          "CSV 或 XLSX，列：信用代码、名目、金额（元）、所属期起、所属期止；房租另有一列“出租方”。"))
    looked_over = forms.BooleanField(label=gettext_lazy("金额单位我已核对，都是元"), required=False)

    def __init__(self, *args: Any, actor: base.Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.on(base.today()).exclude(kind="section").order_by("path")
        self.fields["unit"].queryset = units.filter(pk__in=actor.unit_ids) if actor.unit_ids else units

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "file" in said and "kind" in said:
            said["rows"] = self._rows(said)
        return {name: said.get(name) for name in ("kind", "unit", "source", "rows")}

    def _rows(self, said: dict[str, Any]) -> list[actions.ReliefRow]:
        faults = Faults()
        rows = [self._row(number, row, said["kind"], faults) for number, row in enumerate(said["file"], FIRST_ROW)]
        self._no_line_twice(rows, faults)
        try:
            faults.raise_any()
        except forms.ValidationError as wrong:
            self.add_error("file", wrong)
            return []
        self._warn_of_units(rows, looked_over=said.get("looked_over", False))
        return rows

    @staticmethod
    def _row(number: int, row: dict[str, str], kind: str, faults: Faults) -> actions.ReliefRow:
        begins, ends = (day(row, column, number, faults) for column in ("所属期起", "所属期止"))
        if ends < begins:
            faults.add(number, "所属期止", say("早于所属期起"))
        landlord = row.get("出租方", "")
        if kind == ReliefKind.RENT and not landlord:
            faults.add(number, "出租方", say("房租减免要写明出租方"))
        if not row["名目"]:
            faults.add(number, "名目", say("这一项要填。"))
        return actions.ReliefRow(
            number, row["信用代码"].upper(), fen(row, AMOUNT, number, faults), begins, ends, row["名目"][:NAME_LENGTH],
            landlord=landlord[:120])

    @staticmethod
    def _no_line_twice(rows: list[actions.ReliefRow], faults: Faults) -> None:
        seen: dict[tuple[Any, ...], int] = {}
        for row in rows:
            key = (row.code, row.title, row.period_from, row.period_to, row.landlord)
            if key in seen:
                faults.add(row.row, "信用代码", say("和第 %(row)s 行重复", row=seen[key]))
            seen.setdefault(key, row.row)

    def _warn_of_units(self, rows: list[actions.ReliefRow], *, looked_over: bool) -> None:
        slipped = rules.slipped_units({row.row: row.amount_fen for row in rows})
        if slipped and not looked_over:
            listed = "、".join(str(row) for row in slipped[:TOLD])
            said = _("第 %(rows)s 行的金额和其他行相差太大，是不是把万元和元弄混了？核对无误请勾选。") % {"rows": listed}
            self.add_error("looked_over", said)
