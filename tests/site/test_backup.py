"""`qinqing backup` and `qinqing restore`: the same matter and attachment in another home, verified; nothing is overwritten."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
import tarfile

import pytest

from tests.documents import samples

QINQING = [sys.executable, "-m", "qinqing"]


class Home:
    """An installation in a folder of its own."""

    def __init__(self, folder):
        inherited = {name: value for name, value in os.environ.items()
                     if not name.startswith(("QINQING_", "DJANGO_", "DATABASE_"))}
        self.folder = folder
        self.environment = {**inherited, "QINQING_HOME": str(folder), "QINQING_STATIC": str(folder), "LC_ALL": "C.UTF-8"}

    def run(self, *words):
        return subprocess.run([*QINQING, *map(str, words)], env=self.environment, capture_output=True, text=True, check=False)

    def done(self, *words):
        ended = self.run(*words)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def inside(self, question, *given):
        code = f"import json; from tests.site import backup_home; print(json.dumps(backup_home.{question}(*{given!r})))"
        return json.loads(self.done("manage", "shell", "--no-imports", "-c", code))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("backup")


@pytest.fixture(scope="module")
def home(folder):
    home = Home(folder / "home")
    home.done("migrate", "--verbosity", "0")
    home.headers = home.inside("seed")
    return home


@pytest.fixture(scope="module")
def archive(home, folder):
    home.done("backup", folder / "one.qinqing")
    return folder / "one.qinqing"


@pytest.fixture(scope="module")
def before(archive, home):
    """What the first home shows; then somebody in it is erased."""
    shown = home.inside("report", home.headers)
    assert shown["matter"]["title"] == "停电三天"
    assert bytes.fromhex(shown["file"]) == samples.PDF
    home.inside("erase")
    return shown


def refused(ended, code, said):
    assert (ended.returncode, len(ended.stderr.splitlines())) == (code, 1), ended.stderr
    assert said in ended.stderr


def test_an_archive_is_its_owners_alone_and_holds_no_key(archive):
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    with tarfile.open(archive) as tar:
        names = tar.getnames()
    assert {"manifest.json", "database"} <= set(names)
    assert any(name.startswith("attachments/") for name in names)
    assert not any(name.startswith("keys") for name in names)


def test_a_restored_home_verifies_and_shows_the_same(archive, before, home, folder):
    other = Home(folder / "other")
    other.done("restore", archive)
    assert other.inside("report", home.headers) == before
    assert json.loads(other.done("ledger", "verify"))["ok"]
    assert other.run("check").returncode == 0


def test_who_was_erased_later_is_erased_again(archive, before, home, folder):
    other = Home(folder / "forgetting")
    other.done("restore", archive, "--erasures", home.folder / "checkpoints" / "erasures.txt")
    assert other.inside("report", home.headers)["erased"] == home.inside("report", home.headers)["erased"] != before["erased"]
    assert json.loads(other.done("ledger", "verify"))["ok"]


def test_with_keys_the_next_checkpoint_has_the_same_signature(home, folder):
    home.done("backup", folder / "keys.qinqing", "--with-keys")
    other = Home(folder / "keyed")
    other.done("restore", folder / "keys.qinqing")
    for name in ("ledger.ed25519", "django.secret"):
        assert (other.folder / "keys" / name).read_bytes() == (home.folder / "keys" / name).read_bytes()
        assert stat.S_IMODE((other.folder / "keys" / name).stat().st_mode) == 0o600


def test_nothing_is_overwritten(archive, home):
    content = archive.read_bytes()
    refused(home.run("backup", archive), 2, "备份不覆盖文件")
    assert archive.read_bytes() == content
    database = (home.folder / "qinqing.sqlite3").read_bytes()
    refused(home.run("restore", archive), 2, "恢复只写入空的目录")
    assert (home.folder / "qinqing.sqlite3").read_bytes() == database


@pytest.mark.parametrize("damage", [lambda content: content[: len(content) // 2], lambda _: b"no archive"])
def test_a_damaged_archive_leaves_an_empty_home(archive, folder, damage, tmp_path):
    (tmp_path / "bad").write_bytes(damage(archive.read_bytes()))
    other = Home(tmp_path / "home")
    refused(other.run("restore", tmp_path / "bad"), 2, "不是可用的备份")
    assert {path.name for path in other.folder.iterdir()} <= {"keys"}
    other.done("restore", archive)


def test_a_list_of_erasures_that_is_none_is_told_before_anything_is_written(archive, tmp_path):
    other = Home(tmp_path / "home")
    refused(other.run("restore", archive, "--erasures", archive), 2, "不是删除名单")
    assert not (other.folder / "qinqing.sqlite3").exists()


def test_a_ledger_that_was_changed_fails(archive, tmp_path):
    changed = Home(tmp_path / "changed")
    changed.done("restore", archive)
    sql = "DROP TRIGGER ledger_entry_no_update; UPDATE ledger_entry SET facts='{}' WHERE verb='matter.opened'"
    with sqlite3.connect(changed.folder / "qinqing.sqlite3") as database:
        database.executescript(sql)
    database.close()
    changed.done("backup", tmp_path / "two")
    ended = Home(tmp_path / "again").run("restore", tmp_path / "two")
    assert ended.returncode == 1
    assert ended.stderr.strip()
