"""All enterprises against all policies, and one enterprise: ours beside OpenFisca-Core, zen-engine and Polars, in turn.

    python bench/eligibility.py [--rows 1000000] [--rounds 3]

The policies are the ten examples with their thresholds, industries and places varied, the same for every side; the columns are
the snapshot's. OpenFisca knows no unknown facts and keeps money as float32: it is asked with complete data, once as its own
examples are written (`openfisca`) and once with every shared condition as a cached variable (`openfisca tuned`). Polars gets the
distinct conditions staged first. zen-engine evaluates compiled expressions for one enterprise. Each prints how many it found.
"""

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
from datetime import date
from functools import cache
from pathlib import Path

import pairs

sys.path.insert(0, str(pairs.ROOT / "src"))
ON = date(2026, 11, 23)
EXAMPLES = pairs.ROOT / "tests" / "eligibility" / "examples.json"
PLACES = ["510800", "510802", "510811", "510812", "510821", "510822", "510823", "510824"]
INDUSTRIES = ["C", "B", "A", "F", "C15", "C30", "C35", "I65"]
BELOW_COUNTY = 1001 * 1001  # numbers of towns and villages: without them a place fits into OpenFisca's 32 bits
SCALES = [1, 2, 3, 5, 8]


# —— what every side is given ——

def policies_of(count):
    """So many policies after the ten examples; many share conditions, as real ones do."""
    examples, rng = json.loads(EXAMPLES.read_text("utf-8")), random.Random(20261123)
    return [varied(examples[n % len(examples)], rng) | {"id": f"p{n}"} for n in range(count)]


def varied(raw, rng):
    if isinstance(raw, dict):
        place = {"region": PLACES, "industry": INDUSTRIES}.get(raw.get("fact"))
        if place:
            return raw | {"under": rng.sample(place, rng.randint(1, 3))}
        return {key: varied(value, rng) for key, value in raw.items()}
    if isinstance(raw, list):
        return [varied(part, rng) for part in raw]
    for unit in ("万元", "人", "个月"):
        if isinstance(raw, str) and raw.endswith(unit) and raw[:-len(unit)].isdecimal():
            return f"{int(raw[:-len(unit)]) * rng.choice(SCALES)}{unit}"
    return raw


def book_of(count, *, amounts=True):
    from qinqing.eligibility import catalogue, policies

    raw = policies_of(count) if amounts else [{**each, "amount": "0元"} for each in policies_of(count)]
    return policies.read(raw, catalogue.standard(), ON)


def make_snapshot(folder, rows, missing):
    """Enterprises as a city of that size might have them, and of each fact the share that is not known."""
    import numpy as np

    from qinqing.eligibility import columns
    from qinqing.eligibility.catalogue import Kind
    from qinqing.eligibility.nodes import facts_in

    rng = np.random.default_rng(20261123)
    nodes = [node for policy in book_of(500).policies for node in (policy.where, policy.amount)]
    facts = {fact.name: fact for node in nodes for fact in facts_in(node)}
    classes = [facts["industry"].span(code)[0] for code in ("A0313", "B0610", "C1521", "C3011", "C3511", "F5211", "I6513")]
    made = {}
    for name, fact in sorted(facts.items()):
        if fact.kind is Kind.FLAG:
            numbers = rng.random(rows) < 0.15
        elif name == "industry":
            numbers = rng.choice(classes, rows)
        elif name == "region":
            numbers = rng.choice([fact.span(code + "001")[0] for code in PLACES[1:]], rows)
        elif fact.kind is Kind.ENUM:
            numbers = rng.integers(0, fact.high + 1, rows)
        elif fact.kind is Kind.DATE:
            numbers = np.array([fact.read(f"{year}-{month:02d}-15") for year in range(2005, 2027) for month in range(1, 12)])
            numbers = rng.choice(numbers, rows)
        else:
            numbers = rng.lognormal({"money": 17.0, "energy": 11.0, "people": 2.0}.get(fact.dimension, 1.5), 1.5, rows)
        numbers = np.clip(numbers, fact.low, fact.high).astype(np.int64)
        made[name] = columns.column(fact, numbers, rng.random(rows) >= missing if missing else None)
    codes = np.char.mod("91510802%010d", np.arange(rows)).astype("S18")
    columns.save(columns.Columns(rows, ON, codes, made), folder)


