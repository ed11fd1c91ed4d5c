"""The program in docs/ledger.md checks a receipt without this software."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from qinqing.ledger import actions as ledger

from .makers import change, make, receipt_for, written

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).resolve().parents[2] / "docs" / "ledger.md"


@pytest.fixture
def check(tmp_path):
    """Run the page's program on a receipt, with nothing installed in reach."""
    (program,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    (tmp_path / "check.py").write_text(program)

    def run(receipt):
        (tmp_path / "receipt.json").write_text(json.dumps(receipt))
        bare = [sys.executable, "-I", "-S", "check.py", "receipt.json"]
        return subprocess.run(bare, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)

    return run


@pytest.fixture
def receipt(home):
    for number in range(5):
        make(number=number)
    entry, disclosures = written()
    make()
    ledger.seal()
    ledger.checkpoint()
    return receipt_for(entry, disclosures)


def test_a_right_receipt_is_placed(check, receipt):
    ran = check(receipt)
    assert (ran.returncode, ran.stdout) == (0, "number 6 of 7\n"), ran.stderr


@pytest.mark.parametrize(("path", "value", "told"), [
    ("disclosures/title/value", "别的", "title was changed"),
    ("disclosures/files.0/value", "0", "files.0 was changed"),
    ("entry/happened_at", "2020-01-01T00:00:00.000000Z", "the entry was changed"),
    ("proof/index", 4, "not in the ledger"),
])
def test_a_changed_receipt_fails(check, receipt, path, value, told):
    ran = check(change(receipt, path, value))
    assert ran.returncode != 0
    assert told in ran.stderr
