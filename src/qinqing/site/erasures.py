"""Who was erased, kept beside the checkpoints: a restored backup must forget them again (PIPL Art. 47).

`QINQING_HOME/checkpoints/erasures.txt` holds one reference a line, `account:17`, and nothing of the person.
"""

from collections.abc import Iterable
from pathlib import Path

from qinqing.base import SYSTEM
from qinqing.ledger import publication
from qinqing.parties import actions as parties
from qinqing.parties import queries

NAME = "erasures.txt"
PREFIX = "account:"


def publish() -> None:
    """Write the list anew when somebody came to it."""
    text = "".join(f"{PREFIX}{number}\n" for number in queries.erased_accounts())
    path = publication.folder() / NAME
    if text and (not path.exists() or path.read_text() != text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def read(path: Path) -> list[int]:
    """`ValueError` when it is not such a list."""
    return [int(line.removeprefix(PREFIX)) for line in path.read_text().split()]


def replay(numbers: Iterable[int]) -> int:
    """Erase again who is not erased here; how many that were."""
    living = queries.living_accounts(numbers)
    for account in living:
        parties.erase_person(actor=SYSTEM, account=account)
    return len(living)