@cache
def opened(folder):
    """Kept, as a worker keeps it: from the second round on its pages are in memory."""
    from qinqing.eligibility import catalogue, columns

    return columns.open_snapshot(Path(folder), catalogue.standard())


def timed(work):
    begun = time.perf_counter()
    answer = work()
    return (time.perf_counter() - begun) * 1000, answer


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


# —— our side ——

def ours():
    import numpy as np

    from qinqing.eligibility import bulk, columns, explaining, row

    def snapshot(folder, rows, missing):
        make_snapshot(Path(folder), rows, missing)
        return {"mb": sum(file.stat().st_size for file in Path(folder).iterdir()) // 2**20}

    def match(folder, count):
        table, rules, before = opened(folder), bulk.Interned(book_of(count)), peak()
        ms, totals = timed(lambda: bulk.totals(table, rules))
        return {"ms": ms, "eligible": sum(each.eligible for each in totals), "fen": sum(each.amount for each in totals),
                "mb": peak() - before}

    def truths(folder, count):
        table, rules = opened(folder), bulk.Interned(book_of(count, amounts=False))
        ms, totals = timed(lambda: bulk.totals(table, rules))
        return {"ms": ms, "eligible": sum(each.eligible for each in totals)}

    def triples(folder, count, out):
        table, rules = opened(folder), bulk.Interned(book_of(count))

        def write():
            count, paths = 0, [Path(f"{out}.{name}") for name in ("rows", "policies", "fen")]
            with paths[0].open("wb") as rows, paths[1].open("wb") as policies, paths[2].open("wb") as fen:
                for each in bulk.matches(table, rules):
                    each.rows.astype(np.int32).tofile(rows)
                    np.full(len(each.rows), each.policy, np.int16).tofile(policies)
                    np.ascontiguousarray(each.amounts).tofile(fen)
                    count += len(each.rows)
            return count

        ms, written = timed(write)
        return {"ms": ms, "eligible": written}

    def facts_of(folder, place):
        table = opened(folder)
        return {name: int(columns.unpacked(each.values, table.rows)[place] if each.fact.kind == "flag" else each.values[place])
                for name, each in table.columns.items()}

    def one(folder, count, rounds):
        evaluator, known = row.Evaluator(book_of(count)), [facts_of(folder, place) for place in range(20)]
        ms, _ = timed(lambda: [evaluator.match(facts) for _ in range(rounds) for facts in known])
        slow, _ = timed(lambda: [explaining.explain(evaluator, facts) for facts in known])
        return {"ms": ms / rounds / len(known), "explained": slow / len(known)}

    pairs.serve({"snapshot": snapshot, "match": match, "truths": truths, "triples": triples, "one": one})


# —— OpenFisca ——

def openfisca():
    import numpy as np
    from openfisca_core import periods
    from openfisca_core.entities import build_entity
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    from qinqing.eligibility import columns
    from qinqing.eligibility.nodes import (
        HOLDS, AtLeast, Case, Compare, Difference, Extreme, Known, Months, Product, Sum, Value, Within,
    )

    month = periods.period("2026-11")
    entity = build_entity("enterprise", "enterprises", "", is_person=True)

    def variable(name, kind, formula=None):
        return type(name, (Variable,), {
            "value_type": kind, "entity": entity, "definition_period": periods.MONTH, "label": name,
            **({"formula": formula} if formula else {})})

    def condition(node, ask, cached=None):
        if cached and id(node) in cached:
            return ask(cached[id(node)])
        if isinstance(node, Within):
            value, unit = ask(node.fact.name), BELOW_COUNTY if node.fact.name == "region" else 1
            return np.logical_or.reduce([(value >= low // unit) & (value <= high // unit) for low, high in node.spans])
        if isinstance(node, Compare):
            return HOLDS[node.op](number(node.left, ask), number(node.right, ask))
        parts = [condition(part, ask, cached) for part in node.parts]
        return sum(part.astype(int) for part in parts) >= node.k if 1 < node.k < len(parts) else (
            np.logical_and.reduce(parts) if node.k == len(parts) else np.logical_or.reduce(parts))

    def number(node, ask):
        match node:
            case Known(value=value):
                return value
            case Value(fact=fact):
                return ask(fact.name)
            case Months(fact=fact, until=until):
                return (until - ask(fact.name)) // 31
            case Difference(left=left, right=right):
                return number(left, ask) - number(right, ask)
            case Sum(parts=parts):
                return sum(number(part, ask) for part in parts)
            case Extreme(parts=parts, greatest=greatest):
                pick = np.maximum if greatest else np.minimum
                first, second = (number(part, ask) for part in parts)
                return pick(first, second)
            case Product(parts=parts, times=times, over=over):
                product = 1
                for part in parts:
                    product = product * number(part, ask)
                return product * times if over == 1 else np.floor(product * (times / over) + 0.5)
            case Case(branches=branches, otherwise=otherwise):
                return np.select([condition(when, ask) for when, _ in branches], [number(then, ask) for _, then in branches],
                                 number(otherwise, ask))
        raise TypeError(node)

    def system(count, tuned, table):
        from qinqing.eligibility.bulk import Interned

        rules, made = Interned(book_of(count)), TaxBenefitSystem([entity])
        for name, each in table.columns.items():
            made.add_variable(variable(name, {"flag": bool, "number": float}.get(each.fact.kind, int)))
        cached = leaves(rules) if tuned else {}
        for key, name in cached.items():
            node = rules_node[key]
            made.add_variable(variable(name, bool, lambda who, period, *, node=node: condition(
                node, lambda fact: who(fact, period))))
        for index, (where, amount) in enumerate(rules.policies):
            made.add_variable(variable(f"eligible_{index}", bool, lambda who, period, *, where=where: condition(
                where, lambda fact: who(fact, period), cached)))
            made.add_variable(variable(f"amount_{index}", float, lambda who, period, *, index=index, amount=amount: np.where(
                who(f"eligible_{index}", period), number(amount, lambda fact: who(fact, period)), 0)))
        return made, rules

    rules_node = {}

    def leaves(rules):
        found = {}

        def walk(node):
            if isinstance(node, AtLeast):
                for part in node.parts:
                    walk(part)
            elif id(node) not in found:
                found[id(node)] = f"condition_{len(found)}"
                rules_node[id(node)] = node

        for where, _ in rules.policies:
            walk(where)
        return found

    def match(folder, count, tuned):
        table = opened(folder)
        made, _rules = system(count, tuned, table)
        arrays = {name: columns.unpacked(each.values, table.rows) if each.fact.kind == "flag" else np.asarray(each.values)
                  for name, each in table.columns.items()}
        arrays["region"] = arrays["region"] // BELOW_COUNTY
        simulation = SimulationBuilder().build_default_simulation(made, count=table.rows)
        for name, array in arrays.items():
            simulation.set_input(name, month, array)

        def calculate():
            eligible = fen = 0
            for index in range(count):
                eligible += int(simulation.calculate(f"eligible_{index}", month).sum())
                fen += float(simulation.calculate(f"amount_{index}", month).sum(dtype=np.float64))
                if not tuned:
                    simulation.delete_arrays(f"eligible_{index}")
                simulation.delete_arrays(f"amount_{index}")
            return eligible, fen

        ms, (eligible, fen) = timed(calculate)
        return {"ms": ms, "eligible": eligible, "fen": int(fen)}

    pairs.serve({"match": match})


# —— Polars and zen-engine ——

def polars():
    from functools import reduce
    from operator import and_, mul, or_

    import polars as pl

    from qinqing.eligibility import columns
    from qinqing.eligibility.bulk import Interned
    from qinqing.eligibility.nodes import (
        HOLDS, AtLeast, Case, Compare, Difference, Extreme, Known, Months, Product, Sum, Value, Within,
    )

    def condition(node, staged):
        if id(node) in staged:
            return pl.col(staged[id(node)])
        if isinstance(node, Within):
            return reduce(or_, [pl.col(node.fact.name).is_between(low, high) for low, high in node.spans])
        if isinstance(node, Compare):
            return HOLDS[node.op](number(node.left), number(node.right))
        parts = [condition(part, staged) for part in node.parts]
        if node.k in (1, len(parts)):
            return reduce(or_ if node.k == 1 < len(parts) else and_, parts)
        return reduce(or_, [reduce(and_, [parts[i], parts[j]]) for i in range(len(parts)) for j in range(i)])  # two of several

    def number(node):
        match node:
            case Known(value=value):
                return pl.lit(value, pl.Int64)
            case Value(fact=fact):
                return pl.col(fact.name).cast(pl.Int64)
            case Months(fact=fact, until=until):
                return (until - pl.col(fact.name).cast(pl.Int64)) // 31
            case Difference(left=left, right=right):
                return number(left) - number(right)
            case Sum(parts=parts):
                return reduce(lambda one, other: one + other, map(number, parts))
            case Extreme(parts=parts, greatest=greatest):
                return (pl.max_horizontal if greatest else pl.min_horizontal)(*map(number, parts))
            case Product(parts=parts, times=times, over=over):
                product = reduce(mul, map(number, parts))
                return product * times if over == 1 else (product * (2 * times) + over) // (2 * over)
            case Case(branches=branches, otherwise=otherwise):
                found = number(otherwise)
                for when, then in reversed(branches):
                    found = pl.when(condition(when, {})).then(number(then)).otherwise(found)
                return found
        raise TypeError(node)

    frames = {}

    def frame(folder):
        if folder not in frames:
            table = opened(folder)
            data = {}
            for name, each in table.columns.items():
                values = columns.unpacked(each.values, table.rows).astype("u1") if each.fact.kind == "flag" else each.values
                series = pl.Series(name, values)
                if each.known is not None:
                    known = pl.Series(columns.unpacked(each.known, table.rows))
                    series = pl.select(pl.when(known).then(series).otherwise(None).alias(name)).to_series()
                data[name] = series
            frames.clear()
            frames[folder] = pl.DataFrame(data).with_row_index("row")
        return frames[folder]

    def staged(folder, count):
        rules, names, nodes = Interned(book_of(count)), {}, {}

        def walk(node):
            if isinstance(node, AtLeast):
                for part in node.parts:
                    walk(part)
            elif id(node) not in names:
                names[id(node)], nodes[id(node)] = f"c{len(names)}", node

        for where, _ in rules.policies:
            walk(where)
        stage = [condition(nodes[key], {}).alias(name) for key, name in names.items()]
        wheres = [condition(where, names).fill_null(value=False).alias(f"e{n}")
                  for n, (where, _) in enumerate(rules.policies)]
        return frame(folder), rules, stage, wheres

    def match(folder, count):
        data, rules, stage, wheres = staged(folder, count)
        sums = [pl.when(pl.col(f"e{n}")).then(number(amount)).sum().alias(f"a{n}")
                for n, (_, amount) in enumerate(rules.policies)]
        counts = [pl.col(f"e{n}").sum() for n in range(count)]
        query = data.lazy().with_columns(stage).with_columns(wheres).select([*counts, *sums])
        ms, found = timed(lambda: query.collect().row(0))
        return {"ms": ms, "eligible": sum(found[:count]), "fen": sum(found[count:])}

    def triples(folder, count, out):
        data, rules, stage, wheres = staged(folder, count)

        def write():
            held = data.lazy().with_columns(stage).with_columns(wheres).collect()
            parts = [held.lazy().filter(pl.col(f"e{n}")).select(
                "row", pl.lit(n, pl.Int16).alias("policy"), number(amount).alias("amount"))
                for n, (_, amount) in enumerate(rules.policies)]
            found = pl.concat(pl.collect_all(parts))
            found.write_ipc(f"{out}.arrow")
            return len(found)

        ms, written = timed(write)
        return {"ms": ms, "eligible": written}

    pairs.serve({"match": match, "triples": triples, "one": zen_one})


def zen_one(folder, count, rounds):
    """Compiled expressions over one enterprise's facts: what zen-engine is best at."""
    import zen

    from qinqing.eligibility import columns
    from qinqing.eligibility.nodes import AtLeast, Compare, Difference, Extreme, Known, Months, Product, Sum, Value, Within

    signs = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!="}

    def text(node):
        match node:
            case Within(fact=fact, spans=spans):
                return "(" + " or ".join(f"({fact.name} >= {low} and {fact.name} <= {high})" for low, high in spans) + ")"
            case Compare(left=left, op=op, right=right):
                return f"({text(left)} {signs[op]} {text(right)})"
            case AtLeast(k=k, parts=parts) if k in (1, len(parts)):
                return "(" + (" and " if k == len(parts) else " or ").join(map(text, parts)) + ")"
            case AtLeast(k=k, parts=parts):
                return "(" + " + ".join(f"({text(part)} ? 1 : 0)" for part in parts) + f" >= {k})"
            case Known(value=value):
                return str(value)
            case Value(fact=fact):
                return fact.name
            case Months(fact=fact, until=until):
                return f"floor(({until} - {fact.name}) / 31)"
            case Difference(left=left, right=right):
                return f"({text(left)} - {text(right)})"
            case Sum(parts=parts):
                return "(" + " + ".join(map(text, parts)) + ")"
            case Extreme(parts=parts, greatest=greatest):
                return ("max" if greatest else "min") + "([" + ", ".join(map(text, parts)) + "])"
            case Product(parts=parts, times=times, over=over):
                return "(" + " * ".join([*map(text, parts), f"{times} / {over}"]) + ")"
        branch, = node.branches
        return f"({text(branch[0])} ? {text(branch[1])} : {text(node.otherwise)})"

    table = opened(folder)
    known = [{name: int(columns.unpacked(each.values, table.rows)[place] if each.fact.kind == "flag" else each.values[place])
              for name, each in table.columns.items()} for place in range(20)]
    rules = [zen.compile_expression(f"{text(policy.where)} ? {text(policy.amount)} : null") for policy in book_of(count).policies]
    ms, _ = timed(lambda: [rule.evaluate(facts) for _ in range(rounds) for facts in known for rule in rules])
    return {"ms": ms / rounds / len(known)}


# —— all in turn ——

def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    print(pairs.machine())
    python = pairs.peer_python("engines")
    sides = {"ours": pairs.Side("qinqing", sys.executable, "eligibility.py", BENCH_SIDE="ours")}
    sides |= {name: pairs.Side(name, python, "eligibility.py", BENCH_SIDE=name) for name in ("openfisca", "polars")}
    with tempfile.TemporaryDirectory(prefix="qinqing-bench-") as home:
        measure(sides, home, wanted)
    print(pairs.machine())
    for side in sides.values():
        side.end()


def measure(sides, home, wanted):
    whole, gaps = f"{home}/whole", f"{home}/gaps"
    for folder, missing in ((whole, 0), (gaps, 0.03)):
        made = sides["ours"].ask(ask="snapshot", folder=folder, rows=wanted.rows, missing=missing)
        print(f"snapshot of {wanted.rows:,} rows, {missing:.0%} of the facts unknown: {made['mb']} MB")
    for count in (100, 500):
        compare(f"{count} policies, complete", wanted.rounds, {
            "ours": (sides["ours"], {"ask": "match", "folder": whole, "count": count}),
            "ours, no amounts": (sides["ours"], {"ask": "truths", "folder": whole, "count": count}),
            "openfisca": (sides["openfisca"], {"ask": "match", "folder": whole, "count": count, "tuned": False}),
            "openfisca tuned": (sides["openfisca"], {"ask": "match", "folder": whole, "count": count, "tuned": True}),
            "polars staged": (sides["polars"], {"ask": "match", "folder": whole, "count": count}),
        })
        compare(f"{count} policies, 3 % unknown", wanted.rounds, {
            name: (sides[side], {"ask": "match", "folder": gaps, "count": count})
            for name, side in (("ours", "ours"), ("polars staged", "polars"))})
    compare("triples written, 100 policies", wanted.rounds, {
        name: (sides[side], {"ask": "triples", "folder": whole, "count": 100, "out": f"{home}/{side}"})
        for name, side in (("ours", "ours"), ("polars staged", "polars"))})
    compare("one changed policy", wanted.rounds, {"ours": (sides["ours"], {"ask": "match", "folder": gaps, "count": 1})})
    compare("one enterprise, 100 policies", wanted.rounds, {
        name: (sides[side], {"ask": "one", "folder": whole, "count": 100, "rounds": 200})
        for name, side in (("ours", "ours"), ("zen-engine", "polars"))})


def compare(question, rounds, asked):
    """Each in turn, so that whatever else the machine does falls on all alike; the best of the rounds is shown too."""
    answers = {name: [] for name in asked}
    for _ in range(rounds):
        for name, (side, ask) in asked.items():
            answers[name].append(side.ask(**ask))
    print(f"\n{question} (load {os.getloadavg()[0]:.1f})")
    base = pairs.p50([answer["ms"] for answer in answers["ours"]])
    for name, found in answers.items():
        ms = [answer["ms"] for answer in found]
        rest = {key: value for key, value in found[-1].items() if key != "ms"}
        print(f"  {name:16} p50 {pairs.p50(ms):>10.2f} ms, best {min(ms):>10.2f} ms, ratio {pairs.p50(ms) / base:6.1f}  {rest}")


if __name__ == "__main__":
    if "--side" in sys.argv:
        {"ours": ours, "openfisca": openfisca, "polars": polars}[os.environ["BENCH_SIDE"]]()
    else:
        main()
