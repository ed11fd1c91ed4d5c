"""The forty policies of the demo and the fifteen enterprises they are tried on: what must come out does."""

from collections import defaultdict
from datetime import date
from importlib import resources

import pytest
import yaml

from qinqing.eligibility import policies, row

from .rules import STANDARD, known

YEAR_END = date(2020, 12, 31)


def data(name):
    return yaml.safe_load(resources.files("qinqing.demo").joinpath(f"data/{name}.yaml").read_text("utf-8"))


RULES = [{"id": each["number"], "title": each["title"], **each["item"]["rule"]} for each in data("policies")]
FIRMS = data("samples")["firms"]


def test_the_forty_have_no_faults_and_no_warnings():
    book = policies.read(RULES, STANDARD, YEAR_END)
    assert (len(book.policies), book.warnings) == (40, ())


@pytest.mark.req("M3-030")
@pytest.mark.parametrize("firm", FIRMS, ids=lambda firm: firm["id"])
def test_what_must_come_out_does(firm):
    results = row.Evaluator(policies.read(RULES, STANDARD, YEAR_END)).match(known(**firm["facts"]))
    by_truth = defaultdict(list)
    for found in results:
        by_truth[found.truth].append(found.policy.id)
    assert (by_truth[True], by_truth[None]) == (firm["match"], firm["unknown"])
