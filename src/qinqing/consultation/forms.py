"""What an enterprise writes when it has a difficulty: one declaration for the page, the draft and the API."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from qinqing import base
from qinqing.base import Actor, Sentence
from qinqing.casework.forms import speaking, units
from qinqing.casework.terms import Anonymity
from qinqing.parties import uscc
from qinqing.parties.models import Enterprise, Unit
from qinqing.ui.fields import TextField

from . import access, rules, terms

MOST_FOUND = 8


class DifficultyForm(forms.Form):
    title = forms.CharField(
        label=_("一句话概括"), help_text=_("例如：二期扩建缺 15 亩工业用地，设备 12 月到厂没地方放"),
        max_length=terms.TITLE_LENGTH, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请用一句话概括困难。"),
                        "max_length": _("概括最多 %(limit_value)d 字，现在 %(show_value)d 字，多的写在详细情况里。")})
    topic = forms.ChoiceField(
        label=_("属于哪一类"), help_text=_("拿不准就选“其他”，选错了也会办。"), choices=terms.Topic.choices,
        widget=forms.RadioSelect, error_messages={"required": _("请选一类，拿不准选“其他”。")})
    text = TextField(
        label=_("详细情况"), help_text=_("从什么时候开始、影响了什么、之前找过谁。请不要写身份证号、银行卡号。"),
        max_length=terms.TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("请写下详细情况。"),
                        "max_length": _("详细情况最多 %(limit_value)d 字，现在 %(show_value)d 字，可把其余写进附件。")})
    wish = forms.CharField(
        label=_("您希望怎么解决"), max_length=200, required=False,
        error_messages={"max_length": _("希望最多 %(limit_value)d 字，现在 %(show_value)d 字。")})
    files = speaking.FilesField()
    reply_by = forms.ChoiceField(
        label=_("回复方式"), choices=terms.ReplyBy.choices, initial=terms.ReplyBy.PHONE, widget=forms.RadioSelect)
    anonymity = forms.ChoiceField(
        label=_("谁能看到企业名称"), choices=Anonymity.choices, initial=Anonymity.OPEN, widget=forms.RadioSelect,
        help_text=_("营商环境办总能看到。不让承办单位知道时，需要核实的由营商环境办转达。"))
    about_unit = forms.ModelChoiceField(
        label=_("反映的是哪个单位的做法"), required=False, empty_label=_("不是反映某个单位"),
        queryset=Unit.objects.none(), help_text=_("选了以后，这件事不会交给它办，它也看不到。"))
    may_publish = forms.BooleanField(
        label=_("办结后可以匿名公开处理结果，帮到别的企业"), required=False,
        help_text=_("企业名称、联系人、金额都会隐去；公开前把要公开的文字给您看，再问您一次。"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["about_unit"].queryset = Unit.objects.filter(valid_to=None).exclude(kind="section").order_by("path")
        self.cautions = {} if "seen" in self.data else self._cautions()
        for field in self.fields.values():  # a browser would cut off what is pasted, without a word
            field.widget.attrs["data-limit"] = field.widget.attrs.pop("maxlength", None)


    def _cautions(self) -> dict[str, Sentence]:
        """What had better not be written, by field; who has seen it and submits again, keeps it."""
        found = {name: rules.caution(self.data.get(name, "")) for name in ("title", "text", "wish")}
        return {name: sentence for name, sentence in found.items() if sentence}


class GuestForm(DifficultyForm):
    """The same without signing in: who you are, as far as we must know to answer you."""

    enterprise_name = forms.CharField(
        label=_("企业名称"), max_length=120, error_messages={"required": _("请写企业名称。")})
    code = forms.CharField(
        label=_("统一社会信用代码"), help_text=_("营业执照上的 18 位代码。个体工商户也有。"), max_length=24,
        error_messages={"required": _("请写统一社会信用代码。")})
    contact_name = forms.CharField(label=_("怎么称呼您"), max_length=60, error_messages={"required": _("请写怎么称呼您。")})
    phone = forms.RegexField(
        r"^[0-9+\- ]{7,20}$", label=_("联系电话"), help_text=_("只用来回复这件事，页面上隐去中间几位。"),
        error_messages={"required": _("请写联系电话。"), "invalid": _("电话号码应是 7 到 20 位数字，例如 0839-0000000。")})
    website = forms.CharField(required=False, widget=forms.HiddenInput)  # people leave it empty, robots do not

    def clean_code(self) -> str:
        finding = uscc.check(self.cleaned_data["code"])
        if not finding.valid:
            raise forms.ValidationError(" ".join(str(error) for error in finding.errors))
        return finding.normalised

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("请把页面刷新后再提交。"))
        return ""


class PublishForm(forms.Form):
    """What everybody may read of a solved difficulty."""

    title = forms.CharField(label=_("什么困难"), max_length=80, error_messages={"required": _("请写是什么困难。")})
    text = TextField(
        label=_("怎么解决的"), max_length=terms.PUBLIC_LENGTH, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写怎么解决的。"),
                        "max_length": _("最多 %(limit_value)d 字，现在 %(show_value)d 字。")})


class LookupForm(forms.Form):
    number = forms.CharField(label=_("编号"), max_length=24, error_messages={"required": _("请写编号。")})
    query_code = forms.CharField(
        label=_("查询码"), help_text=_("提交时给您的 8 位码。"), max_length=12, error_messages={"required": _("请写查询码。")})


class SortForm(forms.Form):
    topic = forms.ChoiceField(choices=terms.Topic.choices)
    scope = forms.ChoiceField(choices=[("", ""), *terms.Scope.choices], required=False)


class RegisterForm(forms.Form):
    """What staff enter for an enterprise that called, wrote or was visited."""

    enterprise = forms.CharField(
        label=_("企业"), help_text=_("统一社会信用代码，或名称里的几个字"), max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}), error_messages={"required": _("请写企业的信用代码或名称。")})
    which = forms.ModelChoiceField(
        label=_("是哪一家"), queryset=Enterprise.objects.none(), to_field_name="code", widget=forms.RadioSelect,
        empty_label=None, required=False)
    unlisted = forms.BooleanField(label=_("名录里没有，先按写的名称登记"), required=False)
    contact_name = forms.CharField(label=_("联系人"), max_length=60, required=False)
    phone = forms.RegexField(
        r"^[0-9+\- ]{7,20}$", label=_("联系电话"), help_text=_("只用来回复这件事，页面上隐去中间几位。"), required=False,
        error_messages={"invalid": _("电话号码应是 7 到 20 位数字，例如 0839-0000000。")})
    route = forms.ChoiceField(
        label=_("从哪里来"), widget=forms.RadioSelect, error_messages={"required": _("请选从哪里来。")})
    received_at = forms.DateTimeField(
        label=_("收到时间"), help_text=_("企业打来、来信或走访的时间，期限从这时起算"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={"required": _("请写收到时间。"), "invalid": _("时间写成 2026-03-02 09:20 这样。")})
    track = forms.ChoiceField(
        label=_("按什么办"), choices=[(one.value, one.label) for one in terms.TRACKS], initial=terms.Track.STANDARD,
        widget=forms.RadioSelect, help_text=_("决定办理期限。市长直通车来的另按直通车的期限。"))
    county = units.CountyField(label=_("所在县区"), required=False, empty_label=_("按企业登记的县区"))
    title = forms.CharField(
        label=_("一句话概括"), max_length=terms.TITLE_LENGTH, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请用一句话概括困难。")})
    topic = forms.ChoiceField(
        label=_("属于哪一类"), choices=terms.Topic.choices, widget=forms.RadioSelect,
        error_messages={"required": _("请选一类，拿不准选“其他”。")})
    text = TextField(
        label=_("企业原话"), help_text=_("照企业说的写，不要改成公文。不要写身份证号、银行卡号。"), max_length=terms.TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}), error_messages={"required": _("请写下企业原话。")})
    wish = forms.CharField(label=_("企业希望怎么解决"), max_length=200, required=False)
    anonymity = forms.ChoiceField(
        label=_("谁能看到企业名称"), choices=Anonymity.choices, initial=Anonymity.OPEN, widget=forms.RadioSelect)
    about_unit = units.UnitField(
        label=_("反映的是哪个单位的做法"), required=False, empty_label=_("不是反映某个单位"),
        help_text=_("选了以后，这件事不会交给它办，它也看不到。"))
    files = speaking.FilesField()

    def __init__(self, *args, actor: Actor, **options) -> None:
        now = base.now().replace(second=0, microsecond=0, tzinfo=None)
        super().__init__(*args, label_suffix="", initial={"received_at": now}, **options)
        self.register = Enterprise.objects.visible_to(actor)
        self.left_out = 0  # how many more the name typed may mean than are offered
        routes = access.routes(actor)
        self.fields["route"].choices = [(route.value, route.label) for route in routes]
        self.initial["route"] = routes[0].value if len(routes) == 1 else None
        self.fields["about_unit"].queryset = Unit.objects.filter(valid_to=None).exclude(kind="section").order_by("path")
        self.fields["which"].queryset = self.found = self._found()

    def _found(self) -> QuerySet[Enterprise]:
        """The enterprises of the register that what was typed may mean: one by its code, or a few by name."""
        typed = (self.data.get("enterprise") or "").strip()
        if not typed:
            return self.register.none()
        code = uscc.check(typed)
        if code.valid:
            return self.register.filter(code=code.normalised)
        alike = self.register.filter(name__contains=typed)
        few = list(alike.order_by("name").values_list("pk", flat=True)[:MOST_FOUND])
        self.left_out = alike.count() - len(few)
        return self.register.filter(pk__in=few).order_by("name")

    def clean(self) -> dict[str, Any]:
        """`enterprise` becomes the row of the register, or None with the name as typed."""
        values = super().clean()
        typed = values.get("enterprise", "")
        chosen = values.pop("which", None) or self._only()
        if values.get("phone") and not values.get("contact_name"):
            self.add_error("contact_name", _("写了电话，请写怎么称呼。"))
        if typed and chosen is None and not values.get("unlisted"):
            self._say_which()
        code = uscc.check(typed)
        values |= {"enterprise": chosen, "enterprise_name": typed, "code": code.normalised if code.valid else ""}
        return values

    def _only(self) -> Enterprise | None:
        found = list(self.found[:2])
        return found[0] if len(found) == 1 else None

    def _say_which(self) -> None:
        if self.found.exists():
            self.add_error("which", _("名称对得上的不止一家，请选是哪一家。"))
            if self.left_out:
                more = _("对得上的还有 %(n)s 家没列出来，名称请再写几个字，或写信用代码。") % {"n": self.left_out}
                self.add_error("enterprise", more)
        else:
            self.add_error("enterprise", _("名录里没有找到。请核对，或勾选“名录里没有”先登记。"))
