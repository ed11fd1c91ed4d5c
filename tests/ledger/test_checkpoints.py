"""Signed checkpoints, inside the database and outside."""

import stat
from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from qinqing import base
from qinqing.ledger import actions as ledger
from qinqing.ledger import keys, publication, queries
from qinqing.ledger.models import Checkpoint, Tile
from qinqing.ledger.rules import notes
from qinqing.ledger.triggers import lifted

from .makers import make

pytestmark = pytest.mark.django_db


def test_nothing_sealed_is_nothing_signed(home):
    assert ledger.checkpoint() is None
    assert not publication.folder().exists()


def test_a_checkpoint_states_size_and_root(home):
    make()
    ledger.seal()
    made = ledger.checkpoint()
    head = notes.read(made.note)
    assert (head.number, head.size, head.root) == (1, 1, queries.root(1))
    assert (made.size, made.root, made.public_key) == (1, queries.root(1).hex(), keys.public_key().hex())
    assert notes.is_signed(made.note, keys.public_key())
    assert list(publication.published()) == [("checkpoint-000000000001.txt", made.note)]
    assert publication.keys() == [keys.public_key()]


def test_the_note_is_signed_as_signed_notes_are(home):
    """By hand, from the format's own words: text, blank line, em dash, name, key hash and signature."""
    make()
    ledger.seal()
    text, line = ledger.checkpoint().note.split("\n\n")
    dash, name, signature = line.rstrip("\n").split(" ")
    assert dash == "—"
    assert text.startswith(name + "\n1\n")
    Ed25519PublicKey.from_public_bytes(keys.public_key()).verify(b64decode(signature)[4:], (text + "\n").encode())


def test_nothing_new_is_not_signed_again(home, django_assert_num_queries):
    make()
    ledger.seal()
    first = ledger.checkpoint()
    assert ledger.checkpoint() == first
    make()
    ledger.seal()
    assert ledger.checkpoint().number == 2
    assert Checkpoint.objects.count() == len(list(publication.published())) == 2


def test_a_lost_file_is_written_again(home):
    make()
    ledger.seal()
    made = ledger.checkpoint()
    (path,) = publication.folder().glob("checkpoint-*.txt")
    path.unlink()
    ledger.checkpoint()
    assert path.read_text() == made.note


def test_a_changed_past_is_not_signed(home):
    make()
    ledger.seal()
    ledger.checkpoint()
    make()
    ledger.seal()
    with lifted():
        Tile.objects.update(hashes=bytes(64))
    with pytest.raises(base.Refused, match="第 1 号检查点"):
        ledger.checkpoint()


def test_the_key_is_for_the_owner_only_and_stays(home):
    key = keys.public_key()
    path = home / "keys" / "ledger.ed25519"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    keys._read.cache_clear()
    assert keys.public_key() == key


def test_a_note_with_another_word_is_not_signed():
    key = Ed25519PrivateKey.generate()
    public_key = key.public_key().public_bytes_raw()
    head = notes.Head(notes.name_of(public_key), 5, bytes(32), 1, "sha256", "2026-11-12T02:00:00.000000Z")
    note = notes.write(head, key)
    assert notes.read(note) == head
    assert notes.is_signed(note, public_key)
    assert not notes.is_signed(note.replace("\n5\n", "\n6\n"), public_key)
    assert not notes.is_signed(note, Ed25519PrivateKey.generate().public_key().public_bytes_raw())
    assert not notes.is_signed("", public_key)
    assert not notes.is_signed(note.split("—", maxsplit=1)[0] + "— x y\n", public_key)


@pytest.mark.parametrize("note", ["", "x\n", "a\n5\nAAAA\n\n", "a\n-5\nAAAA\nnumber 1\nhash sha256\ntime 2026Z\n\n— a b\n"])
def test_what_is_no_checkpoint_is_not_read(note):
    with pytest.raises(ValueError, match="not a checkpoint"):
        notes.read(note)
