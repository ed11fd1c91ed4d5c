"""A city's profile: what is wrong is named, a trial writes nothing, and loading again changes nothing."""

import shutil
from datetime import time

import pytest
from django.core.management import call_command

from qinqing.casework import queries as casework
from qinqing.casework.models import LimitRule
from qinqing.ledger.models import Entry
from qinqing.parties import queries as parties
from qinqing.parties.models import City, Division, Unit
from qinqing.site.profile import comparing, reading
from qinqing.workdays import queries as workdays
from tests.house.source import ROOT

GUANGYUAN, EMPTY = ROOT / "profiles" / "guangyuan", ROOT / "profiles" / "empty"

FAULTS = [
    ("city.yaml", "number_prefix: GY", "number_prefix: gy", "city.yaml: number_prefix: 格式不对，应符合 ^[A-Z]{2,6}$"),
    ("city.yaml", '["14:00", "18:00"]', '["11:00", "18:00"]', "city.yaml: shifts: 班次要按先后写，不能重叠"),
    ("city.yaml", 'division: "510800"', 'division: "519999"', "city.yaml: division: divisions.yaml 里没有“519999”"),
    ("city.yaml", "province_address: https://www.sczwfw.gov.cn\n", "",
     "city.yaml: province_address: 不在本平台收申请或比对政策的，要写明省平台的名称和网址"),
    ("city.yaml", "https://www", "http://www", "city.yaml: province_address: 格式不对"),
    ("city.yaml", "takes_applications: false", "takes_applications: 省里", "city.yaml: takes_applications"),
    ("city.yaml", "hotline:", "hot_line:", "city.yaml: hot_line: 不认识这一项"),
    ("units.yaml", "kind: zone", "kind: zoo", "应为 'government', 'office'"),
    ("units.yaml", "code: tyjr", "code: fgw", "units.yaml: [24](fgw): “fgw”写了 2 次"),
    ("units.yaml", "parent: cangxi}", "parent: cangxx}", "parent: 前面没有“cangxx”，上级要写在下级前面"),
    ("units.yaml", "kind: government", "kind: office", "units.yaml: 要有且只有一个没有上级的人民政府（kind: government）"),
    ("divisions.yaml", 'code: "510802001"', "code: 510802001", "divisions.yaml: [8](510802001).code: 要写成文字；数字加上引号"),
    ("limits.yaml", "limit: 15wd", "limit: 15 days", "limits.yaml: [3].limit: 期限“15 days”看不懂"),
    ("limits.yaml", "track: express", "track: expres", "limits.yaml: [22].track: “difficulty”没有“expres”这条时限"),
    ("limits.yaml", "kind: difficulty", "kind: dream", "limits.yaml: [0].kind: 平台没有“dream”这类事项"),
    ("limits.yaml", "timer: sign", "timer: accept", "limits.yaml: [1]: “difficulty/standard/accept”写了 2 次"),
    ("topics.yaml", "code: financing", "code: finance", "topics.yaml: [0](finance).code: 平台没有“finance”这个类别"),
    ("topics.yaml", "[jrj, pbc", "[jrk, pbc", "topics.yaml: [0](financing).departments[0]: units.yaml 里没有“jrk”"),
    ("boards.yaml", "secretariat: fgw", "secretariat: f", "boards.yaml: [0](major_projects).secretariat: units.yaml 里没有“f”"),
    ("boards.yaml", "  members: [zrzy", "  members: zrzy #", "boards.yaml: [0](major_projects).members: 要写成列表"),
    ("boards.yaml", "  secretariat: jxj\n", "", "boards.yaml: [1](industry).secretariat: 缺少这一项"),
    ("boards.yaml", "- code: industry", "- code: [industry", "boards.yaml: 第 9 行不是正确的 YAML"),
]


def changed(folder, file, before, after):
    """A copy of Guangyuan's profile in which one thing is otherwise."""
    shutil.copytree(GUANGYUAN, folder)
    path = folder / file
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1))
    return folder


def check(folder, capsys):
    """The exit code and the lines of `profile check`."""
    try:
        call_command("profile", "check", folder)
        code = 0
    except SystemExit as end:
        code = end.code
    return code, capsys.readouterr().err.splitlines()


@pytest.mark.parametrize("folder", [GUANGYUAN, EMPTY])
def test_the_profiles_that_come_along_are_right(folder, capsys):
    assert check(folder, capsys)[0] == 0


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault[0]} {fault[2]}".strip())
def test_a_fault_is_named_by_file_and_path(fault, tmp_path, capsys):
    file, before, after, said = fault
    code, lines = check(changed(tmp_path / "profile", file, before, after), capsys)
    assert code == 1
    assert len(lines) == 1
    assert lines[0].startswith(file)
    assert said in lines[0]


