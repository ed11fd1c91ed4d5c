"""The library at 10,000 policies: the whole request through middleware, view and template, in-process.

    python bench/library.py [--rows 10000] [--rounds 9] [--profile]

One policy, one benefit, after the ten example rules with their thresholds, industries and places varied. The time of the wall
and of the processor, the middle of the rounds; there is no peer. With `--profile`, what the slowest question spends its time on.
"""

import argparse
import cProfile
import os
import pstats
import re
import statistics
import sys
import tempfile
import time
from datetime import date

import pairs

FOUND = re.compile(r"(?:共|找到) (\d+) 份")
QUESTIONS = {
    "the first page": {}, "words": {"q": "稳岗"}, "county": {"county": "510802"}, "size": {"size": "small"},
    "county and size": {"county": "510802", "size": "micro"},
    "words, county and size": {"q": "稳岗", "county": "510802", "size": "small"},
}
TITLES = ("企业稳岗奖励办法", "技术改造补助办法", "小微企业房租减免", "首贷贴息实施细则", "研发投入后补助", "农产品冷藏设施补助")


def site():
    os.environ["QINQING_HOME"] = tempfile.mkdtemp(prefix="qinqing-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "qinqing.site.settings"
    os.environ["QINQING_DEBUG"] = "0"
    sys.path.insert(0, str(pairs.ROOT))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, stdout=sys.stderr)


def seed(rows):
    """Rows as `register` and `add_item` leave them, without the ledger's entries."""
    from django.db import connection

    from eligibility import policies_of
    from qinqing import base
    from qinqing.policy import search
    from qinqing.policy.models import Policy, PolicyItem
    from tests import characters

    town, now, since = characters.make_town(), base.now(), date(2020, 1, 1)
    policies = Policy.objects.bulk_create([Policy(
        number=f"B{n}", title=f"{TITLES[n % len(TITLES)]}（{n}）", summary="演示", issuer=town.land, issued_on=since,
        effective_from=since, status="published", published_at=now, registered_at=now) for n in range(rows)], batch_size=500)
    PolicyItem.objects.bulk_create([PolicyItem(
        policy=policy, code=f"B{n}-1", title=policy.title, benefit_class="grant", mode="automatic", conditions="见规则",
        benefit="见规则", rule={"where": raw["where"]}, owner=town.land, valid_from=since, written_at=now)
        for n, (policy, raw) in enumerate(zip(policies, policies_of(rows), strict=True))], batch_size=500)
    for policy in policies:
        search.index(policy)
    project()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def project():
    from qinqing.policy import reaching
    from qinqing.policy.models import PolicyItem, Reach

    begun = time.process_time()
    Reach.objects.bulk_create(
        [Reach(item=item, size=size, low=low, high=high) for item in PolicyItem.objects.current()
         for size, low, high in reaching.reached(item.rule, item.valid_from)], batch_size=500)
    print(f"projecting all: {time.process_time() - begun:.2f} s of the processor, {Reach.objects.count()} rows")


def asked(client, question):
    begun, spent = time.perf_counter(), time.process_time()
    answer = client.get("/policies/", question)
    assert answer.status_code == 200, answer.status_code
    took = (time.perf_counter() - begun) * 1000, (time.process_time() - spent) * 1000
    return *took, int(FOUND.search(answer.content.decode())[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    site()
    from django.db import transaction
    from django.test import Client

    with transaction.atomic():
        seed(given.rows)
    client = Client()
    for name, question in QUESTIONS.items():
        first = asked(client, question)
        found = [asked(client, question) for _ in range(given.rounds)]
        wall, cpu = (statistics.median(one[place] for one in found) for place in (0, 1))
        print(f"{name}: {wall:.0f} ms, {cpu:.0f} ms of the processor (first {first[0]:.0f} ms), {first[2]} found, "
              f"load {os.getloadavg()[0]:.1f}")
    if given.profile:
        with cProfile.Profile() as profile:
            asked(client, QUESTIONS["county and size"])
        pstats.Stats(profile).sort_stats("cumulative").print_stats(25)


if __name__ == "__main__":
    main()
