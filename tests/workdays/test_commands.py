"""`qinqing deadline`."""

import json
import os
import subprocess
import sys

import pytest
from django.core.management import call_command

from qinqing import base
from qinqing.workdays import actions, rules

pytestmark = pytest.mark.django_db


def deadline(capsys, *arguments):
    call_command("deadline", *arguments)
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(("arguments", "date"), [
    ("--from 2026-09-30 --limit 7wd", "2026-10-15"),
    ("--from 2026-09-30 --limit 7wd --pause 2026-10-12..2026-10-14", "2026-10-20"),
    ("--from 2026-09-30 --limit 7wd --pause 2026-10-12..2026-10-13 --pause 2026-10-14..2026-10-14", "2026-10-20"),
    ("--from 2026-03-02 --limit 15wd --pause-days 3", "2026-03-26"),
    ("--from 2026-08-26 --limit 30d --roll yes", "2026-09-28"),
    ("--from 2026-08-26 --limit 30d --roll no", "2026-09-25"),
    ("--from 2026-08-26 --limit 30d", "2026-09-25"),
    ("--from 2026-11-30 --limit 3m", "2027-02-28"),
    ("--from 2026-09-30T17:30 --limit 1wh", "2026-10-08T09:30"),
    ("--from 2026-10-08T01:30+00:00 --limit 1wh", "2026-10-08T10:30"),
    ("--from 2026-10-12T09:30 --limit 1wh --pause 2026-10-12T10:00..2026-10-12T10:40", "2026-10-12T11:10"),
])
def test_it_gives_the_date(capsys, arguments, date):
    found = deadline(capsys, *arguments.split())
    assert (found["date"], found["provisional"]) == (date, False)
    assert found["derivation"][0]["step"] == "received"
    assert found["derivation"][-1]["step"] == "due"


def test_it_counts_by_the_installations_calendar(capsys, ban, notice):
    assert deadline(capsys, "--from", "2027-04-30", "--limit", "1wd")["provisional"] is True
    actions.fill_from_package(actor=base.SYSTEM)
    actions.import_year(actor=ban, year=2027, rows=rules.read_csv(notice), source="通知")
    found = deadline(capsys, "--from", "2027-04-30", "--limit", "1wd")
    assert (found["date"], found["provisional"], found["calendar"]) == ("2027-05-04", False, "2")


@pytest.mark.parametrize(("arguments", "says"), [
    ("--from 2026-09-31 --limit 7wd", "--from：“2026-09-31”不是日期"),
    ("--from 2026-09-30T25:00 --limit 7wd", "--from：“2026-09-30T25:00”不是日期"),
    ("--from 9999-12-31 --limit 7wd", "年份应在 1949 到 2199 之间"),
    ("--from 2026-09-30 --limit 7x", "期限“7x”看不懂"),
    ("--from 2026-09-30 --limit 7wd --pause 2026-10-12", "应写成 2026-10-12..2026-10-14"),
    ("--from 2026-09-30 --limit 7wd --pause 2026-10-12..x", "--pause：“x”不是日期"),
    ("--from 2026-09-30 --limit 7wd --pause 2026-10-14..2026-10-12", "暂停的结束不能早于开始"),
    ("--from 2026-09-30 --limit 7wd --pause-days -1", "应为 0 或正整数"),
    ("--from 2026-09-30 --limit 1wh", "起始要写明时间"),
])
def test_bad_input_is_told_in_one_line(capsys, arguments, says):
    with pytest.raises(SystemExit) as ended:
        call_command("deadline", *arguments.replace("--pause-days -1", "--pause-days=-1").split())
    out, err = capsys.readouterr()
    assert (ended.value.code, out, err.count("\n")) == (2, "", 1)
    assert says in err


def run(home, *arguments):
    """The command as a user starts it, in a home that holds no database."""
    environment = {**os.environ, "QINQING_HOME": str(home), "DJANGO_SETTINGS_MODULE": "qinqing.site.settings", "DATABASE_URL": ""}
    return subprocess.run(
        [sys.executable, "-m", "qinqing", "deadline", *arguments], env=environment, capture_output=True, text=True, check=False)


def test_it_works_before_there_is_a_database(tmp_path):
    ended = run(tmp_path, "--from", "2026-09-30", "--limit", "7wd")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert json.loads(ended.stdout)["date"] == "2026-10-15"


@pytest.mark.parametrize("arguments", ["", "--from 2026-09-30", "--from 2026-09-30 --limit 7wd --roll maybe", "--bogus"])
def test_wrong_use_ends_with_2_and_one_line(tmp_path, arguments):
    ended = run(tmp_path, *arguments.split())
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
