"""Short ways to read a rule and to ask an enterprise."""

from datetime import date

from qinqing.eligibility import catalogue, facts, policies, row
from qinqing.eligibility.faults import Broken

STANDARD = catalogue.standard()
ON = date(2026, 11, 23)


def policy(where, amount=None, **more):
    return {"id": "p", "title": "规则", "where": where, **({} if amount is None else {"amount": amount}), **more}


def book(*raw, on=ON, **parts):
    return policies.read({"policies": list(raw), **parts}, STANDARD, on)


def known(**raw):
    return facts.read(raw, STANDARD)


def asked(content, on=ON, **raw):
    """(truth, amount) of each policy."""
    rules = content if isinstance(content, policies.Rulebook) else book(content, on=on)
    return [(found.truth, found.amount) for found in row.Evaluator(rules).match(known(**raw))]


def truth(where, on=ON, **raw):
    return asked(policy(where), on, **raw)[0][0]


def faults(*raw, on=ON, **parts):
    """Path and sentence of every fault; none when it loads."""
    try:
        return [(fault.path, str(fault.what)) for fault in book(*raw, on=on, **parts).warnings]
    except Broken as broken:
        return [(fault.path, str(fault.what)) for fault in broken.faults]
