"""What the issuer writes: the document, its clauses and benefits, reviews, channels."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qinqing import base
from qinqing.base import say
from qinqing.base.actor import CITY_OFFICES
from qinqing.casework.forms.speaking import FilesField
from qinqing.eligibility.catalogue import Fact
from qinqing.parties.models import Unit
from qinqing.ui.fields import TextField

from .. import terms
from ..models import Policy, PolicyItem
from ..queries import documents, elsewhere
from ..rules.evidence import Proof, kept

REQUIRED = {"required": gettext_lazy("这一项要填。")}
FEN = 100
MATERIAL_LENGTH = 60
PROOFS = ("stands_", "material_")
CHOOSE = [("", gettext_lazy("请选择"))]


def day_field(label: Any, **options: Any) -> forms.DateField:
    wrong = {"invalid": gettext_lazy("请填写存在的日期。"), **REQUIRED}
    return forms.DateField(label=label, error_messages=wrong, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
                           **options)


def text_field(label: Any, length: int, *, rows: int = 0, **options: Any) -> forms.CharField:
    if not rows:
        return forms.CharField(label=label, max_length=length, error_messages=REQUIRED, **options)
    widget = forms.Textarea(attrs={"rows": rows})
    return TextField(label=label, max_length=length, error_messages=REQUIRED, widget=widget, **options)


def chosen_from(label: Any, choices: list[tuple[str, Any]], **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[*CHOOSE, *choices], error_messages=REQUIRED, **options)


class UnitField(forms.ModelChoiceField):
    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(Unit.objects.filter(valid_to=None).exclude(kind="section").order_by("path"), label=label,
                         empty_label=gettext_lazy("请选择"), error_messages=REQUIRED, **options)


class AboutForm(forms.Form):
    """What every form here knows: who writes, and about which policy, clause or benefit."""

    def __init__(self, data: Any = None, *, actor: base.Actor, subject: Any = None, **options: Any) -> None:
        self.actor, self.subject = actor, subject
        super().__init__(data, initial=self.starting(subject), **options)
        self.prepare()

    def starting(self, subject: Any) -> dict[str, Any]:
        return {}

    def prepare(self) -> None:
        pass


class PolicyForm(AboutForm):
    title = text_field(gettext_lazy("名称"), terms.TITLE_LENGTH)
    document_number = text_field(gettext_lazy("文号"), terms.DOCUMENT_NUMBER_LENGTH, required=False)
    summary = text_field(gettext_lazy("一句话说清楚"), terms.SUMMARY_LENGTH, rows=2, help_text=gettext_lazy("给谁、给什么"))
    level = chosen_from(gettext_lazy("层级"), terms.Level.choices)
    issued_on = day_field(gettext_lazy("印发日期"))
    effective_from = day_field(gettext_lazy("施行日期"))
    effective_to = day_field(gettext_lazy("有效到"), required=False, help_text=gettext_lazy("最后一天；长期有效的不填"))
    supersedes = forms.ModelChoiceField(
        Policy.objects.filter(status=terms.Status.PUBLISHED), label=gettext_lazy("取代哪一份"), required=False,
        empty_label=gettext_lazy("不取代"), help_text=gettext_lazy("发布时，被取代的同时废止"))
    title_en = text_field(gettext_lazy("英文名称"), terms.TITLE_LENGTH * 2, required=False)
    summary_en = text_field(gettext_lazy("英文说明"), terms.SUMMARY_LENGTH * 2, rows=2, required=False)

    def starting(self, subject: Policy | None) -> dict[str, Any]:
        return {name: getattr(subject, name) for name in self.base_fields if hasattr(subject, name)} if subject else {}


class NewPolicyForm(PolicyForm):
    number = forms.SlugField(
        label=gettext_lazy("平台编号"), max_length=terms.NUMBER_LENGTH,
        help_text=gettext_lazy("用在网址里，以后不改，例如 P2026-001"),
        error_messages={"invalid": gettext_lazy("只能用字母、数字、短横线和下划线。"), **REQUIRED})
    issuer = UnitField(gettext_lazy("制定单位"))
    field_order = ("number", "issuer")

    def prepare(self) -> None:
        if self.actor.role not in CITY_OFFICES:
            self.fields["issuer"].queryset = Unit.objects.filter(pk__in=self.actor.unit_ids)
            self.fields["issuer"].initial = self.actor.unit_id


class ClauseForm(AboutForm):
    number = text_field(gettext_lazy("条号"), terms.CLAUSE_NUMBER_LENGTH, help_text=gettext_lazy("例如：第三条"))
    original = text_field(gettext_lazy("原文"), terms.TEXT_LENGTH, rows=5)
    plain = text_field(gettext_lazy("通俗解读"), terms.TEXT_LENGTH, rows=3, required=False,
                       help_text=gettext_lazy("数字要和原文一样；由制定单位负责人核定后才公开"))


class PlainForm(AboutForm):
    plain = text_field(gettext_lazy("通俗解读"), terms.TEXT_LENGTH, rows=4)

    def starting(self, subject: Any) -> dict[str, Any]:
        return {"plain": subject.plain}


class ItemForm(AboutForm):
    title = text_field(gettext_lazy("事项名称"), terms.TITLE_LENGTH)
    benefit_class = chosen_from(gettext_lazy("类别"), terms.BenefitClass.choices)
    mode = chosen_from(gettext_lazy("办理方式"), terms.Mode.choices)
    conditions = text_field(gettext_lazy("给谁（条件）"), terms.SUMMARY_LENGTH, rows=2)
    benefit = text_field(gettext_lazy("给什么（标准）"), terms.SHORT_LENGTH)
    basis = forms.ModelChoiceField(None, label=gettext_lazy("依据哪一条"), required=False, empty_label=gettext_lazy("还没有"))
    rule = text_field(gettext_lazy("规则"), 20_000, rows=10,
                      help_text=gettext_lazy("where 是条件，amount 是金额；用事实目录里的名称和单位"))
    owner = UnitField(gettext_lazy("主管单位"))
    limit = chosen_from(gettext_lazy("兑现时限"), [(f"{n}wd", n) for n in (5, 10, 15, 20, 30, 60)],
                        help_text=gettext_lazy("工作日，从受理或公示期满起算"))
    budget = forms.DecimalField(label=gettext_lazy("预算（万元）"), required=False, min_value=0, max_digits=12, decimal_places=4,
                                error_messages={"invalid": gettext_lazy("请填数字，单位是万元。")})
    stacking = chosen_from(gettext_lazy("能不能叠加"), terms.Stacking.choices)
    stacking_group = forms.SlugField(
        label=gettext_lazy("叠加组"), max_length=terms.NUMBER_LENGTH, required=False,
        help_text=gettext_lazy("同一组的写同一个代码"),
        error_messages={"invalid": gettext_lazy("只能用字母、数字、短横线和下划线。")})
    takes_applications = forms.BooleanField(label=gettext_lazy("在本平台收申请"), required=False,
                                            help_text=gettext_lazy("不勾选时，页面写明到省平台或窗口申请"))
    window_from = day_field(gettext_lazy("申报开始"), required=False)
    window_to = day_field(gettext_lazy("申报截止"), required=False)
    valid_from = day_field(gettext_lazy("享受从"))
    valid_to = day_field(gettext_lazy("享受到"), required=False)

    def starting(self, subject: Any) -> dict[str, Any]:
        if not isinstance(subject, PolicyItem):
            return {"valid_from": subject.effective_from, "valid_to": subject.effective_to, "owner": subject.issuer_id,
                    "stacking": terms.Stacking.FREE, "limit": "60wd"}
        held = {name: getattr(subject, name) for name in self.base_fields if hasattr(subject, name)}
        budget = None if subject.budget_fen is None else Decimal(subject.budget_fen) / FEN / 10_000
        return held | {"rule": json.dumps(subject.rule, ensure_ascii=False, indent=1), "budget": budget}

    def prepare(self) -> None:
        policy = self.subject.policy if isinstance(self.subject, PolicyItem) else self.subject
        self.fields["basis"].queryset = policy.clauses.all()
        if not elsewhere.offered().applications:
            del self.fields["takes_applications"]
        for proof, fact in self.proofs():
            self.fields[f"stands_{fact.name}"] = forms.BooleanField(
                label=say("“%(fact)s”以%(source)s的数据为准，企业不用交材料", fact=fact.label, source=fact.source),
                required=False, initial=proof.stands)
            self.fields[f"material_{fact.name}"] = text_field(
                say("“%(fact)s”凭什么证明", fact=fact.label), MATERIAL_LENGTH, required=False, initial=proof.material,
                help_text=gettext_lazy("数据不能为准时，写企业交什么材料"))
        asked = [name for name in self.fields if name.startswith(PROOFS)]
        others = [name for name in self.fields if name not in asked]
        after = others.index("rule") + 1
        self.order_fields([*others[:after], *asked, *others[after:]])

    def proofs(self) -> Sequence[tuple[Proof, Fact]]:
        """Those of the rule as it stands; a new item has none yet."""
        return documents.evidence_of(self.subject).proofs if isinstance(self.subject, PolicyItem) else []

    def clean_rule(self) -> Any:
        try:
            return json.loads(self.cleaned_data["rule"])
        except json.JSONDecodeError as wrong:
            raise forms.ValidationError(_("规则不是正确的 JSON，第 %(line)s 行：%(problem)s") % {
                "line": wrong.lineno, "problem": wrong.msg}) from wrong

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        budget = cleaned.pop("budget", None)
        proofs = [Proof(name, cleaned.pop(f"stands_{name}", False), cleaned.pop(f"material_{name}", "").strip())
                  for name in [fact.name for _proof, fact in self.proofs()]]
        return cleaned | {"budget_fen": None if budget is None else int(budget * 10_000 * FEN), "evidence": kept(proofs)}


class NewItemForm(ItemForm):
    code = forms.SlugField(label=gettext_lazy("事项编号"), max_length=terms.NUMBER_LENGTH,
                           error_messages={"invalid": gettext_lazy("只能用字母、数字、短横线和下划线。"), **REQUIRED})
    field_order = ("code",)

    def starting(self, subject: Any) -> dict[str, Any]:
        return super().starting(subject) | {"code": f"{subject.number}-{subject.items.current().count() + 1}"}


class ChangedItemForm(ItemForm):
    reason = text_field(gettext_lazy("为什么改"), terms.SHORT_LENGTH, required=False,
                        help_text=gettext_lazy("已发布的政策要写；旧版本保留，可以对照"))


class ReviewForm(AboutForm):
    gate = chosen_from(gettext_lazy("哪一项审查"), terms.Gate.choices)
    reviewer = UnitField(gettext_lazy("谁审的"))
    reviewed_on = day_field(gettext_lazy("哪天"))
    document_number = text_field(gettext_lazy("审查文书号"), terms.DOCUMENT_NUMBER_LENGTH)
    passed = forms.TypedChoiceField(
        label=gettext_lazy("结果"), choices=[("yes", gettext_lazy("通过")), ("no", gettext_lazy("没有通过"))],
        coerce=lambda value: value == "yes", widget=forms.RadioSelect, error_messages=REQUIRED)
    remark = text_field(gettext_lazy("说明"), terms.SHORT_LENGTH, required=False)


class ChannelForm(AboutForm):
    piece = chosen_from(gettext_lazy("公开了什么"), terms.Piece.choices)
    channel = chosen_from(gettext_lazy("在哪里"), terms.Channel.choices)
    published_on = day_field(gettext_lazy("哪天"))
    place = text_field(gettext_lazy("网址或大厅名称"), terms.SHORT_LENGTH, required=False)


class OriginalsField(FilesField):
    """The official text: what `documents` takes, and of that only what such a text is issued as."""

    def __init__(self) -> None:
        super().__init__()
        self.label, self.required = gettext_lazy("原文文件"), True
        self.error_messages["required"] = gettext_lazy("请选择文件。")
        self.help_text = gettext_lazy("正式印发的 PDF、OFD 或 Word 文件，单个不超过 20 MB，最多 9 个。人人可以下载。")
        self.widget.attrs["accept"] = ".pdf,.ofd,.docx,.doc,.wps"

    def clean(self, value: Any, initial: Any = None) -> list[Any]:
        if not value:
            raise forms.ValidationError(self.error_messages["required"])
        return super().clean(value, initial)


class OriginalsForm(AboutForm):
    files = OriginalsField()


class ReasonForm(AboutForm):
    reason = text_field(gettext_lazy("依据和原因"), terms.SHORT_LENGTH, rows=2)


class WithholdForm(AboutForm):
    ground = text_field(gettext_lazy("法律依据"), terms.SHORT_LENGTH, help_text=gettext_lazy("例如：《保守国家秘密法》第十三条"))
    approver = text_field(gettext_lazy("谁批准的"), 60)
