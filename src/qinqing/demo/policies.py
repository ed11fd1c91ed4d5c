"""The forty policies of the year as steps, and the fifteen enterprises they are tried on with what is known of them."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from qinqing import base
from qinqing.base import SYSTEM, Actor
from qinqing.casework.models import Matter
from qinqing.eligibility import catalogue
from qinqing.parties.actions import EnterpriseRow, FactRow
from qinqing.parties.models import Unit
from qinqing.parties.terms import EnterpriseKind, PermittedUse
from qinqing.policy import actions
from qinqing.policy.models import Policy
from qinqing.policy.rules import evidence
from qinqing.policy.terms import OWED, Channel, Gate, Piece

from .days import Days, at
from .lives import Step
from .population import credit_code, phone
from .source import read

KNOWN_ON = date(2020, 12, 31)
FIRST_NUMBER = 900_001  # of codes and phones: no enterprise of the register comes so far
REVIEWERS = {Gate.FAIR_COMPETITION: "scjg", Gate.LEGALITY: "sfj"}
PAPERS = {"job_keep_pledge": "稳岗承诺书", "result_confirmed": "成果确认书"}
LISTED_AFTER = 4  # working days
HALL = "市政务服务中心"
ANSWERS = {  # what the enterprises had asked for when these were issued
    "POL03": "labour", "POL17": "utilities", "POL18": "financing", "POL19": "financing", "POL20": "financing",
    "POL24": "sales", "POL35": "labour", "POL37": "land",
}  # fmt: skip
KINDS = {
    "enterprise": EnterpriseKind.COMPANY, "self_employed": EnterpriseKind.SOLE_TRADER,
    "cooperative": EnterpriseKind.COOPERATIVE, "farm": EnterpriseKind.FARM,
}  # fmt: skip
IN_REGISTER = {"org_type", "industry"}
SUFFIXES = {"enterprise": "有限公司", "self_employed": "店", "cooperative": "专业合作社", "farm": "家庭农场"}
HOLDERS = {  # who says what: the sources of the catalogue as units of the demo
    "市场主体登记": "scjg", "信用平台": "fgw", "统计部门": "tjj", "税务部门": "tax", "人社部门": "rsj", "经信部门": "jxj",
    "科技部门": "kjj", "海关": "hg", "商务部门": "swj", "农业农村部门": "nyj", "文旅部门": "wgl", "金融部门": "jrj",
    "国资部门": "gzw", "自然资源部门": "zrzy", "园区管理机构": "jkq", "生态环境部门": "sthj", "供电企业": "gwgs",
    "人才工作部门": "zzb", "企业自报": "",
}  # fmt: skip


# —— issued in the first weeks of the year ——


def steps(days: Days) -> Iterator[Step]:
    """Each is written, published on the day of issue, and listed within the limit."""
    for row in read("policies"):
        issued = days.working(row["issued_on"])
        said = {"number": row["number"]}
        yield Step(at(issued, time(9, 10)), None, "write_policy", f"{row['issuer']}-handler-1", said)
        yield Step(at(issued, time(9, 40)), None, "publish_policy", f"{row['issuer']}-leader", said)
        yield Step(at(days.after(issued, LISTED_AFTER), time(15)), None, "list_policy", f"{row['issuer']}-liaison", said)


def write_policy(*, actor: Actor, number: str) -> None:
    """The document with its clauses and its benefit, and both reviews."""
    row = next(row for row in read("policies") if row["number"] == number)
    about = {name: row[name] for name in ("document_number", "title", "title_en", "summary", "summary_en", "level", "issued_on")}
    policy = actions.register(
        actor=actor, number=number, issuer=Unit.objects.get(code=row["issuer"]), effective_from=row["issued_on"],
        effective_to=row["effective_to"], simulated=True, **about)
    clauses = [actions.add_clause(actor=actor, policy=policy, **clause) for clause in row["clauses"]]
    actions.add_item(actor=actor, policy=policy, code=number, title=row["title"], title_en=row["title_en"], basis=clauses[1],
                     **_item(row))
    for gate, reviewer in REVIEWERS.items():
        actions.record_review(
            actor=actor, policy=policy, gate=gate, reviewer=Unit.objects.get(code=reviewer), reviewed_on=row["issued_on"],
            document_number=f"演示审〔2020〕{int(number[3:])}号", passed=True)


def _item(row: dict[str, Any]) -> dict[str, Any]:
    item = row["item"]
    window = {"window_from": row["issued_on"]} if "window_to" in item else {}
    return {**item, **window, "evidence": _evidence(item.get("rule", {}))}


def _evidence(rule: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The departments' data stand for what they hold; what only the enterprise knows it shows by a paper."""
    names = evidence.facts_of(rule, catalogue.standard().facts)
    return evidence.kept(evidence.Proof(name, stands=name not in PAPERS, material=PAPERS.get(name, "")) for name in names)


def publish_policy(*, actor: Actor, number: str) -> None:
    """The issuer stands by the plain words, and everybody may read it."""
    policy = Policy.objects.get(number=number)
    for clause in policy.clauses.all():
        actions.approve_plain(actor=actor, clause=clause)
    actions.publish(actor=actor, policy=policy)


def list_policy(*, actor: Actor, number: str) -> None:
    """List, manual and guide on the web; the text in the hall."""
    policy = Policy.objects.get(number=number)
    for piece in OWED:
        actions.record_channel(actor=actor, policy=policy, piece=piece, channel=Channel.WEB, published_on=base.today())
    actions.record_channel(
        actor=actor, policy=policy, piece=Piece.TEXT, channel=Channel.HALL, published_on=base.today(), place=HALL)
    if number in ANSWERS:
        asked = Matter.objects.filter(kind="difficulty", topic=ANSWERS[number], received_at__date__lt=policy.issued_on)
        actions.cite_demands(actor=SYSTEM, policy=policy, matters=list(asked))


STEPS = {step.__name__: step for step in (write_policy, publish_policy, list_policy)}


# —— the enterprises they are tried on ——


def samples() -> dict[str, EnterpriseRow]:
    """By the key of the sample; each has a name, a code and somebody who speaks for it."""
    return {row["id"]: _enterprise(number, row) for number, row in enumerate(read("samples")["firms"], FIRST_NUMBER)}


def _enterprise(number: int, row: dict[str, Any]) -> EnterpriseRow:
    form = row["facts"]["org_type"]
    return EnterpriseRow(
        code=credit_code(KINDS[form], number), name=f"广元演示{row['makes']}{SUFFIXES[form]}", kind=KINDS[form],
        division="510802", industry_code=row["facts"]["industry"], address="演示路1号", contact_name="林演示",
        contact_phone=phone(number))


def facts(codes: dict[str, str]) -> Iterator[FactRow]:
    """What the departments say of the samples, and of the firm whose owner a visitor may become."""
    owner, firms = read("samples")["owner"], read("samples")["firms"]
    for key, known in [(owner["firm"], owner["facts"]), *((row["id"], row["facts"]) for row in firms)]:
        yield from (_fact(codes[key], name, value) for name, value in known.items() if name not in IN_REGISTER)


def _fact(code: str, name: str, value: Any) -> FactRow:
    holder = HOLDERS[catalogue.standard().facts[name].source.zh]
    return FactRow(code=code, name=name, value=value, as_of=KNOWN_ON, source=holder, permitted_use=PermittedUse.MATCHING)
