"""The simulated year as it stands after loading: its figures, its flaws, its traps, and whom it speaks against."""

import csv
import json
from collections import Counter, defaultdict
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from statistics import median

import pytest
from django.core.management import call_command
from django.db.models import Count, F, Q

from qinqing import base
from qinqing.casework import queries as casework
from qinqing.casework.models import Clock, Confirmation, Matter
from qinqing.casework.terms import Ground, Outcome, Speech, State, Timer
from qinqing.clock import spans
from qinqing.consultation import figures
from qinqing.demo import loading, source
from qinqing.ledger import queries as ledger
from qinqing.ledger.models import Checkpoint, Entry, Pending
from qinqing.notices.models import Delivery
from qinqing.parties import queries as parties
from qinqing.parties import uscc
from qinqing.parties.models import Account, Enterprise, Fact, Unit
from qinqing.policy.models import Policy, PolicyItem
from qinqing.policy.queries import documents, facts, matching
from qinqing.site import statistics
from qinqing.workdays import queries as workdays

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_end")]

with (Path(__file__).parent / "targets.csv").open(encoding="utf-8") as lines:
    TARGETS = {row["metric"]: row for row in csv.DictReader(lines)}
COMPARATORS = {
    "eq": lambda value, expected: value == expected,
    "ge": lambda value, expected: value >= expected,
    "eq_rounded_0": lambda value, expected: round(value) == expected,
    "eq_rounded_4": lambda value, expected: round(value, 4) == expected,
}


def met(target, metric):
    return COMPARATORS[target["comparator"]](Decimal(metric["value"]), Decimal(target["expected"]))


def of_year():
    return figures.difficulties(2020)


def matter(title):
    return Matter.objects.get(title=title)


def of(key):
    """The matter of one of the 149."""
    return matter(source.problems()[key].title)


def original_text(row):
    return row.statements.get(speech=Speech.ORIGINAL).text


# —— figures ——


@pytest.mark.req("M1-012", "M1-030")
def test_every_metric_that_is_built_meets_its_target():
    found = statistics.of_year(2020)
    assert {name: metric["value"] for name, metric in found.items() if name in TARGETS and not met(TARGETS[name], metric)} == {}
    assert {"problems_collected", "raw_intakes", "problems_resolved", "resolution_rate"} <= found.keys()
    assert {"gdp", "private_contribution", "private_growth_rank"} <= found.keys()


@pytest.mark.req("M1-005", "M1-012")
def test_every_breakdown_sums_to_what_was_collected():
    shares = {by: {share.code: share.count for share in figures.breakdown(2020, by)} for by in figures.BREAKDOWNS}
    assert {by: sum(found.values()) for by, found in shares.items()} == dict.fromkeys(figures.BREAKDOWNS, 149)
    assert shares["channel"] == {"department": 55, "online": 38, "chamber": 31, "supervisor": 14, "third_party": 11}
    assert shares["topic"] == {
        "financing": 34, "labour": 20, "sales": 20, "land": 16, "approval": 14, "epidemic": 14, "utilities": 12, "logistics": 11,
        "policy": 4, "arrears": 4,
    }
    assert shares["county"] == {
        "510802": 60, "510823": 20, "510824": 17, "510821": 16, "510811": 16, "510822": 11, "510812": 9,
    }
    assert list(shares["month"].values()) == [6, 22, 25, 18, 14, 12, 10, 11, 10, 8, 8, 5]
    assert shares["scope"] == {"common": 66, "individual": 83}


def test_how_they_really_came_in():
    routes = Counter(of_year().values_list("route", flat=True))
    assert routes == {
        "department_visit": 43, "chamber_import": 31, "portal": 20, "supervisor_form": 14, "evaluation_finding": 11,
        "hotline": 11, "mailbox": 7, "express_phone": 5, "express_letter": 4, "express_mail": 3,
    }


