"""`qinqing ledger …`: JSON out, sentences beside it, exit codes 0, 1 and 2."""

import json
import re

import pytest
from django.core.management import CommandError, call_command

from qinqing.ledger import actions as ledger
from qinqing.ledger import publication, queries
from qinqing.ledger.models import Entry
from qinqing.ledger.queries import receipt_sources
from qinqing.ledger.triggers import lifted

from .makers import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(home, capsys):
    """Call the command; gives exit code, the JSON answer, and what was said."""
    def call(*arguments):
        with pytest.raises(SystemExit) as ended:
            call_command("ledger", *map(str, arguments))
        out, err = capsys.readouterr()
        return ended.value.code, json.loads(out) if out else None, err.strip()

    return call


@pytest.fixture
def handed_out(monkeypatch):
    salt = ledger.new_salt()
    entry = make(number=149, facts={"title": ledger.commitment(salt, "缺地")})
    found = {"GY-2020-1112-0032": (entry, {"title": (salt, "缺地")})}
    monkeypatch.setattr(receipt_sources, "_sources", {"matter": found.get})
    return "GY-2020-1112-0032"


def test_verify_in_order(run):
    make()
    ledger.seal()
    code, answer, said = run("verify")
    assert (code, said) == (0, "账本完好，核对了 1 条")
    assert answer == {
        "ok": True, "size": 1, "root": queries.root(1).hex(), "checked": 1, "pending": 0, "checkpoints": 0, "fault": None,
    }


def test_verify_with_a_fault(run):
    make()
    ledger.seal()
    with lifted():
        Entry.objects.update(actor="account:18")
    code, answer, said = run("verify")
    assert (code, said) == (1, "第 1 条（thing:1 制作）的内容被改过")
    assert answer["fault"] == {
        "kind": "edited", "number": 1, "entry": Entry.objects.get().pk, "subject": "thing:1", "verb": "thing.made",
        "sentence": said,
    }


def test_verify_since_a_file_or_a_number(run, tmp_path):
    make()
    assert run("checkpoint")[0] == 0
    (path,) = publication.folder().glob("*.txt")
    assert run("verify", "--since", path)[0] == 0
    assert run("verify", "--since", "1")[1]["checked"] == 0
    code, answer, said = run("verify", "--since", tmp_path / "none")
    assert (code, answer) == (2, None)
    assert said.endswith("none: No such file or directory")
    (tmp_path / "other").write_text("other")
    assert run("verify", "--since", tmp_path / "other")[2].endswith("other: not a checkpoint")


def test_a_checkpoint_is_printed(run):
    make()
    code, answer, _said = run("checkpoint")
    assert (code, answer["number"], answer["size"]) == (0, 1, 1)
    assert answer["note"] == publication.folder().joinpath("checkpoint-000000000001.txt").read_text()
    assert answer["file"].endswith("checkpoint-000000000001.txt")


def test_there_is_no_checkpoint_of_an_empty_ledger(run):
    assert run("checkpoint") == (1, None, "账本还是空的，没有可签的内容")


def test_a_receipt_goes_out_and_is_checked(run, handed_out, tmp_path):
    code, promise, _said = run("receipt", handed_out)
    assert code == 0
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(promise))
    code, answer, said = run("check-receipt", path)
    assert (code, answer["kind"]) == (0, "promise")
    assert said == "✓ 标题与指纹一致\n✓ 登记的时间、对象和事项与指纹一致\n✓ 平台收件的签名有效"
    run("checkpoint")
    path.write_text(json.dumps(run("receipt", handed_out)[1]))
    (key,) = publication.folder().glob("*.pem")
    code, answer, said = run("check-receipt", path, "--key", key)
    assert (code, answer["ok"], answer["kind"]) == (0, True, "proof")
    assert said.endswith("✓ 签名密钥就是您给的那一把")
    assert answer["keys"] == [key.stem]
    assert {"name": "entry", "ok": True, "sentence": "登记的时间、对象和事项与指纹一致"} in answer["points"]


def test_a_changed_receipt_fails(run, handed_out, tmp_path):
    receipt = run("receipt", handed_out)[1]
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(receipt).replace("thing:149", "thing:150"))
    code, answer, said = run("check-receipt", path)
    assert (code, answer["ok"]) == (1, False)
    assert "✗ 登记的时间、对象或事项与指纹对不上：被改过" in said


def test_an_unknown_number_has_no_receipt(run, handed_out):
    assert run("receipt", "GY-1") == (1, None, "没有编号为 GY-1 的事项")


@pytest.mark.parametrize(("content", "told"), [
    ("{", "line 1 column 2"), ("{}", "not a receipt: it does not say qinqing-receipt/1"), ("[]", "not a receipt"),
])
def test_an_unreadable_receipt_is_told_in_one_line(run, tmp_path, content, told):
    path = tmp_path / "receipt.json"
    path.write_text(content)
    code, answer, said = run("check-receipt", path)
    assert (code, answer) == (2, None)
    assert re.fullmatch(rf".*receipt\.json: .*{re.escape(told)}.*", said)


def test_an_unreadable_key_is_told(run, handed_out, tmp_path):
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(run("receipt", handed_out)[1]))
    assert run("check-receipt", path, "--key", path)[0] == 2


@pytest.mark.parametrize("arguments", [(), ("forget",), ("receipt",)])
def test_wrong_use_is_refused(home, arguments):
    with pytest.raises(CommandError):
        call_command("ledger", *arguments)
