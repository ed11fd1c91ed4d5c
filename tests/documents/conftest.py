"""A vault that is empty for each test, and a kind of subject that somebody may read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qinqing.base import Actor
from qinqing.documents import access, vault
from tests import characters
from tests.documents import samples
from tests.ledger.conftest import committed  # noqa: F401 - a fixture

LIN_ENTERPRISE, QIU_ENTERPRISE = 7, 8


@pytest.fixture
def vault_root(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "attachments"
    return settings.MEDIA_ROOT


@pytest.fixture
def lin(db):
    return enterprise_person("lin", "林", LIN_ENTERPRISE)


@pytest.fixture
def qiu(db):
    return enterprise_person("qiu", "邱", QIU_ENTERPRISE)


@pytest.fixture
def chen(db):
    account = characters.make_account("chen", "陈")
    return Actor(account_id=account.pk, role="handler", name="陈", acting_as="post:5")


def enterprise_person(username, name, enterprise_id):
    account = characters.make_account(username, name)
    return Actor(account_id=account.pk, role="enterprise", name=name, enterprise_id=enterprise_id, acting_as="mandate:3")


@pytest.fixture
def readable(monkeypatch):
    """Subjects "thing:…" are read by Lin's enterprise."""
    monkeypatch.setattr(access, "_readers", {})
    access.register("thing", lambda actor, thing: thing == "1" and actor.enterprise_id == LIN_ENTERPRISE)


def upload(name="合同.pdf", content=samples.PDF):
    return SimpleUploadedFile(name, content)


def contents(root):
    return sorted(file for file in root.glob("??/??/*"))


def stored(sha256):
    with vault.read(sha256) as file:
        return file.read()