@pytest.mark.req("M1-030")
def test_how_they_ended():
    assert Counter(of_year().values_list("outcome", flat=True)) == {
        Outcome.SOLVED: 108, Outcome.PARTLY: 13, Outcome.EXPLAINED: 10, "": 18,
    }
    unresolved = figures.unresolved(2020)
    assert unresolved.count() == 18
    assert unresolved.filter(review_on__isnull=False).count() == 3
    found = figures.of_year(2020)
    assert (found.resolution.percent, found.solution.percent) == (Decimal("87.92"), Decimal("81.21"))


def test_who_raised_them():
    assert of_year().values("enterprise").distinct().count() == 137


@pytest.mark.req("M0-007")
def test_from_receipt_to_striking_off_it_took_about_nineteen_working_days():
    days = sorted(
        spans.working_days_between(received, closed, workdays.calendar())
        for received, closed in of_year().filter(state=State.CLOSED).values_list("received_at", "closed_at")
    )
    assert 17 <= days[len(days) // 2] <= 21


@pytest.mark.req("M0-007")
def test_the_durations_of_the_units_equal_a_recount_from_the_ledger():
    office = base.Actor(account_id=1, role=base.Role.ENVIRONMENT_OFFICE, unit_id=0)
    shown = {group.label: (group.closed.days, group.closed.n) for group in casework.durations(office, 2020).units}
    closed = dict(Entry.objects.filter(verb="matter.closed").order_by("pk").values_list("subject", "happened_at"))
    taken = defaultdict(list)
    received = Matter.objects.filter(received_at__year=2020).exclude(state__in=[State.MERGED, State.WITHDRAWN])
    for row in received:
        at = closed.get(f"matter:{row.pk}") if row.state == State.CLOSED else None
        taken[row.unit_name] += [spans.working_days_between(row.received_at, at, workdays.calendar())] if at else []
    assert {unit: (median(days) if days else None, len(days)) for unit, days in taken.items()} == shown


# —— realistic flaws ——


def late_clocks():
    return Clock.objects.filter(Q(stopped_at__gt=F("due_at")) | Q(stopped_at=None, due_at__lt=loading.NOW))


def test_how_often_something_went_wrong():
    mine = of_year()
    settled = late_clocks().filter(matter__in=mine, stopped_at__isnull=False)
    assert settled.filter(timer=Timer.ACCEPT).count() == 16
    assert settled.filter(timer=Timer.SOLUTION).count() == 12
    assert mine.filter(extensions__granted=True).count() == 9
    assert mine.filter(confirmations__solved=False).distinct().count() == 6
    assert mine.filter(statements__speech=Speech.OBJECTION).count() + mine.filter(transfers=1).count() == 3
    assert mine.filter(transfers=3).count() == 1
    assert mine.filter(ground__in=[Ground.UNREACHED, Ground.REASONABLE]).count() == 4


def test_whoever_struck_off_had_not_taken_it_on():
    said = Entry.objects.filter(verb__in=["matter.accepted", "matter.closed"]).values_list("subject", "verb", "actor")
    actors = {(subject, verb): actor for subject, verb, actor in said}
    closed = [subject for subject, verb in actors if verb == "matter.closed"]
    assert [subject for subject in closed if actors[subject, "matter.closed"] == actors.get((subject, "matter.accepted"))] == []


def test_the_desk_shows_every_light_and_every_state():
    lights = {casework.light(row).level for row in Matter.objects.running()}
    assert lights == set(spans.Level) - {spans.Level.DONE}
    assert set(Matter.objects.values_list("state", flat=True)) == set(State)


# —— whom it speaks against ——


def test_what_is_late_falls_on_fictional_units_only():
    rows = late_clocks().select_related("unit", "matter__unit", "matter__registered_for")
    blamed = {
        clock.matter.registered_for if clock.timer == Timer.ACCEPT else clock.unit or clock.matter.unit for clock in rows
    }
    assert {unit.name for unit in blamed if not unit.fictional} == set()
    assert {clock.timer for clock in rows} & {Timer.CLOSE, Timer.DECISION} == set()


def test_bad_words_fall_on_fictional_units_only():
    bad = Confirmation.objects.filter(Q(solved=False) | Q(satisfaction__lte=3))
    assert bad.exists()
    assert bad.filter(reply__unit__fictional=False).count() == 0
    marked = Q(transfers__gte=3) | Q(supervised_at__isnull=False) | Q(appealed_at__isnull=False) | Q(about_unit__isnull=False)
    assert Matter.objects.filter(marked, unit__fictional=False).exclude(about_unit__fictional=True).count() == 0


BLAMING = ("催问", "未拨付", "没有兑现", "没有修", "久拖", "退回四次", "不认账", "拖欠工程款", "来回补", "不归自己管")


def test_texts_that_blame_are_for_fictional_units_only():
    blaming = [problem for problem in source.problems().values() if any(word in problem.title + problem.text for word in BLAMING)]
    january = [source.problem(row) for row in source.read("beside")["january"]]
    blaming += [problem for problem in january if any(word in problem.title + problem.text for word in BLAMING)]
    assert len(blaming) >= 9
    assert [problem.id for problem in blaming if not problem.department.startswith("demo-")] == []


def test_nobody_real_is_in_it():
    assert Enterprise.objects.exclude(name__contains="演示").count() == 0
    codes = Enterprise.objects.values_list("code", flat=True)
    assert [code for code in codes if not (uscc.is_sound(code) and code[2:8] == "510899")] == []
    assert Account.objects.exclude(phone__startswith="100-").count() == 0
    assert Account.objects.exclude(name__contains="演").count() == 0
    assert Unit.objects.filter(kind__in=["chamber", "evaluator"]).exclude(name__startswith="演示").count() == 0


# —— the register ——


def test_size_classes_are_those_of_the_year():
    classes = Enterprise.objects.exclude(size_class="unknown").values_list("size_class").annotate(Count("pk"))
    assert dict(classes) == {"large": 24, "medium": 190, "small": 1420, "micro": 1566}
    assert Fact.objects.filter(name="size_class").count() == 3200


def test_one_character_for_each_role_of_the_sign_in_page():
    tiles = parties.demo_tiles()
    assert len(tiles) == 16
    assert len({tile.icon for tile in tiles}) == 16
    assert all(account.check_password("qinqing-2020") for account in parties.demo_accounts()[:2])


# —— traps ——


def test_a_renamed_enterprise_keeps_its_old_name_on_what_it_raised_before():
    before, after = of("P048"), of("P037")
    assert before.enterprise == after.enterprise
    assert before.enterprise_name != after.enterprise_name == before.enterprise.name


def test_two_enterprises_have_one_name():
    assert of("P004").enterprise != of("P132").enterprise
    assert of("P004").enterprise_name == of("P132").enterprise_name


def test_an_enterprise_that_moved_counts_where_it_was():
    assert of("P064").enterprise == of("P143").enterprise
    assert (of("P064").county.name, of("P143").county.name, of("P143").enterprise.county.name) == ("利州区", "昭化区", "昭化区")


def test_what_was_withdrawn_is_kept_and_not_counted():
    withdrawn = Matter.objects.filter(state=State.WITHDRAWN)
    assert [row.received_at.year for row in withdrawn] == [2020, 2020]
    assert not of_year().filter(pk__in=withdrawn).exists()


def test_a_late_duplicate_of_the_year_before_counts_in_neither_year():
    duplicate = matter("国道口货车排长队")
    assert (duplicate.received_at.year, duplicate.merged_into.received_at.year) == (2020, 2019)
    assert (figures.of_year(2020).raw_intakes, figures.of_year(2019).raw_intakes) == (167, 1)


def test_both_texts_of_a_duplicate_stay():
    merged = Matter.objects.filter(state=State.MERGED, merged_into__in=of_year())
    assert merged.count() == 18
    assert merged.filter(enterprise=F("merged_into__enterprise")).count() == 11
    assert [row.number for row in merged if original_text(row) in {"", original_text(row.merged_into)}] == []


def test_people_work_on_the_sunday_that_was_a_working_day():
    by_staff = ["matter.accepted", "matter.dispatched", "matter.signed", "matter.replied", "matter.closed"]
    moments = Entry.objects.filter(verb__in=by_staff).values_list("happened_at", flat=True)
    days = {moment.astimezone(base.TZ).date() for moment in moments}
    assert date(2020, 4, 26) in days
    assert [day for day in days if not workdays.calendar().is_workday(day)] == []


@pytest.mark.req("M1-014")
def test_no_character_of_a_text_is_lost():
    tricky, long = matter("=演示：检验文字显示<b>不是真的诉求</b>"), matter("演示：五千字的长文")
    assert original_text(tricky).startswith("-演示：")
    assert {"😟", "䶮", "𠮷", "<", "+"} <= set(original_text(tricky))
    assert len(original_text(long)) == 5_000


def test_an_anonymous_report_names_no_enterprise_and_keeps_away_from_whom_it_is_about():
    report = matter("匿名反映演示局乙的检查次数太多")
    assert (report.enterprise, report.contact, report.about_unit.name) == (None, None, "演示局乙")
    assert report.unit.name == "市效能办"


def test_a_town_that_was_merged_and_a_bureau_that_was_renamed():
    assert "并入" in of("P066").enterprise.address
    bureau = Unit.objects.get(code="demo-c")
    assert parties.unit_name_on(bureau, date(2020, 6, 30)) == "演示局丁"
    assert parties.unit_name_on(bureau, date(2020, 7, 1)) == bureau.name == "演示局丙"
    assert set(Matter.objects.filter(unit=bureau).values_list("unit_name", flat=True)) == {"演示局丁", "演示局丙"}


# —— what loading leaves behind ——


def test_all_is_sealed_signed_and_sent():
    assert Pending.objects.count() == 0
    assert Checkpoint.objects.get().size == ledger.size() == Entry.objects.count()
    assert Delivery.objects.exclude(state="sent", simulated=True).count() == 0


def test_the_site_goes_on_from_the_first_of_february(year):
    seconds = json.loads((year / "demo.json").read_text())["offset_seconds"]
    assert abs((loading.NOW - datetime.now(base.TZ)).total_seconds() - seconds) < 3600


def test_a_second_load_says_so_and_changes_nothing(capsys):
    entries = Entry.objects.count()
    call_command("demo", "load")
    said = capsys.readouterr()
    assert "已经载入" in said.err
    assert "qinqing-2020" in said.out
    assert Entry.objects.count() == entries


# —— policies ——


def test_forty_policies_are_public_and_each_was_listed_in_time():
    pages = [documents.page(base.PUBLIC, number, base.today()) for number in Policy.objects.values_list("number", flat=True)]
    assert len(pages) == 40
    assert all(page.policy.simulated and page.policy.title_en for page in pages)
    assert [page.policy.number for page in pages if any(owed.made is None or owed.is_late for owed in page.owed)] == []


def test_the_owner_a_visitor_may_become_has_something_in_every_group():
    owner = Account.objects.get(username="ent-p001").mandates.get().enterprise
    mine = matching.mine(owner, base.today())
    assert all((mine.eligible, mine.near, mine.unknown, mine.others))
    assert mine.count == PolicyItem.objects.in_force(base.today()).count()


def test_each_sample_enterprise_is_in_the_register_with_what_is_known_of_it():
    for sample in source.read("samples")["firms"]:
        enterprise = Account.objects.get(username=f"ent-{sample['id'].lower()}").mandates.get().enterprise
        known = {one.name for one in facts.matched(enterprise, base.today()) if one.number is not None}
        assert set(sample["facts"]) <= known, sample["id"]
