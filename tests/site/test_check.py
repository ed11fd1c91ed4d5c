"""`qinqing check` finds what is broken and tells what is stuck."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command

from qinqing import base
from qinqing.casework.models import Clock, Matter
from qinqing.consultation import actions as consultation
from qinqing.ledger import actions as ledger
from tests import characters

pytestmark = pytest.mark.django_db


@pytest.fixture
def matter(settings, tmp_path):
    settings.QINQING_HOME = tmp_path  # a home of its own: the checkpoint files of other tests are another ledger's
    town = characters.make_town()
    with base.clock_at(datetime(2026, 3, 2, 9)):
        made = consultation.submit(actor=town.lin, title="缺用地", text="缺用地", topic="land", enterprise=town.enterprise).matter
    ledger.seal()
    return made


def checked(capsys, day: int = 3) -> tuple[int, str]:
    status = 0
    with base.clock_at(datetime(2026, 3, day, 9)):
        try:
            call_command("check")
        except SystemExit as end:
            status = end.code
    return status, capsys.readouterr().out


def test_a_sound_installation(matter, capsys):
    status, said = checked(capsys)
    assert status == 0
    assert "错误" not in said


def test_a_stored_date_that_is_not_the_recomputed_one(matter, capsys):
    Clock.objects.filter(timer="solution").update(due_at=matter.due_at + timedelta(days=60))
    status, said = checked(capsys)
    assert status == 1
    assert f"错误 {matter.number} 办结期限和重算的不一样。" in said


def test_a_list_row_that_is_not_what_the_clock_says(matter, capsys):
    Matter.objects.update(due_at=matter.due_at + timedelta(days=1))
    assert checked(capsys)[0] == 1


def test_a_matter_that_nothing_moves_is_told(matter, capsys):
    matter.clocks.all().delete()
    Matter.objects.update(due_at=None)
    status, said = checked(capsys)
    assert status == 0
    assert f"注意 {matter.number} 没有在走的期限" in said


def test_a_matter_long_overdue_and_silent_is_told(matter, capsys):
    _, said = checked(capsys, day=31)
    assert "个工作日没有任何动作" in said
