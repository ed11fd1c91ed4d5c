"""The flush after a committing test meets an empty ledger; one with rows it is refused."""

import pytest
from django.core.management import CommandError, call_command

from qinqing.ledger.models import Entry

from .makers import make


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", [1, 2])
def test_a_ledger_with_rows_is_not_flushed(_round):
    make()
    with pytest.raises(CommandError):
        call_command("flush", interactive=False, verbosity=0)
    assert Entry.objects.count() == 1