def test_every_fault_has_a_line_of_its_own(tmp_path, capsys):
    folder = changed(tmp_path / "profile", "city.yaml", "number_prefix: GY", "number_prefix: gy")
    (folder / "units.yaml").write_text((folder / "units.yaml").read_text().replace("kind: zone", "kind: zoo"))
    assert len(check(folder, capsys)[1]) == 2


def test_a_missing_and_a_stray_file_are_named(tmp_path, capsys):
    shutil.copytree(GUANGYUAN, tmp_path / "profile")
    (tmp_path / "profile" / "units.yaml").rename(tmp_path / "profile" / "unit.yaml")
    code, lines = check(tmp_path / "profile", capsys)
    assert (code, lines) == (1, ["units.yaml: 没有这个文件", "unit.yaml: 不认识这个文件"])


def test_what_is_no_folder_is_wrong_use(tmp_path, capsys):
    assert check(tmp_path / "nowhere", capsys)[0] == 2


@pytest.mark.django_db
def test_a_trial_prints_the_difference_and_writes_nothing(capsys):
    call_command("profile", "load", GUANGYUAN, "--dry-run")
    assert "+ units fgw 市发展和改革委员会" in capsys.readouterr().out
    assert [kind.objects.count() for kind in (City, Division, Unit, LimitRule, Entry)] == [0] * 5


@pytest.mark.django_db
def test_loading_brings_the_city_its_units_and_its_limits(capsys):
    call_command("profile", "load", GUANGYUAN)
    assert (parties.city().name, parties.city().number_prefix) == ("广元市", "GY")
    assert (parties.city().takes_applications, parties.city().matches_policies) == (False, True)
    assert Unit.objects.filter(kind="county").count() == 7
    assert Unit.objects.get(code="cangxi-yshj").county.code == "510824"
    assert Unit.objects.get(code="fgw").parent.code == "city"
    assert Division.objects.get(code="510802001").parent.name == "利州区"
    assert casework.limit_of("difficulty", "inquiry", "solution") == ("3wd", "四川 12345 办理办法（2025）咨询类")


@pytest.mark.django_db
def test_loading_again_changes_nothing(capsys):
    call_command("profile", "load", GUANGYUAN)
    entries = Entry.objects.count()
    call_command("profile", "load", GUANGYUAN)
    assert Entry.objects.count() == entries
    assert comparing.compare(reading.read(GUANGYUAN)).changes == ()


@pytest.mark.django_db
def test_what_changed_in_the_profile_changes_and_the_rest_stays(tmp_path, capsys):
    call_command("profile", "load", GUANGYUAN)
    capsys.readouterr()
    folder = changed(tmp_path / "profile", "units.yaml", "name: 市扶贫开发局", "name: 市乡村振兴局")
    call_command("profile", "load", folder)
    assert capsys.readouterr().out.splitlines() == ["~ units xczx name: 市扶贫开发局 → 市乡村振兴局"]
    assert [version.name for version in Unit.objects.get(code="xczx").versions.all()][-1] == "市乡村振兴局"


@pytest.mark.django_db
def test_what_cannot_be_changed_is_refused_whole(tmp_path, capsys):
    call_command("profile", "load", GUANGYUAN)
    bureau = "name_en: Education Bureau\n  kind: "
    folder = changed(tmp_path / "profile", "units.yaml", f"{bureau}department", f"{bureau}party")
    (folder / "city.yaml").write_text((folder / "city.yaml").read_text().replace("GY", "XX"))
    with pytest.raises(SystemExit) as end:
        call_command("profile", "load", folder)
    assert end.value.code == 1
    assert "jyj: kind" in capsys.readouterr().err
    assert parties.city().number_prefix == "GY"


@pytest.mark.django_db
def test_the_smallest_profile_loads(capsys):
    call_command("profile", "load", EMPTY)
    assert [unit.code for unit in Unit.objects.all()] == ["city", "environment-office"]


@pytest.mark.django_db
def test_hours_are_counted_in_the_shifts_of_the_city(capsys):
    assert workdays.calendar().shifts[1] == (time(14), time(18))
    call_command("profile", "load", EMPTY)
    assert workdays.calendar().shifts == ((time(9), time(12)), (time(13), time(17)))


@pytest.mark.django_db
def test_before_a_profile_the_city_has_no_name_and_a_neutral_prefix():
    assert (parties.city().name, parties.city().number_prefix) == ("", "QQ")
