"""Random rules over the catalogue, and random enterprises of which some facts are not known.

Values are drawn near the rules' constants and at the ends of the ranges, where engines would differ if they did.
"""

from datetime import date

from qinqing.eligibility import catalogue, policies
from qinqing.eligibility.catalogue import Kind
from qinqing.eligibility.faults import Broken

ON = date(2026, 11, 23)

USABLE = [
    "revenue", "rd_exp", "equip_inv", "taxable_income", "ui_paid", "loan_interest",
    "employees", "hired_grads", "layoffs", "ui_insured", "patents", "ui_months", "layoff_rate", "export_growth",
    "blacklisted", "hightech", "zjtx", "size", "credit", "founder_group", "region", "industry", "founded", "hightech_date",
]
CODES = {"region": ["510800", "510802", "510802001", "510811", "51", "440300"],
         "industry": ["C", "C15", "C152", "C1521", "35", "I65", "A0313", "A03"]}
DATES = ["1900-01-01", "2019-12-31", "2020-02-29", "2024-02-29", "2025-11-23", "2026-01-31", "2026-11-23", "2199-12-31"]
CMP = ["lt", "le", "gt", "ge", "eq", "ne"]
DATE_OPS = ["before", "after", "since", "until", "is"]
SHARES = ["0%", "3%", "5.5%", "20%", "33.3333%", "100%", "150%"]
BY_DIMENSION = {
    "money": ["revenue", "rd_exp", "equip_inv", "taxable_income", "ui_paid", "loan_interest"],
    "people": ["employees", "hired_grads", "layoffs", "ui_insured"],
}
LITERALS = {"money": ["0元", "0.01元", "1元", "6000元", "50万元", "1亿元", "-3元"], "people": ["0人", "1人", "30人", "300人"]}
ENDS = {"money": [0, 1, 2, 99, 100, 101, 599_999, 600_000, 5_000_000, 10**10], "people": [0, 1, 29, 30, 31, 300]}

STANDARD = catalogue.standard().facts


