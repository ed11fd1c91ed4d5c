"""The forty policies and the fifteen enterprises they are tried on: what matches, what is unknown, and nothing else."""

from datetime import date

import pytest

from qinqing import base
from qinqing.demo import policies as demo
from qinqing.demo.source import read
from qinqing.eligibility import catalogue, facts, policies
from qinqing.eligibility.row import Evaluator
from qinqing.policy import rules, search
from qinqing.policy.models import Clause, Policy
from qinqing.policy.queries import library
from tests import characters

ROWS = read("policies")
QUERIES = (
    ("稳岗", "POL03"), ("30人以下", "POL04"), ("增值税", "POL05"), ("月销售额", "POL06"), ("小型微利", "POL07"),
    ("亏损结转", "POL08"), ("首次入规", "POL09"), ("技改", "POL10"), ("专精特新", "POL11"), ("高新技术", "POL12"),
    ("研发费用", "POL13"), ("创业担保贷款", "POL14"), ("返乡创业园", "POL15"), ("减免租金", "POL16"), ("电价", "POL17"),
    ("延期还本付息", "POL18"), ("首贷", "POL19"), ("展位费", "POL23"), ("生猪", "POL26"), ("猕猴桃", "POL28"),
)  # fmt: skip


@pytest.fixture(scope="module")
def book():
    rows = [{"id": row["number"], "title": row["title"], **row["item"]["rule"]} for row in ROWS]
    return Evaluator(policies.read(rows, catalogue.standard(), date(2020, 3, 15)))


@pytest.mark.req("M3-030")
@pytest.mark.parametrize("sample", read("samples")["firms"], ids=lambda sample: sample["id"])
def test_each_enterprise_gets_what_is_expected_and_nothing_else(book, sample):
    results = book.match(facts.read(sample["facts"], catalogue.standard()))
    found = {truth: [result.policy.id for result in results if result.truth is truth] for truth in (True, None)}
    assert (found[True], found[None]) == (sample["match"], sample["unknown"])


def test_there_are_forty_and_all_are_marked_as_simulated():
    assert len({row["number"] for row in ROWS}) == 40
    assert all("演示" in row["document_number"] for row in ROWS)


def test_only_the_one_that_asks_for_registration_here_is_flagged():
    found = {row["number"]: [finding.code for finding in rules.findings_of_rule(
        row["title"], row["item"]["rule"], (row["title"], row["item"]["conditions"], row["item"]["benefit"]))] for row in ROWS}
    assert {number: codes for number, codes in found.items() if codes} == {"POL25": ["local_registration"]}


def test_plain_words_say_the_numbers_of_the_clause_they_stand_beside():
    clauses = [(row["number"], clause) for row in ROWS for clause in row["clauses"]]
    wrong = [(number, str(finding.what)) for number, clause in clauses
             for finding in rules.findings_of_clause(clause["number"], clause["original"], clause["plain"])]
    assert wrong == []


@pytest.mark.req("M3-026")
@pytest.mark.django_db
def test_twenty_queries_lead_to_their_policy_among_the_first_five():
    issuer = characters.make_unit("rsj", "市人力资源和社会保障局")
    for row in ROWS:
        policy = Policy.objects.create(
            number=row["number"], title=row["title"], summary=row["summary"], issuer=issuer, issued_on=row["issued_on"],
            effective_from=row["issued_on"], status="published", registered_at=base.now())
        for position, clause in enumerate(row["clauses"]):
            Clause.objects.create(policy=policy, position=position, **clause)
        search.index(policy)
    for query, wanted in QUERIES:
        found = library.found(library.Wanted(text=query), base.today())[:5]
        assert wanted in {policy.number for policy in found}, query


def test_every_source_of_the_catalogue_is_a_unit_of_the_demo():
    assert {fact.source.zh for fact in catalogue.standard().facts.values()} <= demo.HOLDERS.keys()
