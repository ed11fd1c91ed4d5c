"""A name in the vault stands for complete bytes, flushed before anybody hears of it."""

import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest

from qinqing.documents import vault
from tests.documents.conftest import contents, stored


def test_the_same_content_is_stored_once(vault_root):
    first, second = vault.keep(b"same"), vault.keep(b"same")
    assert first == second == hashlib.sha256(b"same").hexdigest()
    assert contents(vault_root) == [vault_root / first[:2] / first[2:4] / first]
    assert stored(first) == b"same"
    assert vault.holds(first)
    assert vault.intact(first)


def test_only_the_owner_can_read_it(vault_root):
    sha256 = vault.keep(b"private")
    assert oct((vault_root / sha256[:2] / sha256[2:4] / sha256).stat().st_mode & 0o777) == "0o600"
    assert oct((vault_root / sha256[:2]).stat().st_mode & 0o077) == "0o0"


def test_bytes_and_names_are_flushed_before_it_is_known(vault_root, monkeypatch):
    """The content before its rename, the folder after; a folder made anew is flushed into the one above."""
    steps, fsync, replace = [], os.fsync, Path.replace

    def flush(descriptor):
        steps.append(("flush", Path(f"/proc/self/fd/{descriptor}").readlink()))
        fsync(descriptor)

    def rename(old, new):
        steps.append(("rename", Path(new)))
        return replace(old, new)

    monkeypatch.setattr(os, "fsync", flush)
    monkeypatch.setattr(Path, "replace", rename)
    sha256 = vault.keep(b"content")
    place = vault_root / sha256[:2] / sha256[2:4] / sha256
    renamed = steps.index(("rename", place))
    assert [path.parent.name for step, path in steps[:renamed] if step == "flush"].count("incoming") == 1
    assert {vault_root, place.parent.parent, place.parent} <= {path for step, path in steps if step == "flush"}
    assert steps[-1] == ("flush", place.parent)


def test_a_crash_while_writing_leaves_no_content(vault_root, monkeypatch):
    vault.keep(b"before")

    def full(_):
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        vault.keep(b"lost")
    assert [file.read_bytes() for file in contents(vault_root)] == [b"before"]
    assert list((vault_root / "incoming").iterdir()) == []


def test_a_changed_content_is_found(vault_root):
    sha256 = vault.keep(b"original")
    (vault_root / sha256[:2] / sha256[2:4] / sha256).write_bytes(b"tampered")
    assert not vault.intact(sha256)
    assert not vault.intact("0" * 64)


def test_old_is_what_was_not_put_again(vault_root):
    old, again, fresh = (vault.keep(content) for content in (b"old", b"again", b"fresh"))
    for sha256 in (old, again):
        os.utime(vault_root / sha256[:2] / sha256[2:4] / sha256, (0, 0))
    vault.keep(b"again")
    assert vault.older_than(timedelta(days=1)) == [old]
    assert vault.holds(fresh)


def test_what_a_crash_left_is_removed_after_a_day(vault_root):
    vault.keep(b"content")
    young, old = vault_root / "incoming" / "young", vault_root / "incoming" / "old"
    for file in (young, old):
        file.write_bytes(b"half")
    os.utime(old, (0, 0))
    vault.remove_unfinished(timedelta(days=1))
    assert young.exists()
    assert not old.exists()


def test_removing_what_is_gone_is_no_fault(vault_root):
    sha256 = vault.keep(b"content")
    vault.remove(sha256)
    vault.remove(sha256)
    vault.remove("0" * 64)
    assert not vault.holds(sha256)
