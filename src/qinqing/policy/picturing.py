"""一图解读: what a policy's picture says, taken from its record and its rules alone, so that it cannot say otherwise (M3-013).

Pure. The conditions are the rule in the words of `reading`; what an item tells in words only is said in those. A promise
that leaves out a number of the rule gives way to the rule.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from qinqing.base.words import Sentence, say
from qinqing.eligibility import units
from qinqing.texts import numerals
from qinqing.ui import dates
from qinqing.ui.punctuation import normalise

from . import building, reading, terms
from .terms.cycles import NOTICE_DAYS

Words = Sentence | str


@dataclass(frozen=True)
class Condition:
    """`is_or`: this or the one before it; `is_nested`: one of those that the line above counts."""

    text: str
    is_or: bool = False
    is_nested: bool = False


@dataclass(frozen=True)
class Benefit:
    """One item: who, how much, how, by when, whom to ask, and where it stands."""

    title: str
    headline: str
    calculation: str
    conditions: list[Condition]
    benefit_class: str
    mode: str
    is_automatic: bool
    steps: list[str]
    dates: list[tuple[str, str]]
    contact: str
    phone: str
    source: str


@dataclass(frozen=True)
class Explainer:
    """Everything that stands in the picture, in the reader's language; `labels` are the words around it."""

    language: str
    number: str
    title: str
    issuer: str
    document_number: str
    validity: str
    platform: str
    benefits: list[Benefit]
    count: str
    address: str
    drawn_on: str
    simulated: bool
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class City:
    """Whose picture it is: `elsewhere` is the platform on which one applies and is matched where that is not done here."""

    platform: str
    hotline: str
    applications: bool = True
    matching: bool = True
    elsewhere: str = ""


def explainer(policy: Any, items: Iterable[Any], *, city: City, naming: reading.Naming, address: str, day: date,
              simulated: bool) -> Explainer:
    """Of the policy as it stands on the day; what has run out by then is left out."""
    standing = [item for item in items if item.valid_to is None or item.valid_to >= day]
    labels = LABELS if city.matching else LABELS | {"scan": say("扫码看原文")}
    return Explainer(
        language="en" if dates.english() else "zh", number=policy.number, title=_text(policy, "title"),
        issuer=_text(policy.issuer, "name"), document_number=policy.document_number,
        validity=_validity(policy.effective_from, policy.effective_to), platform=city.platform,
        benefits=[_benefit(item, naming, city) for item in standing], count=str(say("共 %(n)s 项好处", n=len(standing))),
        address=address, drawn_on=str(say("截至 %(day)s", day=dates.full_day(day))), simulated=simulated,
        labels={name: str(words) for name, words in labels.items()})


LABELS = {
    "kind": say("一图解读"), "who": say("谁能享受"), "all": say("以下条件都要满足"), "or": say("或者"),
    "items": say("能得到什么"), "calculation": say("金额怎么算"), "how": say("怎么拿到"), "when": say("什么时候"),
    "contact": say("找谁问"), "scan": say("扫码看原文，测一测您够不够条件"),
    "made": say("由平台按规则数据自动生成，以文件原文为准。"),
    "simulated": say("演示数据"), "simulated_long": say("演示系统，政策和数字均为虚构。"),
}  # fmt: skip


def _text(row: Any, name: str) -> str:
    """In the reader's language, with the punctuation of Chinese where it is Chinese."""
    return normalise((getattr(row, f"{name}_en", "") if dates.english() else "") or getattr(row, name))


def _validity(begins: date, ends: date | None) -> str:
    if ends is None:
        return str(say("%(begins)s起，长期有效", begins=dates.full_day(begins)))
    return str(say("%(begins)s至 %(ends)s", begins=dates.full_day(begins), ends=dates.full_day(ends)))


# —— one benefit ——


def _benefit(item: Any, naming: reading.Naming, city: City) -> Benefit:
    amount, promise = _amount(item.rule), _text(item, "benefit")
    told = numerals.numbers(amount) <= numerals.numbers(promise)
    return Benefit(
        title=_text(item, "title"), headline=promise if told else amount,
        calculation=amount if told and isinstance(item.rule.get("amount"), dict) else "",
        conditions=_conditions(item, naming), benefit_class=str(terms.BenefitClass(item.benefit_class).label),
        mode=str(terms.Mode(item.mode).label), is_automatic=item.mode == terms.Mode.AUTOMATIC, steps=_steps(item, city),
        dates=list(_dates(item)), contact=_text(item.owner, "name"), phone=item.owner.phone or city.hotline, source=_source(item))


