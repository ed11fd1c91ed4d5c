"""Loading the simulated year into an empty installation."""

import io
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F

from qinqing import base
from qinqing.base import SYSTEM, say
from qinqing.ledger import actions as ledger
from qinqing.ledger.models import Entry
from qinqing.notices.models import Delivery, Notice
from qinqing.notices.terms import State
from qinqing.parties import actions as parties
from qinqing.parties.models import Account, Division
from qinqing.parties.terms import DivisionLevel
from qinqing.workdays import actions as workdays
from qinqing.workdays import queries as calendars
from qinqing.yearbook import actions as yearbook

from . import benefits, known, offset, people, planning, policies, population, source
from .days import Days
from .lives import World
from .road import Road

PROFILE = Path(__file__).resolve().parents[3] / "profiles" / "guangyuan"
BEGIN = datetime(2018, 1, 2, 9, tzinfo=base.TZ)
NOW = datetime(2021, 2, 1, 9, tzinfo=base.TZ)
LOADED = "demo.loaded"
ARTICLE = "广元市“六大机制”介绍文章"
BULLETIN = "2019 年统计公报（演示录入，未与原文核对）"
CITED = (  # code, name, unit, line, and the years with their values and sources
    ("gdp", "地区生产总值", "亿元", Decimal(1000), ((2019, "941.85", BULLETIN), (2020, "1008.01", ARTICLE))),
    ("private_contribution", "民营经济对经济增长的贡献率", "%", None, ((2020, "49.1", ARTICLE),)),
    ("private_growth_rank", "民营经济增加值增速在全省的位次", "位", None, ((2020, "3", ARTICLE),)),
    ("credit_index_rank_nation", "城市信用指数在全国地级市的位次", "位", None, ((2020, "29", ARTICLE),)),
    ("credit_index_rank_province", "城市信用指数在全省的位次", "位", None, ((2020, "2", ARTICLE),)),
)  # fmt: skip
UNREAD = timedelta(days=4)  # what came since the last Thursday waits to be read
TOWNS = (DivisionLevel.STREET, DivisionLevel.TOWN, DivisionLevel.TOWNSHIP)


def is_loaded() -> bool:
    return Entry.objects.filter(verb=LOADED).exists()


def load(size: str) -> None:
    """The whole history, through the actions, under a simulated clock; then the site goes on from `NOW`."""
    if Account.objects.exists():
        raise base.Refused(say("数据库里已有账号，演示数据只能装进空的数据库。"))
    with base.clock_at(BEGIN), transaction.atomic():
        cast = _prepare(population.SIZES[size])
    world = World(Days(calendars.calendar()), {unit.code: unit.name for unit in cast.units.values()})
    Road(cast).walk(planning.history(world))
    with base.clock_at(NOW), ledger.act():
        _cite()
        benefits.take_in_reliefs()
        ledger.record(LOADED, SYSTEM, f"demo:{size}", {"seed": source.SEED})
    _settle()
    offset.keep(NOW)


def _prepare(volumes: population.Volumes) -> people.Cast:
    """The profile, the calendar, the fictional units, the register and everybody who acts."""
    call_command("profile", "load", PROFILE, stdout=io.StringIO(), stderr=io.StringIO())
    workdays.fill_from_package(actor=SYSTEM)
    people.add_units()
    register = population.register(source.firms(), _towns(), volumes)
    parties.import_enterprises(actor=SYSTEM, rows=register.enterprises, source="demo-register")
    parties.import_facts(actor=SYSTEM, rows=register.facts, source="demo-figures")
    parties.import_facts(actor=SYSTEM, rows=list(known.facts(register)), source="demo-known")
    samples = policies.samples()
    codes = register.codes | {key: row.code for key, row in samples.items()}
    parties.import_enterprises(actor=SYSTEM, rows=list(samples.values()), source="demo-samples")
    parties.import_facts(actor=SYSTEM, rows=list(policies.facts(codes)), source="demo-samples")
    parties.import_facts(actor=SYSTEM, rows=list(benefits.facts(codes)), source="demo-benefits")
    return people.assemble(codes)


def _cite() -> None:
    """What others computed and published: entered with its source, never computed here."""
    for code, name, unit, line, years in CITED:
        measure = yearbook.add_measure(actor=SYSTEM, code=code, name=name, unit=unit, line=line)
        for year, value, told_by in years:
            yearbook.enter(actor=SYSTEM, measure=measure, year=year, value=Decimal(value), source=told_by)


def _towns() -> dict[str, list[population.Town]]:
    """The towns of each county, by its code."""
    towns: dict[str, list[population.Town]] = {}
    for division in Division.objects.filter(level__in=TOWNS).select_related("parent").order_by("code"):
        towns.setdefault(division.parent.code, []).append((division.code, division.name))
    return towns


def _settle() -> None:
    """Everything sealed and signed; notices sent as far as a demo sends, and read but for the last; the planner told."""
    Notice.objects.filter(created_at__lt=NOW - UNREAD).update(read_at=F("created_at"))
    waiting = Delivery.objects.filter(due_at__isnull=False)
    waiting.update(state=State.SENT, sent_at=F("due_at"), due_at=None, simulated=True, attempts=1)
    ledger.seal()
    ledger.checkpoint()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