class Maker:
    """Draws from `rng`; `depth` bounds how far conditions and numbers nest."""

    def __init__(self, rng):
        self.rng = rng

    def policies(self, size):
        """So many policies that load, made of conditions and amounts that several of them share, as real ones do."""
        conditions = self.loading(size // 3, lambda: {"where": self.condition(3)})
        amounts = self.loading(size // 5, lambda: {"where": self.condition(0), "amount": self.number("money", 3)})
        wheres, sums = [one["where"] for one in conditions], [one["amount"] for one in amounts]
        return [self.policy(number, wheres, sums) for number in range(size)]

    def loading(self, size, make):
        """What could overflow is refused, as it should be; such a draw is drawn again."""
        made = []
        while len(made) < size:
            raw = make()
            try:
                policies.read([{"id": "p", "title": "规则", **raw}], catalogue.standard(), ON)
            except Broken:
                continue
            made.append(raw)
        return made

    def policy(self, number, conditions, amounts):
        raw = {"id": f"p{number}", "title": f"规则 {number}"}
        raw |= {"where": self.joined(conditions), "amount": self.rng.choice(amounts)}
        if self.rng.random() < 0.15:
            instead = self.rng.choice([{}, {"where": self.rng.choice(conditions)}])
            raw["exceptions"] = [{"title": "例外", "when": self.rng.choice(conditions), **instead}]
        return raw

    def joined(self, conditions):
        parts = self.rng.choices(conditions, k=self.rng.randint(1, 4))
        form = self.rng.choice(["all", "any", "at_least", "not"])
        if form == "not":
            return {"not": {"any": parts}}
        return {"at_least": self.rng.randint(1, len(parts)), "of": parts} if form == "at_least" else {form: parts}

    def condition(self, depth):
        forms = [self.test] * 4 + [self.ratio, self.comparison]
        if depth:
            forms += [self.group] * 5 + [self.opposite]
        return self.rng.choice(forms)(depth - 1)

    def group(self, depth):
        parts = [self.condition(depth) for _ in range(self.rng.randint(1, 4))]
        form = self.rng.choice(["all", "any", "at_least"])
        return {"at_least": self.rng.randint(1, len(parts)), "of": parts} if form == "at_least" else {form: parts}

    def opposite(self, depth):
        return {"not": self.condition(depth)}

    def test(self, _depth):
        fact = STANDARD[self.rng.choice(USABLE)]
        op, value = getattr(self, f"_{fact.kind}")(fact)
        return {"fact": fact.name, op: value}

    def _number(self, fact):
        values = self.values(fact)
        if self.rng.random() < 0.2:
            return "between", sorted(self.rng.choices(values, k=2))
        return self.rng.choice(CMP), self.rng.choice(values)

    def _flag(self, _fact):
        return "is", self.rng.random() < 0.5

    def _enum(self, fact):
        codes = [choice.code for choice in fact.choices]
        if fact.ordered and self.rng.random() < 0.3:
            return self.rng.choice(CMP), self.rng.choice(codes)
        return self.rng.choice(["in", "not_in"]), self.rng.sample(codes, self.rng.randint(1, len(codes)))

    def _tree(self, fact):
        codes = self.rng.sample(CODES[fact.name], self.rng.randint(1, 3))
        return self.rng.choice(["under", "not_under"]), codes

    def _date(self, _fact):
        return self.rng.choice(DATE_OPS), self.rng.choice(DATES)

    def ratio(self, depth):
        dimension = self.rng.choice(["money", "people"])
        parts = [self.number(dimension, max(depth, 0), literals=False) for _ in range(2)]
        return {"ratio": parts, self.rng.choice(CMP): self.rng.choice(SHARES)}

    def comparison(self, depth):
        if self.rng.random() < 0.3:
            return {"num": {"months_since": self.rng.choice(["founded", "hightech_date"])},
                    self.rng.choice(CMP): f"{self.rng.randint(-2, 40)}个月"}
        dimension = self.rng.choice(["money", "people"])
        return {"num": self.number(dimension, max(depth, 0), literals=False), self.rng.choice(CMP): self.number(dimension, 0)}

    def number(self, dimension, depth, *, literals=True):
        plain = [self.fact_of, self.literal] if literals else [self.fact_of]
        nested = [self.sum, self.extreme, self.product, self.difference, self.case] if depth > 0 else []
        return self.rng.choice(plain + nested)(dimension, depth - 1)

    def fact_of(self, dimension, _depth):
        return self.rng.choice(BY_DIMENSION[dimension])

    def literal(self, dimension, _depth):
        return self.rng.choice(LITERALS[dimension])

    def sum(self, dimension, depth):
        return {"add": [self.number(dimension, depth) for _ in range(self.rng.randint(1, 3))]}

    def extreme(self, dimension, depth):
        return {self.rng.choice(["min", "max"]): [self.number(dimension, depth) for _ in range(self.rng.randint(1, 3))]}

    def difference(self, dimension, depth):
        return {"sub": [self.number(dimension, depth), self.number(dimension, depth)]}

    def product(self, dimension, depth):
        if dimension == "money" and self.rng.random() < 0.4:
            return {"mul": [self.fact_of("people", 0), "6000元", *self.rng.choice([[], ["33.3333%"]])]}
        return {"mul": [self.rng.choice(SHARES), self.number(dimension, depth, literals=False)]}

    def case(self, dimension, depth):
        rows = [{"when": self.condition(0), "then": self.number(dimension, depth)} for _ in range(self.rng.randint(1, 2))]
        return {"case": [*rows, {"else": self.number(dimension, depth)}]}

    # —— enterprises ——

    def values(self, fact):
        """Numbers of a fact in base units, near what rules ask for."""
        near = ENDS.get(fact.dimension, [0, 1, 11, 12, 13, 550, -2000])
        return [value for value in [*near, fact.low, fact.high] if fact.low <= value <= fact.high]

    def facts(self, missing=0.2):
        return {name: self.value(STANDARD[name]) for name in USABLE if self.rng.random() >= missing}

    def value(self, fact):
        if fact.kind is Kind.NUMBER:
            anywhere = self.rng.randint(fact.low, min(fact.high, 10**9))
            return self.rng.choice([anywhere, *self.values(fact)])
        if fact.kind is Kind.TREE:
            return fact.read(self.rng.choice(CODES[fact.name]))
        if fact.kind is Kind.DATE:
            return fact.read(self.rng.choice(DATES))
        return self.rng.randint(fact.low, fact.high)