def _amount(rule: dict[str, Any]) -> str:
    """What is paid, as the rule has it; a bare number is 分."""
    amount = rule.get("amount")
    if isinstance(amount, int):
        return str(units.shown(amount, "money"))
    return "" if amount is None else reading.amount_aloud(amount).rstrip("；; ")


def _conditions(item: Any, naming: reading.Naming) -> list[Condition]:
    """Of the rule, as far as a person can read it; otherwise as the item tells them."""
    root = building.rows(item.rule)
    if not item.rule or any(row.kind == "text" for row in root.all()):
        return [Condition(_text(item, "conditions"))]
    return [Condition(str(line.text), line.is_or, not line.number.isdigit()) for line in reading.read_aloud(root, naming)]


def _steps(item: Any, city: City) -> list[str]:
    return [str(step) for step in (_given(item) if item.mode == terms.Mode.AUTOMATIC else _applied_for(item, city))]


def _given(item: Any) -> Sequence[Words]:
    """Nobody applies; who is paid says to which account."""
    begun = (say("不用申请，系统按数据比对"), say("部门核查，名单公示不少于 %(n)s 个工作日", n=NOTICE_DAYS))
    paid = (say("您确认收款账户"), say("钱拨到您的账户"))
    return (*begun, *(paid if "amount" in item.rule else (say("主管单位直接兑现"),)))


def _applied_for(item: Any, city: City) -> Sequence[Words]:
    if item.takes_applications and city.applications:
        place = say("在本平台申请")
    elif city.elsewhere:
        place = say("到%(platform)s或政务大厅窗口申请", platform=city.elsewhere)
    else:
        place = say("到省政务服务网或政务大厅窗口申请")
    return (place, say("部门受理、核对材料"), say("受理后 %(n)s 个工作日以内兑现", n=item.limit.removesuffix("wd")))


def _dates(item: Any) -> Iterable[tuple[str, str]]:
    held = _validity(item.valid_from, item.valid_to or item.policy.effective_to)
    applied = _validity(item.window_from, item.window_to) if item.window_to else ""
    if applied:
        yield str(say("申报期")), applied
    if held != applied:
        yield str(say("有效期")), held


def _source(item: Any) -> str:
    clause = say("依据%(clause)s", clause=item.basis.number) if item.basis else say("没有写明依据")
    return str(say("%(clause)s，事项 %(code)s 第 %(n)s 版", clause=clause, code=item.code, n=item.version))


# —— in words ——


def described(picture: Explainer) -> str:
    """All that the picture shows, for those who do not see it."""
    head = [picture.labels["kind"], picture.title, f"{picture.issuer} {picture.document_number}".strip(), picture.validity]
    benefits = [_said(benefit, picture.labels) for benefit in picture.benefits]
    tail = [f"{picture.labels['scan']} {picture.address}", picture.labels["made"], picture.drawn_on]
    return _sentences([*head, *benefits, *tail, picture.labels["simulated_long"] if picture.simulated else ""])


def _said(benefit: Benefit, labels: dict[str, str]) -> str:
    rows: list[tuple[str, str]] = [
        ("", benefit.title), (labels["items"], benefit.headline), (labels["calculation"], benefit.calculation),
        (labels["who"], _listed(benefit.conditions, labels["or"])),
        (labels["how"], f"{benefit.mode}{_colon()}" + _semicolon().join(benefit.steps)), *benefit.dates,
        (labels["contact"], f"{benefit.contact} {benefit.phone}".strip()), ("", benefit.source),
    ]  # fmt: skip
    return _sentences([f"{label}{_colon()}{text}" if label else text for label, text in rows if text])


def _listed(conditions: Sequence[Condition], either: str) -> str:
    return _semicolon().join(f"{either} {one.text}" if one.is_or else one.text for one in conditions)


def _sentences(parts: Sequence[str]) -> str:
    stop, between = (".", " ") if dates.english() else ("。", "")
    return between.join(part if part.endswith(("。", ".", "：")) else f"{part}{stop}" for part in parts if part)


def _colon() -> str:
    return ": " if dates.english() else "："


def _semicolon() -> str:
    return "; " if dates.english() else "；"
